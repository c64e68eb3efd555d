import { type PolicyStatement } from "../components/foundation/policy-document";
import { iamArn, namesOf, type Place } from "./place";
import { permissionTable } from "./permissions";
import { identity } from "./permissions/identity";
import { type TypePermissions } from "./permissions/model";

/** The services that get a role of the baseline's. */
const receivers = [
  "backup.amazonaws.com",
  "chatbot.amazonaws.com",
  "cloudtrail.amazonaws.com",
  "events.amazonaws.com",
  "ssm.amazonaws.com",
  "states.amazonaws.com",
  ...Object.values(permissionTable).flatMap(({ passesRoleTo }) => passesRoleTo ?? []),
];

/** The services whose own roles come with what the baseline switches on. */
const linked = [
  "access-analyzer.amazonaws.com",
  "backup.amazonaws.com",
  "config.amazonaws.com",
  "guardduty.amazonaws.com",
  "malware-protection.guardduty.amazonaws.com",
  "management.chatbot.amazonaws.com",
];

/** Actions on roles that would give a role more than it has; each knows the key `iam:PermissionsBoundary`. */
const empowering = [
  "iam:AttachRolePolicy",
  "iam:CreateRole",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:UpdateAssumeRolePolicy",
];

/**
 * What the apply role may do in IAM.
 *
 * Roles it makes or gives rights to must be bounded, or it could make itself an administrator in two steps. The only policy it
 * attaches to groups is the one on MFA.
 */
export function iamStatements(place: Place): PolicyStatement[] {
  const { namePrefix } = place;
  const roles = iamArn(place, `role/${namePrefix}-*`);
  const of = (...types: (keyof typeof identity)[]) => [
    ...new Set(types.flatMap((type) => (identity[type] as TypePermissions).write)),
  ];
  const onRoles = of(
    "aws:iam/role:Role",
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  );
  return [
    {
      Sid: "PasswordPolicy",
      Effect: "Allow",
      Action: of("aws:iam/accountPasswordPolicy:AccountPasswordPolicy"),
      Resource: "*",
    },
    {
      Sid: "OwnGroups",
      Effect: "Allow",
      Action: of("aws:iam/group:Group", "aws:iam/userGroupMembership:UserGroupMembership"),
      Resource: iamArn(place, `group/${namePrefix}-*`),
    },
    {
      Sid: "OwnPolicies",
      Effect: "Allow",
      Action: of("aws:iam/policy:Policy"),
      Resource: iamArn(place, `policy/${namePrefix}-*`),
    },
    {
      Sid: "OwnPolicyOnGroups",
      Effect: "Allow",
      Action: of("aws:iam/groupPolicyAttachment:GroupPolicyAttachment"),
      Resource: iamArn(place, "group/*"),
      Condition: { ArnEquals: { "iam:PolicyARN": iamArn(place, `policy/${namePrefix}-mfa-required`) } },
    },
    {
      Sid: "OwnRoles",
      Effect: "Allow",
      Action: onRoles.filter((action) => !empowering.includes(action) && action !== "iam:PassRole"),
      Resource: roles,
    },
    {
      Sid: "RightsOfBoundedRoles",
      Effect: "Allow",
      Action: empowering,
      Resource: roles,
      Condition: {
        StringEquals: { "iam:PermissionsBoundary": iamArn(place, `policy/${namesOf(place).rolesBoundary}`) },
      },
    },
    {
      Sid: "HandOwnRolesToServices",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: roles,
      Condition: { StringEquals: { "iam:PassedToService": receivers } },
    },
    {
      Sid: "HandConfigItsOwnRole",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: iamArn(place, "role/aws-service-role/config.amazonaws.com/*"),
      Condition: { StringEquals: { "iam:PassedToService": "config.amazonaws.com" } },
    },
    {
      Sid: "RolesOfServices",
      Effect: "Allow",
      Action: "iam:CreateServiceLinkedRole",
      Resource: iamArn(place, "role/aws-service-role/*"),
      Condition: { StringEquals: { "iam:AWSServiceName": linked } },
    },
    {
      Sid: "TagsOfConfigsRole",
      Effect: "Allow",
      Action: ["iam:TagRole", "iam:UntagRole", "iam:UpdateRoleDescription"],
      Resource: iamArn(place, "role/aws-service-role/config.amazonaws.com/*"),
    },
  ];
}
