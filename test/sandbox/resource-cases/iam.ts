import { type Case, document, text, trust } from "./case";
import { withGroup, withRole, withUser } from "./things";

export const iamCases: Case[] = [
  {
    type: "aws:iam/policy:Policy",
    inputs: () => ({
      name: "deny",
      path: "/baseline/",
      description: "d",
      policy: document("s3:GetObject"),
      tags: { a: "1" },
    }),
    drift: {
      paths: ["policy", "tags.b"],
      change: async (clients, { id }) => {
        await clients.iam().createPolicyVersion({ PolicyArn: id, PolicyDocument: document("*"), SetAsDefault: true });
        await clients.iam().tagPolicy({ PolicyArn: id, Tags: [{ Key: "b", Value: "2" }] });
      },
    },
    update: (inputs) => ({ ...inputs, policy: document("s3:PutObject"), tags: { c: "3" } }),
  },
  {
    type: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    inputs: () => ({
      url: "https://token.actions.githubusercontent.com",
      clientIdLists: ["sts.amazonaws.com"],
      tags: { team: "a" },
    }),
    update: (inputs) => ({ ...inputs, tags: { team: "b" } }),
  },
  {
    type: "aws:iam/group:Group",
    inputs: () => ({ name: "people", path: "/baseline/" }),
    update: (inputs) => ({ ...inputs, path: "/other/" }),
  },
  {
    type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    before: withGroup,
    inputs: ({ group, policyArn }) => ({ group, policyArn }),
  },
  {
    type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
    before: withUser,
    inputs: ({ user, policyArn }) => ({ user, policyArn }),
  },
  {
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    before: withRole,
    inputs: ({ role, policyArn }) => ({ role, policyArn }),
  },
  {
    type: "aws:iam/userGroupMembership:UserGroupMembership",
    before: withUser,
    inputs: ({ user }) => ({ user, groups: ["mfa", "others"] }),
    drift: {
      paths: ["groups"],
      change: (clients) => clients.iam().removeUserFromGroup({ UserName: "mina", GroupName: "others" }),
    },
    update: (inputs) => ({ ...inputs, groups: ["mfa"] }),
  },
  {
    type: "aws:iam/role:Role",
    inputs: () => ({ name: "r", description: "d", assumeRolePolicy: trust("events.amazonaws.com"), tags: { a: "1" } }),
    drift: {
      paths: ["assumeRolePolicy"],
      change: (clients, { id }) =>
        clients.iam().updateAssumeRolePolicy({ RoleName: id, PolicyDocument: trust("lambda.amazonaws.com") }),
    },
    update: (inputs) => ({ ...inputs, description: "e", assumeRolePolicy: trust("sns.amazonaws.com"), tags: {} }),
  },
  {
    type: "aws:iam/rolePolicy:RolePolicy",
    before: withRole,
    inputs: ({ role }) => ({ name: "write", role, policy: document("logs:PutLogEvents") }),
    drift: {
      paths: ["policy"],
      change: (clients, _made, { role }) =>
        clients.iam().putRolePolicy({ RoleName: text(role), PolicyName: "write", PolicyDocument: document("*") }),
    },
    update: (inputs) => ({ ...inputs, policy: document("logs:CreateLogStream") }),
  },
  {
    type: "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
    inputs: () => ({
      minimumPasswordLength: 14,
      requireLowercaseCharacters: true,
      requireUppercaseCharacters: true,
      requireNumbers: true,
      requireSymbols: true,
      maxPasswordAge: 90,
      passwordReusePrevention: 24,
      allowUsersToChangePassword: true,
      hardExpiry: false,
    }),
    drift: {
      paths: ["minimumPasswordLength", "requireSymbols"],
      change: (clients) =>
        clients.iam().updateAccountPasswordPolicy({
          MinimumPasswordLength: 6,
          RequireLowercaseCharacters: true,
          RequireUppercaseCharacters: true,
          RequireNumbers: true,
          MaxPasswordAge: 90,
          PasswordReusePrevention: 24,
          AllowUsersToChangePassword: true,
        }),
    },
    update: (inputs) => ({ ...inputs, minimumPasswordLength: 20 }),
  },
  {
    type: "aws:iam/serviceLinkedRole:ServiceLinkedRole",
    inputs: () => ({ awsServiceName: "config.amazonaws.com", description: "d", tags: { a: "1" } }),
    drift: {
      paths: ["description", "tags.b"],
      change: async (clients) => {
        const role = { RoleName: "AWSServiceRoleForConfig" };
        await clients.iam().updateRole({ ...role, Description: "e" });
        await clients.iam().tagRole({ ...role, Tags: [{ Key: "b", Value: "2" }] });
      },
    },
    update: (inputs) => ({ ...inputs, description: "f", tags: { c: "3" } }),
  },
];
