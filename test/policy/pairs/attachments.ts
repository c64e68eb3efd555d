import { type Pair } from "./pair";

const arn = (name: string): string => `arn:aws:iam::aws:policy/${name}`;

const attachment = (
  type: string,
  place: (policyArn: string) => Record<string, unknown>,
  decisive: Pair["decisive"],
  level: Pair["level"] = "mandatory",
): Pair => ({
  policy: "iam-no-admin-managed-policy",
  type,
  level,
  bad: place(arn("AdministratorAccess")),
  good: place(arn("ReadOnlyAccess")),
  decisive,
});

const holders = ["role", "user", "group"] as const;
const title = (word: string): string => word[0]!.toUpperCase() + word.slice(1);
const cluster = (name: string, type: string) => ({
  clusterName: "c",
  principalArn: "arn:aws:iam::123456789012:role/r",
  policyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
  accessScope: { type },
});

export const attachmentPairs: readonly Pair[] = [
  ...holders.map((holder) =>
    attachment(
      `aws:iam/${holder}PolicyAttachment:${title(holder)}PolicyAttachment`,
      (policyArn) => ({ [holder]: "x", policyArn }),
      ["policyArn"],
    ),
  ),
  attachment("aws:iam/policyAttachment:PolicyAttachment", (policyArn) => ({ roles: ["r"], policyArn }), ["policyArn"]),
  ...holders.map((holder) =>
    attachment(
      `aws:iam/${holder}PolicyAttachmentsExclusive:${title(holder)}PolicyAttachmentsExclusive`,
      (policyArn) => ({ [`${holder}Name`]: "x", policyArns: [arn("SecurityAudit"), policyArn] }),
      ["policyArns", 1],
    ),
  ),
  attachment("aws:iam/role:Role", (policyArn) => ({ managedPolicyArns: [policyArn] }), ["managedPolicyArns"]),
  attachment(
    "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment",
    (managedPolicyArn) => ({ instanceArn: "i", permissionSetArn: "p", managedPolicyArn }),
    ["managedPolicyArn"],
  ),
  attachment(
    "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive",
    (policyArn) => ({ instanceArn: "i", permissionSetArn: "p", managedPolicyArns: [policyArn] }),
    ["managedPolicyArns", 0],
  ),
  attachment(
    "aws:budgets/budgetAction:BudgetAction",
    (policyArn) => ({ definition: { iamActionDefinition: { policyArn, users: ["u"] } } }),
    ["definition", "iamActionDefinition", "policyArn"],
  ),
  attachment(
    "aws:quicksight/iamPolicyAssignment:IamPolicyAssignment",
    (policyArn) => ({ assignmentName: "a", assignmentStatus: "ENABLED", policyArn }),
    ["policyArn"],
    "advisory",
  ),
  ...holders.map((holder) =>
    attachment(`aws-native:iam:${title(holder)}`, (policyArn) => ({ managedPolicyArns: [policyArn] }), [
      "managedPolicyArns",
      0,
    ]),
  ),
  attachment("aws-native:sso:PermissionSet", (policyArn) => ({ managedPolicies: [policyArn] }), ["managedPolicies", 0]),
  {
    policy: "iam-no-admin-managed-policy",
    type: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
    level: "advisory",
    bad: cluster("AmazonEKSClusterAdminPolicy", "cluster"),
    good: cluster("AmazonEKSViewPolicy", "cluster"),
    decisive: ["policyArn"],
  },
];
