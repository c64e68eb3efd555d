import * as pulumi from "@pulumi/pulumi";
import { drillEvent, drillRuleName } from "./drill-event";
import { type AlertRoute, EventAlert } from "./event-alert";

export interface DrillAlertArgs {
  route: AlertRoute;
  /** Regions from which a drill can be sent. */
  regions: string[];
  namePrefix: string;
  tags: pulumi.Input<Record<string, string>>;
}

/** The way of every alert, for `baseline drill`: from each region to the alert channel. Quiet until somebody drills. */
export class DrillAlert extends pulumi.ComponentResource {
  constructor(name: string, args: DrillAlertArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:DrillAlert", name, args, opts);
    new EventAlert(
      `${name}-event`,
      {
        route: args.route,
        regions: args.regions,
        ruleName: drillRuleName(args.namePrefix),
        description: "Test alerts of `baseline drill`",
        pattern: JSON.stringify({ source: [drillEvent.source], "detail-type": [drillEvent.detailType] }),
        values,
        message,
        tags: args.tags,
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

// Only what EventBridge itself writes into an event: whoever may put events could put any text into its detail. A drill
// gives its events the time that it names in all its messages.
const values = { account: "$.account", region: "$.region", at: "$.time" };

const message = [
  "DRILL of the alert channel in account <account>, from <region>:",
  "",
  "Nothing has happened. Somebody ran `baseline drill` to see that alerts of this region reach you.",
  "",
  "Drill: <at>",
];
