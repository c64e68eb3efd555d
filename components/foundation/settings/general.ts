import {
  administratorArn,
  homeRegionName,
  listOf,
  optionalPolicyName,
  physicalName,
  regionName,
  tagMap,
} from "./checks";
import { explained, setting } from "./setting";

/** The settings of no single control. */
export const generalSettings = {
  homeRegion: explained(
    homeRegionName,
    "Region of what exists once per account: trail, buckets, alert topic. Empty means aws:region. " +
      "Changing it later is refused; docs/moving.md says how to move a stack.",
    { example: "us-east-1" },
  ),
  excludeRegions: setting(
    listOf(regionName, "a list of region names"),
    [],
    "Enabled regions to leave alone. All other enabled regions are covered; they are found at run time. " +
      "What exists in one region of the partition only (us-east-1 in most: events of IAM, billing) stays there all the same. " +
      "Adding a region here later removes what the baseline made in it.",
  ),
  namePrefix: setting(
    physicalName,
    "baseline",
    "Start of every name in AWS: lower-case letters, digits and single hyphens, at most 20. " +
      "Changing it later replaces nearly everything; docs/moving.md says how.",
  ),
  tags: setting(
    tagMap,
    {},
    "Tags for everything that takes tags, in addition to baseline:project, baseline:control and baseline:version.",
    { example: { owner: "security" } },
  ),
  permissionsBoundary: setting(
    optionalPolicyName,
    "",
    "Name of an IAM policy of the account that every role of the baseline gets as its permissions boundary. The role that " +
      "applies in CI (bootstrap/) can make no other roles: ci-baseline-roles-boundary. Empty for none.",
  ),
  trustedAdministrators: setting(
    listOf(administratorArn, "a list of ARNs of roles or users", { atMost: 20 }),
    [],
    "ARNs of the roles and users that alone may change the log buckets and the policies of the keys, such as " +
      "arn:aws:iam::123456789012:role/break-glass. The ARN of a role has the role's path; * and ? stand for what AWS chose " +
      "in it, such as the end of the name of an IAM Identity Center role. `pulumi up` refuses a caller whom the list leaves " +
      "out. Root of the account always can. Empty: nobody changes how long logs stay (lifecycle, versioning, encryption, " +
      "Object Lock), and CI's roles change nothing of the log buckets.",
  ),
};
