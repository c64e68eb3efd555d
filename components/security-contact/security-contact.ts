import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type ControlDescription, ControlScope } from "../foundation/control";
import { type SecurityContactOptions } from "../foundation/settings/model";

/** Whom AWS tells about a leaked key or abuse, beside the owner of the root user's mailbox. */
export class SecurityContact extends pulumi.ComponentResource {
  static readonly control: ControlDescription = {
    id: "SecurityContact",
    title: "AWS knows whom to call about security",
    scope: ControlScope.account,
    stops: "AWS's own warning of a leaked key unread in a mailbox that nobody opens.",
    answers: ["CIS 5.0 1.2", "CIS 7.0 2.3", "Security Hub Account.1", "Config SECURITY_ACCOUNT_INFORMATION_PROVIDED"],
    cost: "free",
    settings: ["securityContact"],
  };

  constructor(name: string, args: SecurityContactOptions, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:SecurityContact", name, args, opts);
    new aws.account.AlternativeContact(
      `${name}-contact`,
      {
        alternateContactType: "SECURITY",
        name: args.name,
        title: args.title,
        emailAddress: args.email,
        phoneNumber: args.phoneNumber,
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
