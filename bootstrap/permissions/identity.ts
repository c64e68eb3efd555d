import { named, type PermissionTable } from "./model";

const roles = named("iam", "role/");
const policies = named("iam", "policy/");
const groups = named("iam", "group/");

/** Groups, policies and roles. Who may do it under which conditions stands in `iam-statements.ts`. */
export const identity: PermissionTable = {
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": {
    read: ["iam:GetAccountPasswordPolicy"],
    write: ["iam:DeleteAccountPasswordPolicy", "iam:UpdateAccountPasswordPolicy"],
    scope: "everything",
  },
  "aws:iam/group:Group": {
    read: ["iam:GetGroup"],
    write: ["iam:CreateGroup", "iam:DeleteGroup", "iam:UpdateGroup"],
    scope: groups,
  },
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": {
    read: ["iam:ListAttachedGroupPolicies"],
    write: ["iam:AttachGroupPolicy", "iam:DetachGroupPolicy"],
    scope: ({ partition, accountId }) => [`arn:${partition}:iam::${accountId}:group/*`],
  },
  "aws:iam/userGroupMembership:UserGroupMembership": {
    read: ["iam:ListGroupsForUser"],
    write: ["iam:AddUserToGroup", "iam:RemoveUserFromGroup"],
    scope: groups,
  },
  "aws:iam/policy:Policy": {
    read: ["iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyVersions"],
    write: ["iam:TagPolicy", "iam:UntagPolicy"],
    scope: policies,
    // Whoever writes the policy that is attached to people's groups writes those people's rights.
    administrator: {
      create: ["iam:CreatePolicy"],
      update: ["iam:CreatePolicyVersion", "iam:DeletePolicyVersion"],
      delete: ["iam:DeletePolicy", "iam:DeletePolicyVersion"],
    },
  },
  "aws:iam/role:Role": {
    read: ["iam:GetRole", "iam:ListAttachedRolePolicies", "iam:ListInstanceProfilesForRole", "iam:ListRolePolicies"],
    write: [
      "iam:CreateRole",
      "iam:DeleteRole",
      "iam:PassRole",
      "iam:PutRolePermissionsBoundary",
      "iam:TagRole",
      "iam:UntagRole",
      "iam:UpdateAssumeRolePolicy",
      "iam:UpdateRole",
      "iam:UpdateRoleDescription",
    ],
    scope: roles,
  },
  "aws:iam/rolePolicy:RolePolicy": {
    read: ["iam:GetRolePolicy"],
    write: ["iam:DeleteRolePolicy", "iam:PutRolePolicy"],
    scope: roles,
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    read: ["iam:ListAttachedRolePolicies"],
    write: ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
    scope: roles,
  },
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": {
    read: ["iam:GetRole"],
    write: ["iam:CreateServiceLinkedRole"],
    scope: ({ partition, accountId }) => [`arn:${partition}:iam::${accountId}:role/aws-service-role/*`],
    administrator: { delete: ["iam:DeleteServiceLinkedRole", "iam:GetServiceLinkedRoleDeletionStatus"] },
  },
};
