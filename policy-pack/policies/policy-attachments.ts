import { entries, isUnknown, type Located, property } from "../values";

/** One type of resource that gives a principal policies by their ARNs, and where in its inputs the ARNs stand. */
export interface PolicyAttachments {
  readonly type: string;
  readonly arns: (inputs: Located) => Located[];
  /** The policies are handed out by something that uses only a part of them, so that they make no administrator. */
  readonly partly?: string;
}

const at =
  (...path: string[]) =>
  (inputs: Located): Located[] =>
    entries(path.reduce((from, name) => (isUnknown(from.value) ? from : property(from, name)), inputs));

/**
 * Every resource that attaches a policy by ARN. Permissions boundaries (of users, roles, permission sets) and the
 * session policies of Roles Anywhere limit what is granted elsewhere; the `*PoliciesExclusive` hold names only.
 */
export const policyAttachments: readonly PolicyAttachments[] = [
  { type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment", arns: at("policyArn") },
  { type: "aws:iam/userPolicyAttachment:UserPolicyAttachment", arns: at("policyArn") },
  { type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment", arns: at("policyArn") },
  { type: "aws:iam/policyAttachment:PolicyAttachment", arns: at("policyArn") },
  { type: "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive", arns: at("policyArns") },
  { type: "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive", arns: at("policyArns") },
  { type: "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive", arns: at("policyArns") },
  { type: "aws:iam/role:Role", arns: at("managedPolicyArns") },
  { type: "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment", arns: at("managedPolicyArn") },
  {
    type: "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive",
    arns: at("managedPolicyArns"),
  },
  { type: "aws:budgets/budgetAction:BudgetAction", arns: at("definition", "iamActionDefinition", "policyArn") },
  {
    type: "aws:quicksight/iamPolicyAssignment:IamPolicyAssignment",
    arns: at("policyArn"),
    partly: "QuickSight uses it for its data sources only",
  },
  { type: "aws-native:iam:Role", arns: at("managedPolicyArns") },
  { type: "aws-native:iam:User", arns: at("managedPolicyArns") },
  { type: "aws-native:iam:Group", arns: at("managedPolicyArns") },
  { type: "aws-native:sso:PermissionSet", arns: at("managedPolicies") },
];
