import { type Severity } from "../../output/severity";

/** A drift whose severity is not what drift has by default. */
export interface SeverityRule {
  /** Class of the control; any when absent. */
  control?: string;
  /** Class of the resource: the last part of its type token. */
  type: string;
  when: {
    deleted?: true;
    /** Beginning of the property's path. */
    property?: RegExp;
  };
  severity: Severity;
  /** What it means for the account, as the end of a sentence. */
  means?: string;
}

const anything = /^(?!tags(All)?($|[.[]))/;

function gone(type: string, severity: Severity, means?: string, control?: string): SeverityRule {
  return { type, when: { deleted: true }, severity, ...(means && { means }), ...(control && { control }) };
}

function changed(type: string, property: RegExp, severity: Severity, means?: string, control?: string): SeverityRule {
  return { type, when: { property }, severity, ...(means && { means }), ...(control && { control }) };
}

/** Deleted or changed in anything but tags. */
function touched(type: string, severity: Severity, means?: string, control?: string): SeverityRule {
  const when = { deleted: true as const, property: anything };
  return { type, when, severity, ...(means && { means }), ...(control && { control }) };
}

const evidence = [
  gone("Trail", "critical", "nothing the account does is recorded"),
  changed("Trail", /^enableLogging/, "critical", "nothing the account does is recorded"),
  changed(
    "Trail",
    /^(isMultiRegionTrail|includeGlobalServiceEvents)/,
    "critical",
    "most of what is done goes unrecorded",
  ),
  changed("Trail", /^(eventSelectors|advancedEventSelectors)/, "critical", "some of what is done goes unrecorded"),
  changed("Trail", /^s3BucketName/, "critical", "the record goes somewhere else"),
  changed(
    "Trail",
    /^(kmsKeyId|enableLogFileValidation|cloudWatchLogs\w+)/,
    "high",
    "the record can be read, forged or missed",
  ),
  gone("Bucket", "critical", "the record and what was in it are gone", "AuditTrail"),
  touched("BucketPolicy", "critical", "who may write and read the record is open", "AuditTrail"),
  touched("BucketPublicAccessBlock", "critical", "the record can be made public", "AuditTrail"),
  touched("BucketObjectLockConfiguration", "critical", "the record can be deleted", "AuditTrail"),
  touched("BucketVersioning", "high", "what is overwritten is lost"),
  touched("BucketLifecycleConfiguration", "high", "the record may be deleted early", "AuditTrail"),
  touched("BucketServerSideEncryptionConfiguration", "high"),
  touched("BucketPolicy", "high"),
  touched("BucketPublicAccessBlock", "high", "it can be made public"),
  gone("Key", "critical", "what is encrypted with it cannot be read or written"),
  changed(
    "Key",
    /^(isEnabled|policy|deletionWindowInDays)/,
    "critical",
    "who may use the key, or whether anybody can, has changed",
  ),
  touched("LogGroup", "high", "alarms on the trail see nothing", "AuditTrail"),
];

const people = [
  touched("Policy", "critical", "what people may do without MFA has changed", "MfaEnforcement"),
  touched("GroupPolicyAttachment", "critical", "nobody has to use MFA", "MfaEnforcement"),
  touched("UserGroupMembership", "critical", "somebody need not use MFA", "MfaEnforcement"),
  touched("Group", "critical", "nobody has to use MFA", "MfaEnforcement"),
  gone("AccountPasswordPolicy", "high", "any password will do"),
  changed("AccountPasswordPolicy", anything, "high", "weaker passwords will do"),
  changed("Role", /^assumeRolePolicy/, "high", "somebody else may take the role"),
  changed("Role", /^permissionsBoundary/, "high", "what the role may do has changed"),
  touched("RolePolicy", "high", "what the role may do has changed"),
  touched("RolePolicyAttachment", "high", "what the role may do has changed"),
  touched("Policy", "high", "what it grants has changed"),
  gone("AlternativeContact", "medium", "AWS warns nobody but root's mailbox"),
];

const detection = [
  gone("Detector", "critical", "GuardDuty sees nothing in the region"),
  changed("Detector", /^enable/, "critical", "GuardDuty sees nothing in the region"),
  touched("DetectorFeature", "high", "a protection plan is not as chosen"),
  touched("RecorderStatus", "critical", "AWS Config records nothing in the region"),
  gone("Recorder", "critical", "AWS Config records nothing in the region"),
  changed("Recorder", anything, "high", "AWS Config records something else"),
  touched("DeliveryChannel", "high", "what AWS Config records goes nowhere or elsewhere"),
  touched("Rule", "medium", "a rule of AWS Config does not judge as chosen"),
  touched("Analyzer", "high", "access from outside is not looked for"),
];

const alerting = [
  gone("Topic", "critical", "no alert reaches anybody", "AlertChannel"),
  touched("TopicPolicy", "critical", "who may send and read alerts has changed", "AlertChannel"),
  touched("TopicSubscription", "high", "somebody hears no alerts"),
  touched("LogMetricFilter", "high", "an alarm sees nothing, or the wrong things"),
  gone("MetricAlarm", "medium", "nobody hears what the account spends", "BillingAlarm"),
  touched("MetricAlarm", "high", "an alarm is silent or deaf"),
  touched("EventRule", "high", "an alert is silent or deaf"),
  touched("EventTarget", "high", "an alert reaches nobody"),
  touched("Budget", "medium", "nobody hears what the account spends"),
];

const response = [
  touched("StateMachine", "high", "a leaked access key is answered otherwise, or not at all"),
  touched("EventBus", "high", "leaked keys of other regions go unanswered"),
  touched("EventBusPolicy", "high", "who may put messages about leaked keys has changed"),
  touched("EventRule", "high", "a leaked access key may go unanswered", "LeakResponse"),
  touched("EventTarget", "high", "a leaked access key may go unanswered", "LeakResponse"),
  touched("QueuePolicy", "medium", "who may leave and read unanswered events has changed"),
  gone("Queue", "medium", "events that could not be delivered are lost"),
];

const guards = [
  touched("AccountPublicAccessBlock", "critical", "buckets can be made public"),
  touched("DefaultSecurityGroup", "high", "the default security group lets traffic through"),
  touched("SnapshotBlockPublicAccess", "high", "snapshots can be made public"),
  touched("ImageBlockPublicAccess", "high", "images can be made public"),
  touched("ServiceSetting", "high", "documents can be made public"),
  changed("VpcEndpoint", /^policy/, "high", "what may be reached through the endpoint has changed"),
  touched("SecurityGroupIngressRule", "medium"),
  touched("VaultLockConfiguration", "critical", "backups can be deleted"),
  gone("Vault", "critical", "backups have no place"),
];

/** In the order in which they are tried. Tests hold every type of resource the program declares against it. */
export const consequential: readonly SeverityRule[] = [
  ...response,
  ...evidence,
  ...people,
  ...detection,
  ...alerting,
  ...guards,
];
