import * as pulumi from "@pulumi/pulumi";
import { type AlertRoute, EventAlert } from "../alert-channel/event-alert";
import { consoleAddress } from "../foundation/partition";

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

// Without title and description. Both are sentences in which names stand that a caller may choose, such as the key of an
// S3 object; EventBridge does not escape them. Source: see iam-alert-messages.ts.
const values = {
  account: "$.account",
  region: "$.region",
  severity: "$.detail.severity",
  type: "$.detail.type",
  /** `true` for a sample of GuardDuty's, else missing. Source: GuardDuty User Guide, "Sample findings". */
  sample: "$.detail.service.additionalInfo.sample",
  resource: "$.detail.resource.resourceType",
  key: "$.detail.resource.accessKeyDetails.accessKeyId",
  instance: "$.detail.resource.instanceDetails.instanceId",
  address: "$.detail.service.action.awsApiCallAction.remoteIpDetails.ipAddressV4",
  call: "$.detail.service.action.awsApiCallAction.api",
  firstSeen: "$.detail.service.eventFirstSeen",
  finding: "$.detail.id",
};

function message(partition: string): string[] {
  return [
    "GuardDuty finding of severity <severity> in account <account>, <region>:",
    "<type>",
    "",
    "On: <resource> <key> <instance>",
    "Call: <call> from <address>",
    "First seen: <firstSeen>",
    "Sample finding, about nothing that happened: <sample>",
    `Open: ${consoleAddress(partition)}/guardduty/home?region=<region>#/findings?search=id%3D<finding>`,
  ];
}
