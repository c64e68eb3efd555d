import * as v from "valibot";
import { trailAlarmIds } from "../../../trail-alarms/trail-alarm-ids";
import { ruleIdentifiers } from "../../../compliance-rules/compliance-rule-list";
import { UNUSED_CREDENTIALS } from "../../../compliance-rules/iam-rules";
import {
  atMost,
  iamRoleName,
  listOf,
  logRetentionDays,
  nonNegative,
  oneOf,
  regionName,
  text,
  wholeNumber,
} from "../checks";
import { disabled, enabled, group } from "./common";

export const auditTrail = v.optional(
  v.pipe(
    group({
      enabled,
      logGroupRetentionDays: v.optional(logRetentionDays, 365),
      archiveAfterDays: v.optional(wholeNumber(0, 3650), 90),
      expireAfterDays: v.optional(wholeNumber(0, 36500), 2555),
      objectLockDays: v.optional(wholeNumber(0, 36500), 0),
      insights: disabled,
      dataEvents: v.optional(
        listOf(oneOf("AWS::S3::Object", "AWS::Lambda::Function", "AWS::DynamoDB::Table"), "a list of resource types"),
        [],
      ),
    }),
    v.forward(
      // S3: the days of an expiration must be more than those of a transition.
      v.partialCheck(
        [["archiveAfterDays"], ["expireAfterDays"]],
        ({ archiveAfterDays, expireAfterDays }) => expireAfterDays === 0 || expireAfterDays > archiveAfterDays,
        "more days than archiveAfterDays, or 0 for never",
      ),
      ["expireAfterDays"],
    ),
  ),
  {},
);

/** Source: GuardDuty API reference, DetectorFeatureConfiguration, `name`. */
const featureNames: readonly string[] = [
  "S3_DATA_EVENTS",
  "EKS_AUDIT_LOGS",
  "EBS_MALWARE_PROTECTION",
  "RDS_LOGIN_EVENTS",
  "LAMBDA_NETWORK_LOGS",
  "RUNTIME_MONITORING",
  "EKS_RUNTIME_MONITORING",
  "AI_PROTECTION",
  "AI_ANALYST",
];

const featureName = v.pipe(
  v.string("a GuardDuty feature name"),
  v.check((name) => featureNames.includes(name), `a GuardDuty feature: ${featureNames.join(", ")}`),
);

export const threatDetection = v.optional(
  group({
    enabled,
    publishingFrequency: v.optional(oneOf("FIFTEEN_MINUTES", "ONE_HOUR", "SIX_HOURS"), "FIFTEEN_MINUTES"),
    features: v.optional(v.record(featureName, oneOf("ENABLED", "DISABLED"), "a map of features"), {}),
    unavailableFeatures: v.optional(
      v.record(regionName, v.array(featureName, "a list of features"), "a map of regions to lists of features"),
      {},
    ),
    minimumSeverity: v.optional(nonNegative(10), 4),
  }),
  {},
);

const eventName = v.pipe(
  v.string("an API event name"),
  v.regex(/^[A-Z][A-Za-z0-9]{1,63}$/, "an API event name such as HeadBucket"),
);

/** CloudWatch Logs would take a quote or a bracket in it for syntax. */
const caller = v.pipe(
  v.string("a source address"),
  v.regex(
    /^[A-Za-z0-9.:*-]{1,128}$/,
    "an IP address or the name of an AWS service, such as delivery.logs.amazonaws.com",
  ),
);

export const trailAlarms = v.optional(
  group({
    enabled,
    quiet: v.optional(listOf(oneOf(...trailAlarmIds), "a list of alarms"), ["unauthorized-api-calls"]),
    deniedCallsThreshold: v.optional(wholeNumber(1, 100000), 10),
    deniedCallsMinutes: v.optional(wholeNumber(1, 1440), 5),
    ignoredEvents: v.optional(
      v.pipe(listOf(eventName, "a list of event names"), atMost(15, "at most 15 event names")),
      ["HeadBucket"],
    ),
    ignoredSources: v.optional(
      v.pipe(listOf(caller, "a list of source addresses"), atMost(8, "at most 8 source addresses")),
      ["delivery.logs.amazonaws.com"],
    ),
  }),
  {},
);

export const iamAlerts = v.optional(
  group({
    enabled,
    ignoredRoles: v.optional(listOf(iamRoleName, "a list of IAM role names"), []),
  }),
  {},
);

export const configRecording = v.optional(
  group({
    enabled,
    frequency: v.optional(oneOf("CONTINUOUS", "DAILY"), "CONTINUOUS"),
    excludeResourceTypes: v.optional(
      listOf(
        v.pipe(
          text(128),
          v.regex(/^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/, "a resource type such as AWS::Config::ResourceCompliance"),
        ),
        "a list of resource types",
      ),
      [],
    ),
  }),
  {},
);

const ruleNeeded = `the identifier of a rule the baseline has: ${ruleIdentifiers.join(", ")}`;

export const complianceRules = v.optional(
  v.pipe(
    group({
      enabled,
      maxAccessKeyAgeDays: v.optional(wholeNumber(1, 3650), 90),
      unusedCredentialDays: v.optional(wholeNumber(1, 3650), 90),
      excludeRules: v.optional(listOf(v.picklist(ruleIdentifiers, ruleNeeded), "a list of rule identifiers"), []),
      revokeUnusedCredentials: disabled,
    }),
    v.forward(
      v.partialCheck(
        [["enabled"], ["excludeRules"], ["revokeUnusedCredentials"]],
        ({ enabled, excludeRules, revokeUnusedCredentials }) =>
          !enabled || !revokeUnusedCredentials || !excludeRules.includes(UNUSED_CREDENTIALS),
        `false, since excludeRules leaves out ${UNUSED_CREDENTIALS}, on whose findings it acts`,
      ),
      ["revokeUnusedCredentials"],
    ),
  ),
  {},
);
