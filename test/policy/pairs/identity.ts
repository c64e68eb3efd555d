import { document, type Pair } from "./pair";

const narrow = document("s3:GetObject", "arn:aws:s3:::b/*");

/** A type, its inputs with a document, the place of the document, and within it of what a preview may not know. */
type Place = readonly [
  type: string,
  inputs: (text: string) => Record<string, unknown>,
  document: readonly (string | number)[],
  unknown?: "in part",
];

// aws-native takes documents as objects, in the spelling of IAM, and knows them in part.
const native = (text: string): Record<string, unknown> => ({ policyDocument: JSON.parse(text) as unknown });

const places: readonly Place[] = [
  ["aws:iam/policy:Policy", (policy) => ({ policy }), ["policy"]],
  ["aws:iam/rolePolicy:RolePolicy", (policy) => ({ role: "r", policy }), ["policy"]],
  ["aws:iam/userPolicy:UserPolicy", (policy) => ({ user: "u", policy }), ["policy"]],
  ["aws:iam/groupPolicy:GroupPolicy", (policy) => ({ group: "g", policy }), ["policy"]],
  ["aws:iam/role:Role", (policy) => ({ inlinePolicies: [{ name: "n", policy }] }), ["inlinePolicies", 0, "policy"]],
  [
    "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
    (inlinePolicy) => ({ inlinePolicy }),
    ["inlinePolicy"],
  ],
  ...["ManagedPolicy", "RolePolicy", "UserPolicy", "GroupPolicy"].map((name): Place => [
    `aws-native:iam:${name}`,
    native,
    ["policyDocument"],
    "in part",
  ]),
  ...["Role", "User", "Group"].map((name): Place => [
    `aws-native:iam:${name}`,
    (text) => ({ policies: [{ policyName: "n", ...native(text) }] }),
    ["policies", 0, "policyDocument"],
    "in part",
  ]),
  [
    "aws-native:sso:PermissionSet",
    (text) => ({ instanceArn: "i", name: "n", inlinePolicy: native(text)["policyDocument"] }),
    ["inlinePolicy"],
    "in part",
  ],
];

const pairsOf = (policy: string, level: Pair["level"], bad: string, settled: boolean): Pair[] =>
  places.map(([type, inputs, at, unknown]) => ({
    policy,
    type,
    level,
    bad: inputs(bad),
    good: inputs(narrow),
    decisive: unknown === "in part" ? [...at, "Statement", 0, "Resource"] : at,
    ...(settled && unknown === undefined ? { settled: true } : {}),
  }));

export const identityPairs: readonly Pair[] = [
  ...pairsOf("iam-no-admin-wildcard", "mandatory", document("*", "*"), false),
  // Of a document that is unknown as a whole, iam-no-admin-wildcard speaks.
  ...pairsOf(
    "iam-no-privilege-escalation",
    "advisory",
    document(["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"], "*"),
    true,
  ),
];
