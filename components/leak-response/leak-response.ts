import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type AlertRoute, deadLetterConfig, EventAlert } from "../alert-channel/event-alert";
import { type Placement } from "../foundation/placement";
import { serviceTrust } from "../foundation/policy-document";
import { type LeakResponseOptions } from "../foundation/settings/model";
import { watchResponse } from "./leak-alarms";
import { leakMachine } from "./leak-machine";
import { leakNotice } from "./leak-machine-parts";
import { leakNames, type LeakNames } from "./leak-names";
import { leakNoticeMessage, leakNoticeValues } from "./leak-notice";
import * as patterns from "./leak-patterns";
import { deadLettersPolicy, leakBusPolicy, leakEventsPolicy, leakRolePolicy } from "./leak-policies";

/** `region` is the home region: the state machine is there, and events of other regions are forwarded to it. */
export interface LeakResponseArgs extends Placement, LeakResponseOptions {
  /** Regions whose GuardDuty findings count. */
  regions: string[];
  /** Region in which IAM reports, such as `us-east-1`. */
  globalRegion: string;
  route: AlertRoute;
}

/**
 * A state machine that answers every leaked key: finds the owner, contains it if told to, and tells people. In `contain`
 * there is one in each region that has findings or events of AWS Health, because it asks GuardDuty and AWS Health before
 * it does anything, and Step Functions calls the services of its own region only.
 *
 * It keeps no log of its own, which Security Hub StepFunctions.1 asks for: its role would have to be allowed
 * `logs:PutResourcePolicy`, `logs:UpdateLogDelivery` and `logs:DeleteLogDelivery` on `*`, and could turn the account's
 * other logs away. AWS keeps the history of a Standard execution 90 days, CloudTrail each call it makes, the mailbox
 * what it said.
 *
 * Source: Step Functions Developer Guide, "IAM policies for logging to CloudWatch Logs"; EventBridge User Guide, "Using
 * dead-letter queues".
 */
export class LeakResponse extends pulumi.ComponentResource {
  constructor(name: string, args: LeakResponseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:LeakResponse", name, args, opts);
    const { region, route, tags } = args;
    const names = leakNames(args);
    const child = { parent: this };

    const regions = machineRegions(args);
    const buses = Object.fromEntries(regions.map((each) => [each, this.bus(name, each, names, tags)]));
    const busNames = Object.fromEntries(Object.entries(buses).map(([each, { bus }]) => [each, bus.name]));
    const eventsRole = this.role(`${name}-events-role`, "events.amazonaws.com", tags, names, {
      name: names.eventsRole,
      description: "Lets EventBridge forward leaked keys of other regions, and start the response to them",
      policy: leakEventsPolicy(names, args.mode),
    });
    const notice = new EventAlert(
      `${name}-notice`,
      {
        route: { ...route, homeBusArn: names.busArn, relayRoleArn: eventsRole },
        regions,
        buses: busNames,
        ruleName: `${names.machine}-notice`,
        description: "What the response to leaked access keys found and did",
        pattern: JSON.stringify({ source: [leakNotice.source], "detail-type": [leakNotice.detailType] }),
        values: leakNoticeValues,
        message: leakNoticeMessage,
        tags,
      },
      child,
    );
    const roleArn = this.role(`${name}-role`, "states.amazonaws.com", tags, names, {
      name: names.role,
      description: `Answers leaked access keys (mode ${args.mode})`,
      policy: leakRolePolicy(names, args),
    });
    const machines = regions.map((each) =>
      this.machine(name, each, args, names, roleArn, [notice, buses[each]!.policy]),
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
    this.rules(name, args, names, eventsRole, [...machines, queuePolicy, buses[region]!.policy]);
    for (const each of regions) {
      const topic = each === region ? { topicArn: route.topicArn } : {};
      watchResponse(name, { region: each, names, ...topic, tags }, this);
    }
    this.registerOutputs({});
  }

  /** A bus that takes events from the response and from nobody else. */
  private bus(
    name: string,
    region: string,
    names: LeakNames,
    tags: pulumi.Input<Record<string, string>>,
  ): { bus: aws.cloudwatch.EventBus; policy: aws.cloudwatch.EventBusPolicy } {
    const there = region === names.region ? "" : `-${region}`;
    const bus = new aws.cloudwatch.EventBus(
      `${name}-bus${there}`,
      { region, name: names.bus, description: "Leaked access keys of other regions", tags },
      { parent: this },
    );
    const policy = new aws.cloudwatch.EventBusPolicy(
      `${name}-bus-policy${there}`,
      { region, eventBusName: bus.name, policy: leakBusPolicy(names, region) },
      { parent: this },
    );
    return { bus, policy };
  }

  private machine(
    name: string,
    region: string,
    args: LeakResponseArgs,
    names: LeakNames,
    roleArn: pulumi.Output<string>,
    dependsOn: pulumi.Resource[],
  ): pulumi.Resource {
    const definition = leakMachine({ ...args, bus: names.bus });
    return new aws.sfn.StateMachine(
      region === names.region ? `${name}-machine` : `${name}-machine-${region}`,
      { region, name: names.machine, type: "STANDARD", roleArn, definition, tags: args.tags },
      // Not before people can be told.
      { parent: this, dependsOn },
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
    const { partition, globalRegion, tags, route } = args;
    const machines = machineRegions(args);
    const rule = (id: keyof LeakNames["rules"], region: string, description: string, eventPattern: string) => {
      const own = id === "forwarded" ? { eventBusName: names.bus } : {};
      const made = new aws.cloudwatch.EventRule(
        `${name}-${id}-${region}`,
        { region, name: names.rules[id], description, eventPattern, ...own, tags },
        { parent: this, dependsOn: id === "forwarded" ? dependsOn : [] },
      );
      const letters =
        region === names.region ? { deadLetterConfig: { arn: names.deadLettersArn } } : deadLetterConfig(route, region);
      // A quarantine is answered where the home region is: IAM is asked about it, which answers everywhere.
      const start = region === names.region || (machines.includes(region) && id !== "quarantine");
      new aws.cloudwatch.EventTarget(
        `${name}-${id}-${region}-target`,
        {
          region,
          rule: made.name,
          targetId: "leak-response",
          // A rule starts state machines of its own region only, and leaves dead letters in queues of it.
          arn: start ? names.machineArnIn(region) : names.busArn,
          ...letters,
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

/** Regions with a state machine: home, and in `contain` wherever there is a source to ask. */
export function machineRegions({ region, mode, regions, partition }: LeakResponseArgs): string[] {
  const elsewhere = mode === "contain" ? [...regions, ...patterns.healthRegions(partition, regions)] : [];
  return [...new Set([region, ...elsewhere])];
}
