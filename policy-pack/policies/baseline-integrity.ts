import { alertGuards } from "../baseline/alerts";
import { type Guard, type IntegritySettings, isOurs } from "../baseline/guard";
import { logBucketGuards } from "../baseline/log-buckets";
import { mfaPolicyGuard } from "../baseline/mfa-policy";
import { nativeGuards } from "../baseline/natives";
import { recorderGuard } from "../baseline/recorder";
import { switchGuards } from "../baseline/switches";
import { trailGuard } from "../baseline/trail";
import { property } from "../values";
import { root } from "./evaluate";
import { exceptionsSchema } from "./exceptions";
import { type Policy, type PolicyConfig } from "./types";

const ofAws: readonly Guard[] = [
  trailGuard,
  recorderGuard,
  ...switchGuards,
  mfaPolicyGuard,
  ...alertGuards,
  ...logBucketGuards,
];
const guards = [...ofAws, ...nativeGuards(ofAws)];

const defaultPrefix = "baseline";
// The one alarm that the baseline itself leaves silent: every account has calls that are refused.
const defaultQuiet = ["unauthorized-api-calls"];

/** Refuses changes that undo the baseline, by whichever program they are made. */
export const baselineIntegrity: Policy = {
  id: "baseline-integrity",
  title: "Nothing undoes the baseline",
  description:
    "Trails, GuardDuty, AWS Config, MFA enforcement, alarms, log buckets and account-wide guards must stay in force.",
  level: "mandatory",
  severity: "high",
  frameworks: [
    {
      name: "CIS AWS Foundations Benchmark",
      version: "7.0.0",
      reference: "4.1",
      specification: "Ensure CloudTrail is enabled in all regions.",
    },
    {
      name: "AWS Security Hub",
      version: "1.0.0",
      reference: "CloudTrail.4",
      specification: "CloudTrail log file validation should be enabled.",
    },
    {
      name: "AWS Security Hub",
      version: "1.0.0",
      reference: "GuardDuty.1",
      specification: "GuardDuty should be enabled.",
    },
    {
      name: "AWS Security Hub",
      version: "1.0.0",
      reference: "Config.1",
      specification: "AWS Config should be enabled and use the service-linked role for resource recording.",
    },
  ],
  remediationSteps:
    "Leave the control in force, or change it in the baseline's own settings, where it is seen. What another program " +
    "needs differently (a regional trail of data events, a quiet alarm) has a setting or an exception here.",
  url: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html",
  configSchema: {
    properties: {
      appliesTo: {
        type: "string",
        enum: ["account", "baseline"],
        default: "account",
        description:
          "account: whatever does the baseline's work, in any program. baseline: the baseline's own resources only.",
      },
      namePrefix: {
        type: "string",
        minLength: 1,
        default: defaultPrefix,
        description: "What the names of the baseline's resources start with; the program's namePrefix.",
      },
      quietAlarms: {
        type: "array",
        items: { type: "string" },
        default: defaultQuiet,
        description: "Ids of the baseline's alarms that may tell nobody; the program's trailAlarms.quiet.",
      },
      exceptions: exceptionsSchema,
    },
  },
  resourceTypes: guards.map(({ type }) => type),
  evaluate: (resource, config) => {
    const subject = { resource, settings: settingsOf(config) };
    const inputs = root(resource);
    const guard = guards.find(({ type }) => type === resource.type);
    const spared = !subject.settings.everywhere && !isOurs(subject, property(inputs, nameInput(resource.type)));
    return guard === undefined || spared ? [] : guard.findings(inputs, subject);
  },
};

function nameInput(type: string): string {
  return type.startsWith("aws:s3/") ? "bucket" : "name";
}

function settingsOf(config: PolicyConfig): IntegritySettings {
  const { appliesTo, namePrefix, quietAlarms } = config;
  return {
    everywhere: appliesTo !== "baseline",
    namePrefix: typeof namePrefix === "string" && namePrefix !== "" ? namePrefix : defaultPrefix,
    quietAlarms: Array.isArray(quietAlarms) ? quietAlarms.map(String) : defaultQuiet,
  };
}
