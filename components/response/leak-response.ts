import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type AlertRoute, EventAlert } from "../alerting/event-alert";
import { type ControlDescription, ControlScope } from "../control";
import { type Placement } from "../placement";
import { serviceTrust } from "../policy-document";
import { type LeakResponseOptions } from "../settings/model";
import { watchResponse } from "./leak-alarms";
import { leakMachine } from "./leak-machine";
import { leakNotice } from "./leak-machine-parts";
import { leakNames, type LeakNames } from "./leak-names";
import { leakNoticeMessage, leakNoticeValues } from "./leak-notice";
import * as patterns from "./leak-patterns";
import { deadLettersPolicy, leakEventsPolicy, leakRolePolicy } from "./leak-policies";

/** `region` is the home region: the state machine is there, and events of other regions are forwarded to it. */
export interface LeakResponseArgs extends Placement, LeakResponseOptions {
  /** Regions whose GuardDuty findings count. */
  regions: string[];
  /** Region in which IAM reports, such as `us-east-1`. */
  globalRegion: string;
  route: AlertRoute;
}

/**
 * A state machine that answers every leaked key: finds the owner, contains it if told to, and tells people.
 *
 * It keeps no log of its own, which Security Hub StepFunctions.1 asks for: its role would have to be allowed
 * `logs:PutResourcePolicy`, `logs:UpdateLogDelivery` and `logs:DeleteLogDelivery` on `*`, and could turn the account's
 * other logs away. AWS keeps the history of a Standard execution 90 days, CloudTrail each call it makes, the mailbox
 * what it said.
 *
 * Dead letters wait in the home region only. An alarm tells topics of its own region, so that a queue elsewhere would
 * fill unheard. What other regions forward, EventBridge tries for a day; AWS Health is heard in two regions, one way not
 * depending on the other; a quarantine goes with an event of AWS Health; and a way that cannot work at all (a rule, a
 * target, the role's rights) is what the verifier tells.
 *
 * Source: Step Functions Developer Guide, "IAM policies for logging to CloudWatch Logs"; EventBridge User Guide, "How
 * EventBridge retries delivering events" and "Using dead-letter queues".
 */
export class LeakResponse extends pulumi.ComponentResource {
  static readonly control: ControlDescription = {
    id: "LeakResponse",
    title:
      "A leaked access key is answered in seconds: its owner found, people told, and, if set so, the key deactivated",
    scope: ControlScope.everyRegion,
    stops: "The minutes between AWS's word that a key is public, or stolen, and somebody who reads it.",
    answers: [],
    cost: "three alarms; the rest is free or cents (a queue, events forwarded, state transitions by the leak)",
    settings: ["leakResponse"],
  };

  constructor(name: string, args: LeakResponseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:LeakResponse", name, args, opts);
    const { region, route, tags } = args;
    const names = leakNames(args);
    const child = { parent: this };

    new EventAlert(
      `${name}-notice`,
      {
        route,
        regions: [region],
        ruleName: `${names.machine}-notice`,
        description: "What the response to leaked access keys found and did",
        pattern: JSON.stringify({ source: [leakNotice.source], "detail-type": [leakNotice.detailType] }),
        values: leakNoticeValues,
        message: leakNoticeMessage,
        tags,
      },
      child,
    );
    const machine = this.machine(name, args, names);
    const eventsRole = this.role(`${name}-events-role`, "events.amazonaws.com", tags, names, {
      name: names.eventsRole,
      description: "Lets EventBridge forward leaked keys of other regions, and start the response to them",
      policy: leakEventsPolicy(names),
    });
    const bus = new aws.cloudwatch.EventBus(
      `${name}-bus`,
      { region, name: names.bus, description: "Leaked access keys of other regions", tags },
      child,
    );
    const queue = new aws.sqs.Queue(
      `${name}-dead-letters`,
      { region, name: names.deadLetters, messageRetentionSeconds: 14 * 86_400, sqsManagedSseEnabled: true, tags },
      child,
    );
    const queuePolicy = new aws.sqs.QueuePolicy(
      `${name}-dead-letters-policy`,
      { region, queueUrl: queue.url, policy: deadLettersPolicy(names) },
      child,
    );
    this.rules(name, args, names, eventsRole, [machine, bus, queuePolicy]);
    watchResponse(name, { region, names, topicArn: route.topicArn, tags }, this);
    this.registerOutputs({});
  }

  private machine(name: string, args: LeakResponseArgs, names: LeakNames): pulumi.Resource {
    const roleArn = this.role(`${name}-role`, "states.amazonaws.com", args.tags, names, {
      name: names.role,
      description: `Answers leaked access keys (mode ${args.mode})`,
      policy: leakRolePolicy(names, args),
    });
    const { region, tags } = args;
    return new aws.sfn.StateMachine(
      `${name}-machine`,
      { region, name: names.machine, type: "STANDARD", roleArn, definition: leakMachine(args), tags },
      { parent: this },
    );
  }

  /** @returns the role's ARN, known once it may do its work */
  private role(
    name: string,
    service: string,
    tags: pulumi.Input<Record<string, string>>,
    { accountId }: LeakNames,
    { policy, ...role }: { name: string; description: string; policy: string },
  ): pulumi.Output<string> {
    const made = new aws.iam.Role(
      name,
      { ...role, assumeRolePolicy: serviceTrust(service, accountId), tags },
      { parent: this },
    );
    const inline = new aws.iam.RolePolicy(
      `${name}-policy`,
      { name: "leak-response", role: made.name, policy },
      { parent: this },
    );
    return pulumi.all([made.arn, inline.id]).apply(([arn]) => arn);
  }

  private rules(
    name: string,
    args: LeakResponseArgs,
    names: LeakNames,
    roleArn: pulumi.Output<string>,
    dependsOn: pulumi.Resource[],
  ): void {
    const { partition, globalRegion, tags } = args;
    const rule = (id: keyof LeakNames["rules"], region: string, description: string, eventPattern: string) => {
      const own = id === "forwarded" ? { eventBusName: names.bus } : {};
      const made = new aws.cloudwatch.EventRule(
        `${name}-${id}-${region}`,
        { region, name: names.rules[id], description, eventPattern, ...own, tags },
        { parent: this, dependsOn: id === "forwarded" ? dependsOn : [] },
      );
      const start = { arn: names.machineArn, deadLetterConfig: { arn: names.deadLettersArn } };
      new aws.cloudwatch.EventTarget(
        `${name}-${id}-${region}-target`,
        {
          region,
          rule: made.name,
          targetId: "leak-response",
          // A rule starts state machines of its own region only, and leaves dead letters in queues of it.
          ...(region === names.region ? start : { arn: names.busArn }),
          ...own,
          roleArn,
        },
        { parent: this, dependsOn },
      );
    };
    for (const region of patterns.healthRegions(partition, args.regions)) {
      rule("health", region, "AWS found credentials of this account in public", patterns.healthPattern());
    }
    const quarantined = patterns.quarantinedPattern(partition, globalRegion);
    rule("quarantine", globalRegion, "An IAM user is put in quarantine", quarantined);
    for (const region of args.regions) {
      const findings = patterns.credentialFindingPattern(region);
      rule("guardduty", region, "GuardDuty sees credentials in others' hands", findings);
    }
    rule("forwarded", names.region, "Leaked access keys of other regions", patterns.forwardedPattern());
  }
}
