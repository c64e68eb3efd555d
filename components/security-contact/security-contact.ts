import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type SecurityContactOptions } from "../foundation/settings/model";

/** Whom AWS tells about a leaked key or abuse, beside the owner of the root user's mailbox. */
export class SecurityContact extends pulumi.ComponentResource {
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
