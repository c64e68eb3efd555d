import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { audience } from "./trust";

export interface OidcIssuerArgs {
  partition: string;
  /** Twelve digits. */
  accountId: string;
  /** Address of the issuer, with `https://`. */
  url: string;
  /** Of one that the account has already; an account has one for each issuer. Empty to make it. */
  providerArn: string;
  tags: pulumi.Input<Record<string, string>>;
}

/** An issuer of identity tokens that the account believes. */
export class OidcIssuer extends pulumi.ComponentResource {
  /** Known before it exists, so that trust in it can be judged at preview. */
  readonly arn: string;

  constructor(name: string, args: OidcIssuerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:bootstrap:OidcIssuer", name, {}, opts);
    const { partition, accountId, url, providerArn, tags } = args;
    this.arn = providerArn || `arn:${partition}:iam::${accountId}:oidc-provider/${url.replace(/^https:\/\//, "")}`;
    if (providerArn === "") {
      // Without thumbprints: AWS checks the certificate against its own list of authorities.
      const provider = { url, clientIdLists: [audience], tags };
      new aws.iam.OpenIdConnectProvider(`${name}-provider`, provider, { parent: this });
    }
    this.registerOutputs({ arn: this.arn });
  }
}
