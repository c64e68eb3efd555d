import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type PolicyStatement } from "../foundation/policy-document";
import { type SupportRoleOptions } from "../foundation/settings/model";

export interface SupportRoleArgs extends SupportRoleOptions {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
  /** Twelve digits. */
  accountId: string;
  /** The role's name starts with it. */
  namePrefix: string;
  tags: pulumi.Input<Record<string, string>>;
}

/**
 * A role for those who talk to AWS Support in an incident, without being administrators.
 *
 * Users, and whoever an account's root stands for, need MFA. Roles named one by one do not: a session of a role never
 * carries MFA, so the condition would lock them out; whoever may take such a role must have shown MFA before.
 */
export class SupportRole extends pulumi.ComponentResource {
  readonly roleArn: pulumi.Output<string>;

  constructor(name: string, args: SupportRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:SupportRole", name, args, opts);
    const { partition, accountId } = args;
    const role = new aws.iam.Role(
      `${name}-role`,
      {
        name: `${args.namePrefix}-support`,
        description: "For incidents: opens and follows cases with AWS Support",
        assumeRolePolicy: policyDocument(supportTrust(partition, accountId, args.principals)),
        tags: args.tags,
      },
      { parent: this },
    );
    new aws.iam.RolePolicyAttachment(
      `${name}-policy`,
      { role: role.name, policyArn: `arn:${partition}:iam::aws:policy/AWSSupportAccess` },
      { parent: this },
    );
    this.roleArn = role.arn;
    this.registerOutputs({ roleArn: this.roleArn });
  }
}

/**
 * Who may take the role. Source: IAM User Guide, "Secure API access with MFA": temporary credentials of a role carry
 * no `aws:MultiFactorAuthPresent`.
 *
 * @param principals ARNs of users, roles or account roots; none stands for everybody in the account whom IAM lets
 */
export function supportTrust(partition: string, accountId: string, principals: string[]): PolicyStatement[] {
  const allowed = principals.length > 0 ? principals : [`arn:${partition}:iam::${accountId}:root`];
  const roles = allowed.filter((arn) => arn.includes(":role/"));
  const others = allowed.filter((arn) => !arn.includes(":role/"));
  const withMfa = { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } };
  return [
    ...(others.length > 0 ? [{ ...trust("PeopleWithMfa", others), ...withMfa }] : []),
    ...(roles.length > 0 ? [trust("NamedRoles", roles)] : []),
  ];
}

function trust(Sid: string, principals: string[]): PolicyStatement {
  return { Sid, Effect: "Allow", Principal: { AWS: principals }, Action: "sts:AssumeRole" };
}
