import * as v from "valibot";
import {
  emailAddress,
  iamName,
  listOf,
  logRetentionDays,
  nonNegative,
  physicalName,
  regionName,
  tagMap,
  wholeNumber,
} from "./checks";

/** Stands for every IAM user of the account, in `mfaEnforcement.users`. */
export const ALL_HUMAN_USERS = "all-human-users";

const featureName = v.pipe(
  v.string("a GuardDuty feature name"),
  v.regex(/^[A-Z][A-Z0-9_]+$/, "a GuardDuty feature name such as S3_DATA_EVENTS"),
);
const enabled = v.optional(v.boolean("true or false"), true);

/**
 * Every setting with its type, bounds and default. What each one means to a user stands in Pulumi.yaml, whose
 * defaults a test holds equal to these.
 *
 * Unknown keys are problems, not noise: a misspelt setting would leave its default in force without a word.
 */
export const settingsSchema = v.strictObject({
  homeRegion: regionName,
  excludeRegions: v.optional(listOf(regionName, "a list of region names"), []),
  namePrefix: v.optional(physicalName, "baseline"),
  tags: v.optional(tagMap, {}),
  alertChannel: v.optional(
    v.strictObject({ emails: v.optional(listOf(emailAddress, "a list of e-mail addresses"), []) }, "a map"),
    {},
  ),
  mfaEnforcement: v.optional(
    v.strictObject(
      {
        enabled,
        users: v.optional(listOf(iamName, "a list of IAM user names"), [ALL_HUMAN_USERS]),
        groups: v.optional(listOf(iamName, "a list of IAM group names"), []),
        exemptUsers: v.optional(listOf(iamName, "a list of IAM user names"), []),
      },
      "a map",
    ),
    {},
  ),
  passwordPolicy: v.optional(
    v.strictObject(
      {
        enabled,
        minimumLength: v.optional(wholeNumber(6, 128), 14),
        reusePrevention: v.optional(wholeNumber(1, 24), 24),
        maxAgeDays: v.optional(wholeNumber(1, 1095), 90),
      },
      "a map",
    ),
    {},
  ),
  auditTrail: v.optional(
    v.pipe(
      v.strictObject(
        {
          enabled,
          logGroupRetentionDays: v.optional(logRetentionDays, 365),
          archiveAfterDays: v.optional(wholeNumber(0, 3650), 90),
          expireAfterDays: v.optional(wholeNumber(0, 36500), 2555),
          objectLockDays: v.optional(wholeNumber(0, 36500), 0),
          insights: v.optional(v.boolean("true or false"), false),
          dataEvents: v.optional(
            v.array(
              v.picklist(["AWS::S3::Object", "AWS::Lambda::Function", "AWS::DynamoDB::Table"], (issue) =>
                issue.expected.replaceAll('"', "").replaceAll("|", "or").replace(/[()]/g, ""),
              ),
              "a list of resource types",
            ),
            [],
          ),
        },
        "a map",
      ),
      v.forward(
        // S3: the days of an expiration must be more than those of a transition.
        v.check(
          ({ archiveAfterDays, expireAfterDays }) => expireAfterDays === 0 || expireAfterDays > archiveAfterDays,
          "more days than archiveAfterDays, or 0 for never",
        ),
        ["expireAfterDays"],
      ),
    ),
    {},
  ),
  threatDetection: v.optional(
    v.strictObject(
      {
        enabled,
        publishingFrequency: v.optional(
          v.picklist(["FIFTEEN_MINUTES", "ONE_HOUR", "SIX_HOURS"], "FIFTEEN_MINUTES, ONE_HOUR or SIX_HOURS"),
          "FIFTEEN_MINUTES",
        ),
        features: v.optional(
          v.record(featureName, v.picklist(["ENABLED", "DISABLED"], "ENABLED or DISABLED"), "a map of features"),
          {},
        ),
        unavailableFeatures: v.optional(
          v.record(regionName, v.array(featureName, "a list of features"), "a map of regions to lists of features"),
          {},
        ),
        minimumSeverity: v.optional(nonNegative(10), 4),
      },
      "a map",
    ),
    {},
  ),
});
