import { type Finding } from "../policies/types";
import { isTree, type Located } from "../values";
import { type Guard } from "./guard";

/** A type of aws-native that a guard of aws reads, and the names it has for the same inputs. */
interface Twin {
  readonly type: string;
  readonly as: string;
  readonly names?: Readonly<Record<string, string>>;
}

// Also what Cloud Control and CloudFormation templates are read as.
const twins: readonly Twin[] = [
  {
    type: "aws-native:cloudtrail:Trail",
    as: "aws:cloudtrail/trail:Trail",
    names: { isLogging: "enableLogging", trailName: "name" },
  },
  { type: "aws-native:guardduty:Detector", as: "aws:guardduty/detector:Detector" },
  { type: "aws-native:guardduty:Filter", as: "aws:guardduty/filter:Filter" },
  {
    type: "aws-native:configuration:ConfigurationRecorder",
    as: "aws:cfg/recorder:Recorder",
    names: { recordingStrategy: "recordingStrategies" },
  },
  {
    type: "aws-native:cloudwatch:Alarm",
    as: "aws:cloudwatch/metricAlarm:MetricAlarm",
    names: { alarmName: "name" },
  },
  { type: "aws-native:events:Rule", as: "aws:cloudwatch/eventRule:EventRule" },
  {
    type: "aws-native:ec2:SnapshotBlockPublicAccess",
    as: "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
  },
  {
    type: "aws-native:iam:ManagedPolicy",
    as: "aws:iam/policy:Policy",
    names: { managedPolicyName: "name", policyDocument: "policy" },
  },
];

/** The guards of types that aws-native has too, under the names it has for their inputs. */
export function nativeGuards(guards: readonly Guard[]): Guard[] {
  return twins.flatMap(({ type, as, names = {} }) => {
    const guard = guards.find((each) => each.type === as);
    if (guard === undefined) return [];
    return [
      { type, findings: (inputs, of) => guard.findings(renamed(inputs, names), of).map((each) => back(each, names)) },
    ];
  });
}

// Inputs and what stands directly in them: nothing deeper has another name.
function renamed({ value, path }: Located, names: Readonly<Record<string, string>>, depth = 0): Located {
  if (!isTree(value)) return { value, path };
  const within = (each: unknown): unknown =>
    depth === 0 ? renamed({ value: each, path }, names, depth + 1).value : each;
  const entries = Object.entries(value).map(([key, each]) => [
    Object.hasOwn(names, key) ? names[key]! : key,
    within(each),
  ]);
  return { value: Object.fromEntries(entries) as unknown, path };
}

/** A finding in the names of the resource it is about. */
function back(finding: Finding, names: Readonly<Record<string, string>>): Finding {
  const say = (text: string): string =>
    Object.entries(names).reduce(
      (said, [native, name]) => said.replace(new RegExp(`\\b${name}\\b`, "g"), native),
      text,
    );
  // `name` and `policy` are words of every day: in sentences only what is an input for certain is put back.
  const plain = Object.values(names).every((name) => ["name", "policy"].includes(name));
  const { path, witness, fix } = finding;
  return plain
    ? { ...finding, path: say(path) }
    : { ...finding, path: say(path), witness: say(witness), fix: say(fix) };
}
