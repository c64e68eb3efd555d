import * as v from "valibot";
import { listOf, regionName } from "../../../components/foundation/settings/checks";

const text = (what: string) => v.pipe(v.string(what), v.nonEmpty(what));

// Twelve digits; YAML takes them for a number, and one that begins with 0 for a shorter one.
const accountId = v.pipe(
  v.string("an account id: 12 digits"),
  v.regex(/^\d{12}$/, "an account id: 12 digits"),
  v.metadata({ json: { type: ["string", "integer"] } }),
);

// Source: IAM API Reference, CreateRole, RoleName; with a path in an ARN only.
const roleArn = v.pipe(
  v.string("the ARN of a role"),
  v.regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/, "the ARN of a role, arn:aws:iam::ACCOUNT:role/NAME"),
);
const role = v.pipe(
  v.string("the name or the ARN of a role"),
  v.regex(
    /^(?:[\w+=,.@-]{1,64}|arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512})$/,
    "the name of a role in the account, or its ARN",
  ),
);

// Source: STS API Reference, AssumeRole, ExternalId and RoleSessionName.
const externalId = v.pipe(
  v.string("an external id"),
  v.regex(/^[\w+=,.@:/\\-]{2,1224}$/, "an external id: 2 to 1224 letters, digits and _+=,.@:/\\-"),
);
const sessionName = v.pipe(
  v.string("a session name"),
  v.regex(/^[\w+=,.@-]{2,64}$/, "a session name: 2 to 64 letters, digits and _+=,.@-"),
);

// Source: pulumi, sdk/go/common/tokens, stack names; with organization and project in front.
const stack = v.pipe(
  v.string("the name of a stack"),
  v.regex(/^(?:[\w.-]{1,100}\/){0,2}[\w.-]{1,100}$/, "the name of a stack, or organization/project/name"),
);

const regions = v.pipe(
  v.object({
    only: v.optional(v.pipe(listOf(regionName, "a list of region names"), v.nonEmpty("at least one region"))),
    exclude: v.optional(listOf(regionName, "a list of region names")),
  }),
  v.check(({ only, exclude }) => !only || !exclude, "either only or exclude"),
  v.metadata({ json: { not: { required: ["only", "exclude"] } } }),
);

/** What an account has of its own, and what all may have in common. */
const common = {
  role: v.optional(role),
  externalId: v.optional(externalId),
  sessionName: v.optional(sessionName),
  via: v.optional(v.object({ role: roleArn, externalId: v.optional(externalId) })),
  regions: v.optional(regions),
  config: v.optional(
    v.pipe(
      v.record(v.string(), v.unknown(), "a map of settings"),
      v.metadata({ json: { $ref: "stack.schema.json#/$defs/config" } }),
    ),
  ),
  policyConfig: v.optional(text("the path of a JSON file")),
};

export const accountSchema = v.object({
  name: v.pipe(v.string("a name"), v.regex(/^[\w.-]{1,100}$/, "a name: letters, digits, _ . and -, at most 100")),
  accountId,
  stack: v.optional(stack),
  ...common,
});

export const accountsSchema = v.object({
  defaults: v.optional(v.object(common), {}),
  accounts: v.optional(
    v.pipe(
      v.array(v.unknown(), "a list of accounts"),
      // Source: AWS Organizations User Guide, quotas: an organization has 10,000 accounts at most.
      v.maxLength(10_000, "a list of accounts, at most 10000"),
      v.array(accountSchema, "a list of accounts"),
    ),
    [],
  ),
  organization: v.optional(
    v.object({
      ou: v.optional(
        listOf(
          v.pipe(
            v.string("the id of a unit"),
            v.regex(/^(?:ou|r)-[a-z0-9-]{4,68}$/, "the id of a unit, ou-... or r-..."),
          ),
          "a list of ids of organizational units",
        ),
      ),
      tags: v.optional(v.record(v.string(), v.string("the value of a tag"), "a map of tags")),
      role: v.optional(role, "OrganizationAccountAccessRole"),
      exclude: v.optional(listOf(v.string("an account id or name"), "a list of account ids and names"), []),
    }),
  ),
});

export type AccountsData = v.InferOutput<typeof accountsSchema>;
export type AccountData = v.InferOutput<typeof accountSchema>;
export type OrganizationData = NonNullable<AccountsData["organization"]>;
