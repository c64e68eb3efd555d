import { baselinePairs } from "./baseline";
import { type Pair } from "./pair";

/** What undoes the baseline, declared with aws-native, or in a template that is read as it. */
const native = (type: string, bad: Pair["bad"], good: Pair["good"], ...decisive: Pair["decisive"]): Pair => ({
  policy: "baseline-integrity",
  type: `aws-native:${type}`,
  level: "mandatory",
  bad,
  good,
  decisive,
});

const trail = { isLogging: true, isMultiRegionTrail: true, enableLogFileValidation: true };
const alarm = { alarmName: "baseline-root-login", alarmActions: ["arn:aws:sns:us-east-1:123456789012:alerts"] };
const mfa = baselinePairs.find(({ type }) => type === "aws:iam/policy:Policy")!;
const asManaged = ({ name, policy }: Pair["bad"]): Pair["bad"] => ({
  managedPolicyName: name,
  policyDocument: JSON.parse(policy as string) as unknown,
});

export const nativeBaselinePairs: readonly Pair[] = [
  native("cloudtrail:Trail", { ...trail, isLogging: false }, trail, "isLogging"),
  native("guardduty:Detector", { enable: false }, { enable: true }, "enable"),
  { ...native("guardduty:Filter", { action: "ARCHIVE" }, { action: "NOOP" }, "action"), level: "advisory" },
  native(
    "configuration:ConfigurationRecorder",
    { recordingGroup: { recordingStrategy: { useOnly: "INCLUSION_BY_RESOURCE_TYPES" } } },
    { recordingGroup: { recordingStrategy: { useOnly: "ALL_SUPPORTED_RESOURCE_TYPES" } } },
    ...["recordingGroup"],
  ),
  native("cloudwatch:Alarm", { ...alarm, actionsEnabled: false }, { ...alarm, actionsEnabled: true }, "actionsEnabled"),
  native(
    "events:Rule",
    { name: "baseline-guardduty", state: "DISABLED" },
    { name: "baseline-guardduty", state: "ENABLED" },
    "state",
  ),
  native("ec2:SnapshotBlockPublicAccess", { state: "unblocked" }, { state: "block-all-sharing" }, "state"),
  native("iam:ManagedPolicy", asManaged(mfa.bad), asManaged(mfa.good), "policyDocument"),
];
