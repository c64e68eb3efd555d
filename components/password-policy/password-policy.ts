import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type ControlDescription, ControlScope } from "../foundation/control";
import { type PasswordPolicyOptions } from "../foundation/settings/model";

/** The account's password policy for IAM users. There is one per account; this replaces whatever stood there. */
export class PasswordPolicy extends pulumi.ComponentResource {
  static readonly control: ControlDescription = {
    id: "PasswordPolicy",
    title: "Long, fresh passwords for IAM users",
    scope: ControlScope.account,
    stops: "Guessing, or trying a password leaked elsewhere, at the console sign-in.",
    answers: [
      "CIS 5.0 1.7",
      "CIS 5.0 1.8",
      "CIS 7.0 2.8",
      "CIS 7.0 2.9",
      "Security Hub IAM.7",
      "Security Hub IAM.15",
      "Security Hub IAM.16",
      "Config IAM_PASSWORD_POLICY",
    ],
    cost: "free",
    settings: ["passwordPolicy"],
  };

  constructor(name: string, args: PasswordPolicyOptions, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:PasswordPolicy", name, args, opts);
    new aws.iam.AccountPasswordPolicy(
      `${name}-account`,
      {
        minimumPasswordLength: args.minimumLength,
        passwordReusePrevention: args.reusePrevention,
        maxPasswordAge: args.maxAgeDays,
        requireLowercaseCharacters: true,
        requireUppercaseCharacters: true,
        requireNumbers: true,
        requireSymbols: true,
        allowUsersToChangePassword: true,
        // Locked-out users would need an administrator; an expired password must be changed at sign-in instead.
        hardExpiry: false,
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
