import { globMatches } from "../../../common/glob";

import { type DriftItem } from "./model";

/** Drift that somebody decided to live with for a while. */
export interface AcceptedDrift {
  /** Glob of the resource's name, URN, id or ARN. */
  resource: string;
  /** Glob of the property's path; absent when the resource may differ in anything, be deleted or be unmanaged. */
  property?: string;
  /** Why, in words. */
  reason: string;
  /** `YYYY-MM-DD`: the first day, in UTC, on which it counts as drift again. */
  expires: string;
}

/** What an entry's pattern is held against. */
export type Named = Pick<DriftItem, "urn" | "name" | "id" | "control" | "type">;

/** Days ahead at which an entry has to end at the latest. */
export const LONGEST_ACCEPTANCE = 400;

/** Classes of resources without which nobody would see anything: an entry for them has to say which property is meant. */
const eyes = ["Trail", "Detector", "Recorder", "RecorderStatus"];

/** Whether an entry's pattern fits a resource's name, URN, or id. */
export function fitsResource({ resource }: Pick<AcceptedDrift, "resource">, { name, urn, id }: Named): boolean {
  return [name, urn, id].some((each) => globMatches(resource, each));
}

export function needsProperty({ type }: Pick<Named, "type">): boolean {
  return eyes.includes(type.split(":").at(-1) ?? "");
}

/** Whether a day is further ahead than an entry may last. @param day `YYYY-MM-DD` */
export function isTooLate(day: string, now: Date): boolean {
  return Date.parse(day) - now.getTime() > LONGEST_ACCEPTANCE * 24 * 60 * 60 * 1000;
}

/**
 * Why a pattern fits more than an entry may, as the end of a sentence.
 *
 * @param resources everything that was looked at; by default some of what every baseline has
 */
export function widthProblem(
  entry: Pick<AcceptedDrift, "resource" | "property">,
  resources: readonly Named[] = typical(entry.resource),
): string | undefined {
  const fitted = resources.filter((each) => fitsResource(entry, each));
  const controls = new Set(fitted.map(({ control }) => control));
  if (controls.size > 1) {
    return `it fits resources of several controls (${[...controls].sort().slice(0, 3).join(", ")}); name what is meant`;
  }
  const blind = entry.property === undefined ? fitted.find(needsProperty) : undefined;
  return blind && `it fits the ${blind.type.split(":").at(-1)}: add the property that is meant`;
}

const samples: [control: string, type: string, name: string, arn: string][] = [
  ["AuditTrail", "aws:cloudtrail/trail:Trail", "audit-trail-trail", "cloudtrail:REGION:ACCOUNT:trail/PREFIX-trail"],
  [
    "ThreatDetection",
    "aws:guardduty/detector:Detector",
    "threat-detection-REGION-detector",
    "guardduty:REGION:ACCOUNT:detector/12abc34d567e8fa901bc2d34e56789f0",
  ],
  [
    "ConfigRecording",
    "aws:cfg/recorder:Recorder",
    "config-recording-recorder-REGION",
    "config:REGION:ACCOUNT:configuration-recorder/PREFIX-recorder",
  ],
  ["AlertChannel", "aws:sns/topic:Topic", "alert-channel-topic", "sns:REGION:ACCOUNT:PREFIX-alerts"],
  ["MfaEnforcement", "aws:iam/policy:Policy", "mfa-enforcement-policy", "iam::ACCOUNT:policy/PREFIX-mfa-required"],
  [
    "LeakResponse",
    "aws:sfn/stateMachine:StateMachine",
    "leak-response-machine",
    "states:REGION:ACCOUNT:stateMachine:PREFIX-leak-response",
  ],
];

/** Resources as every baseline has them, in the stack, account, region and with the prefix that a pattern names. */
function typical(pattern: string): Named[] {
  const [, stack = "prod", project = "aws-prevention-baseline"] =
    /^urn:pulumi:([^:*?]+)(?:::([^:*?]+))?/.exec(pattern) ?? [];
  const account = /\d{12}/.exec(pattern)?.[0] ?? "123456789012";
  const region = /[a-z]{2}(?:-[a-z]+)+-\d/.exec(pattern)?.[0] ?? "us-east-1";
  const partition = /^arn:([\w-]+):/.exec(pattern)?.[1] ?? "aws";
  const prefix = /^(?!urn|arn)([a-z][\w]*)-/.exec(pattern)?.[1] ?? "baseline";
  const filled = (text: string) => text.replace("REGION", region).replace("ACCOUNT", account).replace("PREFIX", prefix);
  return samples.flatMap(([control, type, name, arn]) => {
    const own = `${prefix}-${filled(name)}`;
    const parents = `baseline:index:AccountBaseline$baseline:index:${control}`;
    const urn = `urn:pulumi:${stack}::${project}::${parents}$${type}::${own}`;
    return [own, `${prefix}-${filled(arn).split(/[/:]/).at(-1)?.replace(`${prefix}-`, "")}`].map((each) => ({
      control,
      type,
      urn,
      name: each,
      id: `arn:${partition}:${filled(arn)}`,
    }));
  });
}
