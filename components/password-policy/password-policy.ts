import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type PasswordPolicyOptions } from "../foundation/settings/model";

/** The account's password policy for IAM users. There is one per account; this replaces whatever stood there. */
export class PasswordPolicy extends pulumi.ComponentResource {
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
