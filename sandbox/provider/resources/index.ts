import { eventBus, eventBusPolicy } from "./cloudwatch-event-bus";
import type { ResourceHandler } from "../resource-handler";
import { analyzer } from "./accessanalyzer-analyzer";
import { alternativeContact } from "./account-alternative-contact";
import { plan } from "./backup-plan";
import { selection } from "./backup-selection";
import { vault, vaultLockConfiguration } from "./backup-vault";
import { budget } from "./budgets-budget";
import { deliveryChannel } from "./cfg-delivery-channel";
import { recorder, recorderStatus } from "./cfg-recorder";
import { remediationConfiguration } from "./cfg-remediation-configuration";
import { configRule } from "./cfg-rule";
import { slackChannelConfiguration, teamsChannelConfiguration } from "./chatbot";
import { trail } from "./cloudtrail-trail";
import { eventRule } from "./cloudwatch-event-rule";
import { eventTarget } from "./cloudwatch-event-target";
import { logGroup } from "./cloudwatch-log-group";
import { logMetricFilter } from "./cloudwatch-log-metric-filter";
import { metricAlarm } from "./cloudwatch-metric-alarm";
import { anomalyMonitor, anomalySubscription } from "./costexplorer-anomaly";
import { encryptionByDefault } from "./ebs-encryption-by-default";
import { imageBlockPublicAccess, instanceMetadataDefaults, snapshotBlockPublicAccess } from "./ec2-account-defaults";
import { defaultSecurityGroup } from "./ec2-default-security-group";
import { securityGroup } from "./ec2-security-group";
import { securityGroupEgressRule, securityGroupIngressRule } from "./ec2-security-group-rule";
import { flowLog } from "./ec2-flow-log";
import { vpcEndpoint } from "./ec2-vpc-endpoint";
import { detector } from "./guardduty-detector";
import { detectorFeature } from "./guardduty-detector-feature";
import { accountPasswordPolicy } from "./iam-account-password-policy";
import { groupPolicyAttachment, rolePolicyAttachment, userPolicyAttachment } from "./iam-attachments";
import { group } from "./iam-group";
import { openIdConnectProvider } from "./iam-oidc-provider";
import { policy } from "./iam-policy";
import { role, rolePolicy } from "./iam-role";
import { serviceLinkedRole } from "./iam-service-linked-role";
import { userGroupMembership } from "./iam-user-group-membership";
import { alias, key } from "./kms-key";
import { accountPublicAccessBlock } from "./s3-account-public-access-block";
import { bucket } from "./s3-bucket";
import { bucketOwnershipControls, bucketPolicy, bucketPublicAccessBlock } from "./s3-bucket-access";
import { bucketEncryption, bucketLogging, bucketObjectLock, bucketVersioning } from "./s3-bucket-keeping";
import { bucketLifecycle } from "./s3-bucket-lifecycle";
import { stateMachine } from "./sfn-state-machine";
import { topic, topicPolicy } from "./sns-topic";
import { topicSubscription } from "./sns-topic-subscription";
import { queue, queuePolicy } from "./sqs-queue";
import { serviceSetting } from "./ssm-service-setting";

const all: readonly ResourceHandler[] = [
  accountPasswordPolicy,
  accountPublicAccessBlock,
  alias,
  alternativeContact,
  analyzer,
  anomalyMonitor,
  anomalySubscription,
  bucket,
  bucketEncryption,
  bucketLifecycle,
  bucketLogging,
  bucketObjectLock,
  bucketOwnershipControls,
  bucketPolicy,
  bucketPublicAccessBlock,
  bucketVersioning,
  budget,
  configRule,
  defaultSecurityGroup,
  deliveryChannel,
  detector,
  detectorFeature,
  encryptionByDefault,
  eventBus,
  eventBusPolicy,
  eventRule,
  eventTarget,
  flowLog,
  group,
  groupPolicyAttachment,
  imageBlockPublicAccess,
  instanceMetadataDefaults,
  key,
  logGroup,
  logMetricFilter,
  metricAlarm,
  openIdConnectProvider,
  plan,
  policy,
  queue,
  queuePolicy,
  recorder,
  recorderStatus,
  remediationConfiguration,
  role,
  rolePolicy,
  rolePolicyAttachment,
  securityGroup,
  securityGroupEgressRule,
  securityGroupIngressRule,
  selection,
  serviceLinkedRole,
  serviceSetting,
  slackChannelConfiguration,
  snapshotBlockPublicAccess,
  teamsChannelConfiguration,
  stateMachine,
  topic,
  topicPolicy,
  topicSubscription,
  trail,
  userGroupMembership,
  userPolicyAttachment,
  vault,
  vaultLockConfiguration,
  vpcEndpoint,
];

/** By type token. */
export const handlers: ReadonlyMap<string, ResourceHandler> = new Map(all.map((handler) => [handler.type, handler]));
