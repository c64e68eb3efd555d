/** The calls that change a kind of resource, as CloudTrail names them. */
export interface Deeds {
  events: readonly string[];
  /** The account has one, in a region or altogether, and the calls name nothing. */
  singleton?: true;
}

const bucketPolicy = ["PutBucketPolicy", "DeleteBucketPolicy"];
const group = ["AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress", "AuthorizeSecurityGroupEgress"];

/**
 * By class of resource, what is looked for first. What is not here is looked for by the resource's names only.
 *
 * Source: Service Authorization Reference; CloudTrail's event names are the API's.
 */
export const deedsOf: Readonly<Record<string, Deeds>> = {
  Trail: { events: ["StopLogging", "UpdateTrail", "DeleteTrail", "PutEventSelectors", "CreateTrail"] },
  Bucket: { events: ["DeleteBucket"] },
  BucketPolicy: { events: bucketPolicy },
  BucketPublicAccessBlock: { events: ["PutBucketPublicAccessBlock", "DeleteBucketPublicAccessBlock"] },
  BucketVersioning: { events: ["PutBucketVersioning"] },
  BucketLifecycleConfiguration: { events: ["PutBucketLifecycle", "DeleteBucketLifecycle"] },
  BucketServerSideEncryptionConfiguration: { events: ["PutBucketEncryption", "DeleteBucketEncryption"] },
  BucketLogging: { events: ["PutBucketLogging"] },
  BucketObjectLockConfiguration: { events: ["PutBucketObjectLockConfiguration"] },
  Key: { events: ["DisableKey", "ScheduleKeyDeletion", "PutKeyPolicy", "DisableKeyRotation"] },
  LogGroup: { events: ["DeleteLogGroup", "PutRetentionPolicy", "DeleteRetentionPolicy", "DisassociateKmsKey"] },
  LogMetricFilter: { events: ["DeleteMetricFilter", "PutMetricFilter"] },
  MetricAlarm: { events: ["DeleteAlarms", "DisableAlarmActions", "PutMetricAlarm"] },
  EventRule: { events: ["DisableRule", "DeleteRule", "PutRule"] },
  EventTarget: { events: ["RemoveTargets", "PutTargets"] },
  Topic: { events: ["DeleteTopic", "SetTopicAttributes"] },
  TopicPolicy: { events: ["SetTopicAttributes", "AddPermission", "RemovePermission"] },
  TopicSubscription: { events: ["Unsubscribe", "SetSubscriptionAttributes"] },
  Detector: { events: ["DeleteDetector", "UpdateDetector", "CreateDetector"] },
  DetectorFeature: { events: ["UpdateDetector"] },
  Recorder: { events: ["DeleteConfigurationRecorder", "PutConfigurationRecorder"] },
  RecorderStatus: { events: ["StopConfigurationRecorder"] },
  DeliveryChannel: { events: ["DeleteDeliveryChannel", "PutDeliveryChannel"] },
  Rule: { events: ["DeleteConfigRule", "PutConfigRule"] },
  RemediationConfiguration: { events: ["DeleteRemediationConfiguration", "PutRemediationConfigurations"] },
  Analyzer: { events: ["DeleteAnalyzer", "UpdateAnalyzer", "CreateAnalyzer"] },
  Policy: { events: ["CreatePolicyVersion", "SetDefaultPolicyVersion", "DeletePolicy"] },
  Group: { events: ["DeleteGroup", "UpdateGroup"] },
  GroupPolicyAttachment: { events: ["DetachGroupPolicy"] },
  UserGroupMembership: { events: ["RemoveUserFromGroup", "AddUserToGroup"] },
  Role: { events: ["UpdateAssumeRolePolicy", "UpdateRole", "DeleteRole"] },
  RolePolicy: { events: ["PutRolePolicy", "DeleteRolePolicy"] },
  RolePolicyAttachment: { events: ["DetachRolePolicy"] },
  User: { events: ["CreateUser"] },
  AccountPasswordPolicy: { events: ["UpdateAccountPasswordPolicy", "DeleteAccountPasswordPolicy"], singleton: true },
  AlternativeContact: { events: ["PutAlternateContact", "DeleteAlternateContact"], singleton: true },
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
  ServiceSetting: { events: ["UpdateServiceSetting", "ResetServiceSetting"] },
  DefaultSecurityGroup: { events: group },
  SecurityGroup: { events: group },
  SecurityGroupIngressRule: { events: group },
  VpcEndpoint: { events: ["ModifyVpcEndpoint", "DeleteVpcEndpoints"] },
  Vault: { events: ["DeleteBackupVault"] },
  VaultLockConfiguration: { events: ["DeleteBackupVaultLockConfiguration", "PutBackupVaultLockConfiguration"] },
  Plan: { events: ["UpdateBackupPlan", "DeleteBackupPlan"] },
  Selection: { events: ["DeleteBackupSelection", "CreateBackupSelection"] },
  Budget: { events: ["ModifyBudget", "UpdateBudget", "DeleteBudget"] },
};
