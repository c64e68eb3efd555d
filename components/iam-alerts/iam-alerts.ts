import * as pulumi from "@pulumi/pulumi";
import { BaselineError, ExitCode } from "../../common/errors";
import { type IamAlertsOptions } from "../foundation/settings/model";
import { type AlertRoute, EventAlert } from "../alert-channel/event-alert";
import * as messages from "./iam-alert-messages";
import * as patterns from "./iam-alert-patterns";

export interface IamAlertsArgs extends IamAlertsOptions {
  route: AlertRoute;
  /** Regions that are watched, beside the one of global services. */
  regions: string[];
  /** Region in which IAM and root's sign-in report, such as `us-east-1`. */
  globalRegion: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
  namePrefix: string;
  /** `LeakResponse` answers a quarantine that is put on, and tells of it: only taking one off is told here. */
  quarantineAnswered?: boolean;
  tags: pulumi.Input<Record<string, string>>;
}

/** The alerts, by the name that follows the prefix in EventBridge, and what each is raised for. */
export const iamAlerts = {
  quarantine: "The quarantine of an IAM user whose access key leaked: put on, or taken off",
  "iam-change": "Changes to IAM that let somebody stay or gain rights",
  "sign-in": "Console sign-ins of root, and of IAM users without MFA",
  "detection-change":
    "Attempts to stop CloudTrail, GuardDuty, Config or Access Analyzer, or to disable or delete these alerts",
} as const;

type IamAlertId = keyof typeof iamAlerts;

/**
 * Who did what, within minutes, as a message: changes to IAM, AWS's quarantine of a leaked key, sign-ins of root or
 * without MFA, and attempts to blind detection. A trail that records management events must exist.
 */
export class IamAlerts extends pulumi.ComponentResource {
  constructor(name: string, args: IamAlertsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:IamAlerts", name, args, opts);
    const { globalRegion, namePrefix, partition, route, tags } = args;
    const everyRegion = [...new Set([...args.regions, globalRegion])];
    const alert = (id: IamAlertId, regions: string[], pattern: string, { values, lines }: messages.AlertMessage) => {
      const ruleName = `${namePrefix}-${id}`;
      const event = { description: iamAlerts[id], pattern: fitting(pattern), values, message: lines };
      new EventAlert(`${name}-${id}`, { route, regions, ruleName, ...event, tags }, { parent: this });
    };

    alert("iam-change", [globalRegion], patterns.iamChangePattern(args), messages.iamChangeMessage(partition));
    alert("quarantine", [globalRegion], patterns.quarantinePattern(args), messages.quarantineMessage(partition));
    // Where a sign-in is recorded depends on the address the user opened.
    alert("sign-in", everyRegion, patterns.signInPattern(), messages.signInMessage(partition));
    alert(
      "detection-change",
      args.regions,
      patterns.detectionChangePattern(args),
      messages.detectionChangeMessage(partition),
    );
    this.registerOutputs({});
  }
}

function fitting(pattern: string): string {
  const { maximumEventPatternLength: maximum } = patterns;
  if (pattern.length > maximum) {
    throw new BaselineError(
      "invalid-settings",
      `iamAlerts.ignoredRoles makes an event pattern of ${pattern.length} characters; EventBridge takes ${maximum}.`,
      "Name fewer roles; whoever is left out of the list is merely announced.",
      ExitCode.badInput,
    );
  }
  return pattern;
}
