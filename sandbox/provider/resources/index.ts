import type { ResourceHandler } from "../resource-handler";
import { trail } from "./cloudtrail-trail";
import { eventRule } from "./cloudwatch-event-rule";
import { eventTarget } from "./cloudwatch-event-target";
import { logGroup } from "./cloudwatch-log-group";
import { securityGroup } from "./ec2-security-group";
import { securityGroupIngressRule } from "./ec2-security-group-ingress-rule";
import { detector } from "./guardduty-detector";
import { detectorFeature } from "./guardduty-detector-feature";
import { accountPasswordPolicy } from "./iam-account-password-policy";
import { groupPolicyAttachment, rolePolicyAttachment, userPolicyAttachment } from "./iam-attachments";
import { group } from "./iam-group";
import { policy } from "./iam-policy";
import { role, rolePolicy } from "./iam-role";
import { userGroupMembership } from "./iam-user-group-membership";
import { alias, key } from "./kms-key";
import { bucket } from "./s3-bucket";
import { bucketOwnershipControls, bucketPolicy, bucketPublicAccessBlock } from "./s3-bucket-access";
import { bucketEncryption, bucketLogging, bucketObjectLock, bucketVersioning } from "./s3-bucket-keeping";
import { bucketLifecycle } from "./s3-bucket-lifecycle";
import { topic, topicPolicy } from "./sns-topic";
import { topicSubscription } from "./sns-topic-subscription";

const all: readonly ResourceHandler[] = [
  accountPasswordPolicy,
  alias,
  bucket,
  bucketEncryption,
  bucketLifecycle,
  bucketLogging,
  bucketObjectLock,
  bucketOwnershipControls,
  bucketPolicy,
  bucketPublicAccessBlock,
  bucketVersioning,
  detector,
  detectorFeature,
  eventRule,
  eventTarget,
  group,
  groupPolicyAttachment,
  key,
  logGroup,
  policy,
  role,
  rolePolicy,
  rolePolicyAttachment,
  securityGroup,
  securityGroupIngressRule,
  topic,
  topicPolicy,
  topicSubscription,
  trail,
  userGroupMembership,
  userPolicyAttachment,
];

/** By type token. */
export const handlers: ReadonlyMap<string, ResourceHandler> = new Map(all.map((handler) => [handler.type, handler]));
