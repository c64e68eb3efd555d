import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../foundation/policy-document";
import { mfaPolicyStatements } from "./mfa-policy";

export interface MfaEnforcementArgs {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
  accountId: string;
  /** Names of the group and the policy start with it. */
  namePrefix: string;
  /** IAM users who become members of the enforcing group. A user may be in ten groups at most (IAM quota). */
  users: string[];
  /** Existing IAM groups that get the policy too. */
  groups: string[];
  tags: pulumi.Input<Record<string, string>>;
}

/**
 * A managed policy that lets human users look after their own credentials and denies everything else without MFA,
 * attached to a group of its own and to the groups named. Never attach it to roles: they carry no MFA context.
 */
export class MfaEnforcement extends pulumi.ComponentResource {
  /** ARN of the managed policy. */
  readonly policyArn: pulumi.Output<string>;
  /** Name of the group whose members must use MFA. */
  readonly groupName: pulumi.Output<string>;

  constructor(name: string, args: MfaEnforcementArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:MfaEnforcement", name, args, opts);
    const child = { parent: this };
    const policyName = `${args.namePrefix}-mfa-required`;

    const policy = new aws.iam.Policy(
      `${name}-policy`,
      {
        name: policyName,
        description: "Own credentials only, and nothing but enrolment without MFA.",
        policy: policyDocument(mfaPolicyStatements(args.partition)),
        tags: args.tags,
      },
      child,
    );
    const group = new aws.iam.Group(
      `${name}-group`,
      { name: `${args.namePrefix}-mfa-required` },
      // The AWS provider would rename it, so that the former policy could no longer be detached under the former name.
      { ...child, replaceOnChanges: ["name"] },
    );
    // Computed, so that a preview can tell what is attached.
    const policyArn = `arn:${args.partition}:iam::${args.accountId}:policy/${policyName}`;
    const attaching = { ...child, dependsOn: policy };
    const attachment = new aws.iam.GroupPolicyAttachment(
      `${name}-group-policy`,
      { group: group.name, policyArn },
      attaching,
    );
    for (const existing of args.groups) {
      new aws.iam.GroupPolicyAttachment(`${name}-group-policy-${existing}`, { group: existing, policyArn }, attaching);
    }
    for (const user of args.users) {
      new aws.iam.UserGroupMembership(
        `${name}-member-${user}`,
        { user, groups: [group.name] },
        { ...child, dependsOn: attachment },
      );
    }

    this.policyArn = policy.arn;
    this.groupName = group.name;
    this.registerOutputs({ policyArn: this.policyArn, groupName: this.groupName });
  }
}
