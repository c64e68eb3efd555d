import { apiCall, callers, type CloudTrailRecord, consoleLogin, refused } from "../support/cloudtrail-records";

export const alertIds = ["iam-change", "quarantine", "sign-in", "detection-change"] as const;
export type AlertId = (typeof alertIds)[number];

/** One event and the alert it raises, if any; never two. */
export interface EventCase {
  title: string;
  record: CloudTrailRecord;
  raises?: AlertId;
  /** Raised by everybody but sessions of an ignored role, in whose name it is. */
  ignorable?: boolean;
}

/** The role the second set of rules ignores. */
export const ignoredRole = "deploy";

const deploy = callers.role(ignoredRole);
const by = (userIdentity: object) => ({ userIdentity });
const on = (requestParameters: object) => ({ requestParameters });
const quarantine = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3";
const admin = "arn:aws:iam::aws:policy/AdministratorAccess";
const sso = callers.role("AWSReservedSSO_AdministratorAccess_0123456789abcdef");

const iamChanges: EventCase[] = [
  { title: "a second key", record: apiCall("iam", "CreateAccessKey", on({ userName: "mina" })), raises: "iam-change" },
  { title: "a user", record: apiCall("iam", "CreateUser", on({ userName: "backdoor" })), raises: "iam-change" },
  {
    title: "administrator rights for a user",
    record: apiCall("iam", "AttachUserPolicy", on({ userName: "mina", policyArn: admin })),
    raises: "iam-change",
  },
  {
    title: "administrator rights for a role, by a role nobody ignores",
    record: apiCall("iam", "AttachRolePolicy", { ...by(callers.role("app")), ...on({ roleName: "app" }) }),
    raises: "iam-change",
  },
  {
    title: "a role's trust, by the deployment",
    record: apiCall("iam", "UpdateAssumeRolePolicy", { ...by(deploy), ...on({ roleName: "app" }) }),
    raises: "iam-change",
    ignorable: true,
  },
  {
    title: "a policy for a user, by a user who bears the name of the ignored role",
    record: apiCall("iam", "PutUserPolicy", by({ ...callers.user, userName: ignoredRole })),
    raises: "iam-change",
  },
  {
    title: "a role whose name only begins like the ignored one's",
    record: apiCall("iam", "PutRolePolicy", by(callers.role("deploy2"))),
    raises: "iam-change",
  },
  {
    title: "MFA taken off, by root",
    record: apiCall("iam", "DeactivateMFADevice", by(callers.root)),
    raises: "iam-change",
  },
  {
    title: "a key made active again",
    record: apiCall("iam", "UpdateAccessKey", on({ userName: "mina", status: "Active" })),
    raises: "iam-change",
  },
  {
    title: "a key deactivated",
    record: apiCall("iam", "UpdateAccessKey", on({ userName: "mina", status: "Inactive" })),
  },
  {
    title: "membership of a group",
    record: apiCall("iam", "AddUserToGroup", on({ userName: "mina", groupName: "admins" })),
    raises: "iam-change",
  },
  {
    title: "membership of the baseline's own group, which locks up",
    record: apiCall("iam", "AddUserToGroup", on({ userName: "mina", groupName: "baseline-mfa-required" })),
  },
  {
    title: "leaving the baseline's own group, written in capitals",
    record: apiCall("iam", "RemoveUserFromGroup", on({ userName: "mina", groupName: "BASELINE-MFA-Required" })),
    raises: "iam-change",
  },
  {
    title: "leaving the baseline's own group, which opens",
    record: apiCall("iam", "RemoveUserFromGroup", on({ userName: "mina", groupName: "baseline-mfa-required" })),
    raises: "iam-change",
  },
  {
    title: "leaving another group",
    record: apiCall("iam", "RemoveUserFromGroup", on({ userName: "mina", groupName: "admins" })),
  },
  { title: "a refused key", record: refused("iam", "CreateAccessKey", "AccessDenied", on({ userName: "mina" })) },
  { title: "a role without rights", record: apiCall("iam", "CreateRole", on({ roleName: "app" })) },
  { title: "a list of users", record: apiCall("iam", "ListUsers", { readOnly: true }) },
];

const internal = { sourceIPAddress: "AWS Internal", userAgent: "AWS Internal" };
const quarantines: EventCase[] = [
  {
    title: "AWS's quarantine, in the user's name",
    record: apiCall("iam", "AttachUserPolicy", { ...internal, ...on({ userName: "mina", policyArn: quarantine }) }),
    raises: "quarantine",
  },
  {
    title: "a quarantine of a later version, by the ignored role",
    record: apiCall("iam", "AttachUserPolicy", {
      ...by(deploy),
      ...on({ userName: "mina", policyArn: quarantine.replace("V3", "V4") }),
    }),
    raises: "quarantine",
  },
  {
    title: "a quarantine taken off",
    record: apiCall("iam", "DetachUserPolicy", on({ userName: "mina", policyArn: quarantine })),
    raises: "quarantine",
  },
  {
    title: "a policy of one's own that bears the name",
    record: apiCall(
      "iam",
      "AttachUserPolicy",
      on({ userName: "mina", policyArn: "arn:aws:iam::111122223333:policy/AWSCompromisedKeyQuarantineV3" }),
    ),
    raises: "iam-change",
  },
  {
    title: "a quarantine refused",
    record: refused("iam", "AttachUserPolicy", "AccessDenied", on({ userName: "mina", policyArn: quarantine })),
  },
];

const signIns: EventCase[] = [
  { title: "root with MFA", record: consoleLogin(callers.root, "Yes"), raises: "sign-in" },
  { title: "root in vain", record: consoleLogin(callers.root, "No", "Failed authentication"), raises: "sign-in" },
  {
    title: "root's password recovered",
    record: { ...consoleLogin(callers.root, "No"), eventName: "PasswordRecoveryCompleted" },
    raises: "sign-in",
  },
  { title: "root's MFA prompt", record: { ...consoleLogin(callers.root, "No"), eventName: "CheckMfa" } },
  { title: "a user without MFA", record: consoleLogin(callers.user, "No"), raises: "sign-in" },
  { title: "a user with MFA", record: consoleLogin(callers.user, "Yes") },
  { title: "a user in vain", record: consoleLogin(callers.user, "No", "Failed authentication") },
  { title: "single sign-on", record: consoleLogin(sso, "No") },
  { title: "the ignored role, switched to", record: { ...consoleLogin(deploy, "No"), eventName: "SwitchRole" } },
];

const detectionChanges: EventCase[] = [
  {
    title: "the trail stopped",
    record: apiCall("cloudtrail", "StopLogging", on({ name: "baseline-trail" })),
    raises: "detection-change",
  },
  {
    title: "the trail stopped in vain",
    record: refused("cloudtrail", "StopLogging", "AccessDenied", on({ name: "baseline-trail" })),
    raises: "detection-change",
  },
  {
    title: "the trail changed by the deployment",
    record: apiCall("cloudtrail", "UpdateTrail", { ...by(deploy), ...on({ name: "baseline-trail" }) }),
    raises: "detection-change",
    ignorable: true,
  },
  { title: "the trail started", record: apiCall("cloudtrail", "StartLogging", on({ name: "baseline-trail" })) },
  {
    title: "a detector deleted",
    record: apiCall("guardduty", "DeleteDetector", on({ detectorId: "12abc34d567e8fa901bc2d34e56789f0" })),
    raises: "detection-change",
  },
  {
    title: "a detector switched off",
    record: apiCall(
      "guardduty",
      "UpdateDetector",
      on({ detectorId: "12abc34d567e8fa901bc2d34e56789f0", enable: false }),
    ),
    raises: "detection-change",
  },
  {
    title: "a plan of a detector declared, as `up` does",
    record: apiCall("guardduty", "UpdateDetector", on({ features: [{ name: "S3_DATA_EVENTS", status: "ENABLED" }] })),
  },
  {
    title: "addresses GuardDuty shall trust",
    record: apiCall("guardduty", "CreateIPSet", on({ name: "mine", activate: true })),
    raises: "detection-change",
  },
  { title: "a finding archived", record: apiCall("guardduty", "ArchiveFindings", on({ findingIds: ["1"] })) },
  {
    title: "the recorder stopped",
    record: apiCall("config", "StopConfigurationRecorder", on({ configurationRecorderName: "baseline" })),
    raises: "detection-change",
  },
  { title: "a recorder put, as `up` does", record: apiCall("config", "PutConfigurationRecorder") },
  { title: "Security Hub off", record: apiCall("securityhub", "DisableSecurityHub"), raises: "detection-change" },
  {
    title: "an analyzer deleted",
    record: apiCall("access-analyzer", "DeleteAnalyzer", on({ analyzerName: "baseline" })),
    raises: "detection-change",
  },
  {
    title: "a rule of the baseline disabled",
    record: apiCall("events", "DisableRule", on({ name: "baseline-iam-change" })),
    raises: "detection-change",
  },
  { title: "somebody's rule deleted", record: apiCall("events", "DeleteRule", on({ name: "nightly-report" })) },
  {
    title: "the target of a rule of the baseline removed",
    record: apiCall("events", "RemoveTargets", on({ rule: "baseline-quarantine", ids: ["alert-topic"] })),
    raises: "detection-change",
  },
  { title: "a rule put, as `up` does", record: apiCall("events", "PutRule", on({ name: "baseline-iam-change" })) },
  {
    title: "an alarm of the baseline silenced, among others",
    record: apiCall("monitoring", "DisableAlarmActions", on({ alarmNames: ["cpu", "baseline-root-use"] })),
    raises: "detection-change",
  },
  {
    title: "others' alarms deleted",
    record: apiCall("monitoring", "DeleteAlarms", on({ alarmNames: ["cpu", "disk"] })),
  },
  {
    title: "a filter of the baseline deleted",
    record: apiCall("logs", "DeleteMetricFilter", on({ filterName: "baseline-root-use" })),
    raises: "detection-change",
  },
  {
    title: "the trail's log group deleted",
    record: apiCall("logs", "DeleteLogGroup", on({ logGroupName: "/baseline/cloudtrail" })),
    raises: "detection-change",
  },
  {
    title: "another log group deleted",
    record: apiCall("logs", "DeleteLogGroup", on({ logGroupName: "/aws/lambda/x" })),
  },
  { title: "another service's DeleteRule", record: apiCall("waf", "DeleteRule", on({ name: "baseline-x" })) },
];

export const eventCases: EventCase[] = [...iamChanges, ...quarantines, ...signIns, ...detectionChanges];
