import { controls } from "../../../components/controls";
import { type ResourceCalls } from "../../../components/foundation/drift";

const group = ["AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress", "AuthorizeSecurityGroupEgress"];
const attachments = ["AttachRolePolicy", "DetachRolePolicy"];
const ec2Tags = ["CreateTags", "DeleteTags"];
const made = (...events: string[]): ResourceCalls => ({ events });

/**
 * By class of resource. A call that is not here is never named as what changed it.
 *
 * Source: Service Authorization Reference; CloudTrail's event names are the API's.
 */
export const deedsOf: Readonly<Record<string, ResourceCalls>> = {
  Trail: {
    events: ["StopLogging", "UpdateTrail", "DeleteTrail", "PutEventSelectors", "PutInsightSelectors", "CreateTrail"],
    by: [
      [/^enableLogging/, ["StopLogging", "DeleteTrail", "CreateTrail"]],
      [/^(event|advancedEvent)Selectors/, ["PutEventSelectors", "DeleteTrail", "CreateTrail"]],
      [/^insightSelectors/, ["PutInsightSelectors", "DeleteTrail", "CreateTrail"]],
      [/./, ["UpdateTrail", "DeleteTrail", "CreateTrail"]],
    ],
    tags: ["AddTags", "RemoveTags"],
  },
  Bucket: {
    events: ["DeleteBucket"],
    tags: ["PutBucketTagging", "DeleteBucketTagging", "TagResource", "UntagResource"],
  },
  BucketPolicy: made("PutBucketPolicy", "DeleteBucketPolicy"),
  BucketPublicAccessBlock: made("PutBucketPublicAccessBlock", "DeleteBucketPublicAccessBlock"),
  BucketOwnershipControls: made("PutBucketOwnershipControls", "DeleteBucketOwnershipControls"),
  BucketVersioning: made("PutBucketVersioning"),
  BucketLifecycleConfiguration: made("PutBucketLifecycle", "PutBucketLifecycleConfiguration", "DeleteBucketLifecycle"),
  BucketServerSideEncryptionConfiguration: made("PutBucketEncryption", "DeleteBucketEncryption"),
  BucketLogging: made("PutBucketLogging"),
  BucketObjectLockConfiguration: made("PutBucketObjectLockConfiguration", "PutObjectLockConfiguration"),
  BucketReplicationConfig: made("PutBucketReplication"),
  BucketNotification: made("PutBucketNotification"),
  BucketWebsiteConfiguration: made("PutBucketWebsite"),
  AccessPoint: made("CreateAccessPoint"),
  Key: {
    events: ["DisableKey", "ScheduleKeyDeletion", "PutKeyPolicy", "DisableKeyRotation"],
    by: [
      [/^policy/, ["PutKeyPolicy"]],
      [/^isEnabled/, ["DisableKey", "ScheduleKeyDeletion"]],
      [/^(enableKeyRotation|rotationPeriod)/, ["DisableKeyRotation", "EnableKeyRotation"]],
      [/^description/, ["UpdateKeyDescription"]],
    ],
  },
  Alias: made("UpdateAlias", "DeleteAlias", "CreateAlias"),
  Grant: made("CreateGrant"),
  LogGroup: {
    events: ["DeleteLogGroup", "PutRetentionPolicy", "DeleteRetentionPolicy", "DisassociateKmsKey", "AssociateKmsKey"],
    by: [
      [/^retentionInDays/, ["PutRetentionPolicy", "DeleteRetentionPolicy"]],
      [/^kmsKeyId/, ["DisassociateKmsKey", "AssociateKmsKey"]],
    ],
    tags: ["TagResource", "UntagResource", "TagLogGroup", "UntagLogGroup"],
  },
  LogMetricFilter: made("DeleteMetricFilter", "PutMetricFilter"),
  LogSubscriptionFilter: made("PutSubscriptionFilter"),
  LogTransformer: made("PutTransformer"),
  LogAccountPolicy: made("PutAccountPolicy"),
  MetricAlarm: {
    events: ["DeleteAlarms", "DisableAlarmActions", "PutMetricAlarm"],
    by: [
      [/^actionsEnabled/, ["DisableAlarmActions", "EnableAlarmActions", "PutMetricAlarm"]],
      [/./, ["PutMetricAlarm"]],
    ],
  },
  AlarmMuteRule: made("PutAlarmMuteRule"),
  EventRule: {
    events: ["DisableRule", "DeleteRule", "PutRule"],
    by: [
      [/^(state|isEnabled)/, ["DisableRule", "EnableRule", "PutRule"]],
      [/./, ["PutRule"]],
    ],
  },
  EventTarget: made("PutTargets", "RemoveTargets"),
  EventBus: made("DeleteEventBus", "UpdateEventBus"),
  EventBusPolicy: made("PutPermission", "RemovePermission"),
  EventPermission: made("PutPermission"),
  Topic: made("DeleteTopic", "SetTopicAttributes"),
  TopicPolicy: made("SetTopicAttributes", "AddPermission", "RemovePermission"),
  TopicSubscription: {
    events: ["Unsubscribe", "Subscribe", "SetSubscriptionAttributes"],
    by: [[/./, ["SetSubscriptionAttributes"]]],
  },
  DataProtectionPolicy: made("PutDataProtectionPolicy"),
  Queue: { events: ["DeleteQueue", "SetQueueAttributes"], tags: ["TagQueue", "UntagQueue"] },
  QueuePolicy: made("SetQueueAttributes", "AddPermission", "RemovePermission"),
  StateMachine: made("UpdateStateMachine", "DeleteStateMachine"),
  SlackChannelConfiguration: made("UpdateSlackChannelConfiguration", "DeleteSlackChannelConfiguration"),
  TeamsChannelConfiguration: made(
    "UpdateMicrosoftTeamsChannelConfiguration",
    "DeleteMicrosoftTeamsChannelConfiguration",
  ),
  Detector: made("DeleteDetector", "UpdateDetector", "CreateDetector"),
  DetectorFeature: made("UpdateDetector"),
  Filter: made("CreateFilter", "UpdateFilter"),
  IPSet: made("CreateIPSet", "UpdateIPSet"),
  TrustedEntitySet: made("CreateTrustedEntitySet", "UpdateTrustedEntitySet"),
  InviteAccepter: made("AcceptAdministratorInvitation", "AcceptInvitation"),
  Recorder: made("DeleteConfigurationRecorder", "PutConfigurationRecorder"),
  RecorderStatus: made("StopConfigurationRecorder"),
  DeliveryChannel: made("DeleteDeliveryChannel", "PutDeliveryChannel"),
  Rule: made("DeleteConfigRule", "PutConfigRule"),
  RemediationConfiguration: made("DeleteRemediationConfiguration", "PutRemediationConfigurations"),
  RetentionConfiguration: { events: ["PutRetentionConfiguration"], singleton: true },
  AggregateAuthorization: made("PutAggregationAuthorization"),
  Analyzer: made("DeleteAnalyzer", "UpdateAnalyzer", "CreateAnalyzer"),
  ArchiveRule: made("CreateArchiveRule", "UpdateArchiveRule"),
  Policy: {
    events: ["CreatePolicyVersion", "SetDefaultPolicyVersion", "DeletePolicy"],
    tags: ["TagPolicy", "UntagPolicy"],
  },
  Group: made("DeleteGroup", "UpdateGroup"),
  GroupPolicy: made("PutGroupPolicy"),
  GroupPolicyAttachment: made("DetachGroupPolicy", "AttachGroupPolicy"),
  UserGroupMembership: made("RemoveUserFromGroup", "AddUserToGroup"),
  Role: {
    events: ["UpdateAssumeRolePolicy", "UpdateRole", "DeleteRole"],
    by: [
      [/^assumeRolePolicy/, ["UpdateAssumeRolePolicy"]],
      [/^permissionsBoundary/, ["PutRolePermissionsBoundary", "DeleteRolePermissionsBoundary"]],
      [/^(maxSessionDuration|description)/, ["UpdateRole", "UpdateRoleDescription"]],
    ],
    tags: ["TagRole", "UntagRole"],
  },
  RolePolicy: made("PutRolePolicy", "DeleteRolePolicy"),
  RolePolicyAttachment: made(...attachments),
  ServiceLinkedRole: { events: ["DeleteServiceLinkedRole", "UpdateRoleDescription"], tags: ["TagRole", "UntagRole"] },
  User: { events: ["CreateUser"], tags: ["TagUser", "UntagUser"] },
  AccountPasswordPolicy: { events: ["UpdateAccountPasswordPolicy", "DeleteAccountPasswordPolicy"], singleton: true },
  AlternativeContact: { events: ["PutAlternateContact", "DeleteAlternateContact"], singleton: true },
  Region: made("EnableRegion"),
  AccountPublicAccessBlock: {
    events: ["PutAccountPublicAccessBlock", "DeleteAccountPublicAccessBlock"],
    singleton: true,
  },
  EncryptionByDefault: { events: ["DisableEbsEncryptionByDefault", "EnableEbsEncryptionByDefault"], singleton: true },
  SnapshotBlockPublicAccess: {
    events: ["DisableSnapshotBlockPublicAccess", "EnableSnapshotBlockPublicAccess"],
    singleton: true,
  },
  ImageBlockPublicAccess: {
    events: ["DisableImageBlockPublicAccess", "EnableImageBlockPublicAccess"],
    singleton: true,
  },
  InstanceMetadataDefaults: { events: ["ModifyInstanceMetadataDefaults"], singleton: true },
  ServiceSetting: made("UpdateServiceSetting", "ResetServiceSetting"),
  DefaultSecurityGroup: { events: group, tags: ec2Tags },
  SecurityGroup: { events: ["DeleteSecurityGroup", ...group], tags: ec2Tags },
  SecurityGroupIngressRule: {
    events: ["RevokeSecurityGroupIngress", "AuthorizeSecurityGroupIngress", "ModifySecurityGroupRules"],
    tags: ec2Tags,
  },
  SecurityGroupEgressRule: {
    events: ["AuthorizeSecurityGroupEgress", "RevokeSecurityGroupEgress", "ModifySecurityGroupRules"],
    tags: ec2Tags,
  },
  VpcEndpoint: { events: ["ModifyVpcEndpoint", "DeleteVpcEndpoints"], tags: ec2Tags },
  Vault: made("DeleteBackupVault"),
  VaultLockConfiguration: made("DeleteBackupVaultLockConfiguration", "PutBackupVaultLockConfiguration"),
  VaultPolicy: made("PutBackupVaultAccessPolicy"),
  Plan: made("UpdateBackupPlan", "DeleteBackupPlan"),
  Selection: made("DeleteBackupSelection", "CreateBackupSelection"),
  Budget: made("ModifyBudget", "UpdateBudget", "DeleteBudget"),
  AnomalyMonitor: made("UpdateAnomalyMonitor", "DeleteAnomalyMonitor"),
  AnomalySubscription: made("UpdateAnomalySubscription", "DeleteAnomalySubscription"),
  ...Object.fromEntries(controls.flatMap(({ calls = {} }) => Object.entries(calls))),
};

const anyTags = ["TagResource", "UntagResource"];

/**
 * The calls that can have made a drift what it is, the likeliest first.
 *
 * @param type Pulumi type token
 * @param paths of the properties that differ; none of what is gone or was added
 */
export function callsBehind(type: string, paths: readonly string[]): { events: readonly string[]; singleton: boolean } {
  const deeds = deedsOf[type.split(":").at(-1) ?? ""];
  if (!deeds) {
    return { events: [], singleton: false };
  }
  const { events, by = [], tags = anyTags, singleton = false } = deeds;
  const behind = paths.flatMap((path) =>
    /^tags(All)?($|[.[])/.test(path) ? tags : (by.find(([property]) => property.test(path))?.[1] ?? events),
  );
  return { events: paths.length > 0 ? [...new Set(behind)] : events, singleton };
}
