import * as pulumi from "@pulumi/pulumi";
import * as v from "valibot";
import { BaselineError, ExitCode } from "../common/errors";
import {
  administratorArn,
  homeRegionName,
  listOf,
  physicalName,
  tagMap,
  wholeNumber,
} from "../components/foundation/settings/checks";
import { keyOf, shown } from "../components/foundation/settings/problem";

const matching = (pattern: RegExp, allowed: string) => v.pipe(v.string(allowed), v.regex(pattern, allowed));
const optionalArn = (part: string, allowed: string) =>
  v.optional(matching(new RegExp(`^(|arn:[\\w-]+:${part})$`), allowed), "");

const github = v.strictObject({
  repository: v.optional(matching(/^(|[\w-]+\/[\w.-]+)$/, "a repository as owner/name, without wildcards"), ""),
  environment: v.optional(matching(/^[\w .-]{1,255}$/, "the name of an environment, without wildcards"), "prod"),
  branch: v.optional(matching(/^[\w./-]+$/, "a branch, without wildcards"), "main"),
  repositoryId: v.optional(matching(/^\d*$/, "the number of the repository, in quotation marks"), ""),
  ownerId: v.optional(matching(/^\d*$/, "the number of the repository's owner, in quotation marks"), ""),
  providerArn: optionalArn(
    "iam::\\d{12}:oidc-provider/token\\.actions\\.githubusercontent\\.com",
    "the ARN of the account's OIDC provider for GitHub",
  ),
});

const gitlab = v.strictObject({
  project: v.optional(matching(/^(|[\w.-]+(\/[\w.-]+)+)$/, "a project as group/name, without wildcards"), ""),
  branch: v.optional(matching(/^[\w./-]+$/, "a branch, without wildcards"), "main"),
  url: v.optional(
    matching(/^https:\/\/[\w.-]+[^/]$/, "the address of the instance, such as https://gitlab.com"),
    "https://gitlab.com",
  ),
  providerArn: optionalArn(
    "iam::\\d{12}:oidc-provider/[\\w./-]+",
    "the ARN of the account's OIDC provider for that instance",
  ),
});

const state = v.pipe(
  v.strictObject({
    create: v.optional(v.boolean("true or false"), true),
    bucket: v.optional(matching(/^(|[a-z0-9][a-z0-9.-]{2,62})$/, "the name of a bucket"), ""),
    prefix: v.optional(matching(/^([\w-]+(\/[\w-]+)*)?$/, "folders within the bucket, such as states/security"), ""),
    keyArn: optionalArn("kms:[a-z0-9-]+:\\d{12}:key/[\\w-]+", "the ARN of the key that encrypts the state"),
  }),
  v.check(({ create, bucket }) => !create || bucket === "", "either create or a bucket that exists"),
  v.check(
    ({ bucket, keyArn, prefix }) => bucket !== "" || (keyArn === "" && prefix === ""),
    "prefix and keyArn go with a bucket",
  ),
);

/** Every setting with its bounds and default; what each means stands in Pulumi.yaml, whose defaults a test holds equal. */
export const bootstrapSchema = v.pipe(
  v.strictObject({
    region: homeRegionName,
    github: v.optional(github, {}),
    gitlab: v.optional(gitlab, {}),
    rolePrefix: v.optional(physicalName, "ci-baseline"),
    namePrefix: v.optional(physicalName, "baseline"),
    sessionMinutes: v.optional(wholeNumber(60, 720), 60),
    state: v.optional(state, {}),
    trustedAdministrators: v.optional(listOf(administratorArn, "a list of ARNs of roles or users", { atMost: 20 }), []),
    tags: v.optional(tagMap, {}),
  }),
  v.check(
    ({ github, gitlab }) => github.repository + gitlab.project !== "",
    "github.repository or gitlab.project, or nobody could take the roles",
  ),
  v.check(
    ({ github }) => github.ownerId === "" || github.repositoryId !== "",
    "github.repositoryId with github.ownerId: a subject bears both numbers or none",
  ),
  v.check(
    ({ state, trustedAdministrators }) => state.create || trustedAdministrators.length === 0,
    "trustedAdministrators with state.create only: the policy of another bucket is not this program's",
  ),
  // The apply role may touch what bears the baseline's prefix, and must not reach itself.
  v.check(
    ({ rolePrefix, namePrefix }) => !rolePrefix.startsWith(`${namePrefix}-`),
    "a rolePrefix that does not begin like namePrefix",
  ),
  v.check(
    ({ state, namePrefix }) => !state.bucket.startsWith(`${namePrefix}-`),
    "a bucket for the state that does not begin like namePrefix: the apply role may rewrite the policies of those that do",
  ),
);

export type BootstrapSettings = v.InferOutput<typeof bootstrapSchema>;

/** @throws BaselineError `invalid-settings` with all problems together */
export function parseBootstrapSettings(raw: Record<string, unknown>): BootstrapSettings {
  const result = v.safeParse(bootstrapSchema, raw);
  if (result.success) {
    return result.output;
  }
  const lines = result.issues.map(({ path = [], input, message, type, expected }) => {
    const allowed = type === "strict_object" && expected === "never" ? "no such setting" : message;
    const key = keyOf(path.map((each) => String(each.key)));
    return key === "" ? `  needed: ${allowed}` : `  ${key} = ${shown(input)}\n    allowed: ${allowed}`;
  });
  throw new BaselineError(
    "invalid-settings",
    `The settings are wrong; nothing was created.\n${lines.join("\n")}`,
    "Correct them in the stack file (bootstrap/Pulumi.<stack>.yaml); bootstrap/Pulumi.yaml explains every setting.",
    ExitCode.badInput,
  );
}

/** The running stack's settings. */
export function loadBootstrapSettings(): BootstrapSettings {
  const prefix = `${pulumi.getProject()}:`;
  const own = Object.entries(pulumi.runtime.allConfig() as Record<string, string>).filter(([key]) =>
    key.startsWith(prefix),
  );
  const raw = Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), parsed(value)]));
  return parseBootstrapSettings({ region: new pulumi.Config("aws").get("region"), ...raw });
}

// Pulumi hands maps and numbers over as JSON text, and plain strings as they are.
function parsed(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
