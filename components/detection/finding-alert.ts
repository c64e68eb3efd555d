import * as pulumi from "@pulumi/pulumi";
import { type AlertRoute, EventAlert } from "../alerting/event-alert";
import { type ControlDescription, ControlScope } from "../control";
import { consoleAddress } from "../partition";

export interface FindingAlertArgs {
  route: AlertRoute;
  /** Regions whose findings count. */
  regions: string[];
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
  namePrefix: string;
  /** 0 to 10. GuardDuty calls 4 and above medium, 7 high, 9 critical. */
  minimumSeverity: number;
  tags: pulumi.Input<Record<string, string>>;
}

/** GuardDuty findings of every region, as a message a person can read, on the alert channel. */
export class FindingAlert extends pulumi.ComponentResource {
  static readonly control: ControlDescription = {
    id: "FindingAlert",
    title: "GuardDuty findings of every region reach a person",
    scope: ControlScope.everyRegion,
    stops: "A finding that sits in the console of a region nobody opens.",
    answers: [],
    cost: "free (events of AWS services, forwarded within the account, at a dollar per million)",
    settings: ["threatDetection.minimumSeverity"],
  };

  constructor(name: string, args: FindingAlertArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:FindingAlert", name, args, opts);
    new EventAlert(
      `${name}-event`,
      {
        route: args.route,
        regions: args.regions,
        ruleName: `${args.namePrefix}-guardduty-finding`,
        description: `GuardDuty findings of severity ${args.minimumSeverity} and above`,
        pattern: findingPattern(args.minimumSeverity),
        values,
        message: message(args.partition),
        tags: args.tags,
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

/** Source: GuardDuty User Guide, "Processing GuardDuty findings with Amazon EventBridge". */
export function findingPattern(minimumSeverity: number): string {
  return JSON.stringify({
    source: ["aws.guardduty"],
    "detail-type": ["GuardDuty Finding"],
    detail: { severity: [{ numeric: [">=", minimumSeverity] }] },
  });
}

/** Without the description, which is free text: EventBridge escapes nothing, and a quotation mark loses the message. */
const values = {
  account: "$.account",
  region: "$.region",
  severity: "$.detail.severity",
  type: "$.detail.type",
  title: "$.detail.title",
  firstSeen: "$.detail.service.eventFirstSeen",
  finding: "$.detail.id",
};

function message(partition: string): string[] {
  return [
    "GuardDuty finding of severity <severity> in account <account>, <region>:",
    "<title>",
    "",
    "Type: <type>",
    "First seen: <firstSeen>",
    `Open: ${consoleAddress(partition)}/guardduty/home?region=<region>#/findings?search=id%3D<finding>`,
  ];
}
