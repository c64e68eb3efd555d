import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type ExternalAccessOptions } from "../foundation/settings/model";

export interface ExternalAccessArgs extends ExternalAccessOptions {
  /** Regions with an analyzer of external access: AWS looks at the resources of the analyzer's own region only. */
  regions: string[];
  /** Where the analyzer of unused access is. It is billed per role and user, so one is enough. */
  homeRegion: string;
  /** Names of the analyzers start with it. */
  namePrefix: string;
  tags: pulumi.Input<Record<string, string>>;
}

/**
 * IAM Access Analyzer: what is shared with somebody outside the account, by region; if wanted, what is never used.
 *
 * A region has at most one analyzer of external access for an account; where one exists, creating ours fails.
 * Source: IAM User Guide, "Using AWS IAM Access Analyzer" and its quotas.
 */
export class ExternalAccess extends pulumi.ComponentResource {
  constructor(name: string, args: ExternalAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:ExternalAccess", name, args, opts);
    // A region has one of each type: under another name, the old one has to go before the new one can be made.
    const child = { parent: this, deleteBeforeReplace: true };
    for (const region of args.regions) {
      new aws.accessanalyzer.Analyzer(
        `${name}-external-${region}`,
        { region, analyzerName: `${args.namePrefix}-external-access`, type: "ACCOUNT", tags: args.tags },
        child,
      );
    }
    if (args.unusedAccess) {
      new aws.accessanalyzer.Analyzer(
        `${name}-unused`,
        {
          region: args.homeRegion,
          analyzerName: `${args.namePrefix}-unused-access`,
          type: "ACCOUNT_UNUSED_ACCESS",
          configuration: { unusedAccess: { unusedAccessAge: args.unusedAccessDays } },
          tags: args.tags,
        },
        child,
      );
    }
    this.registerOutputs({});
  }
}
