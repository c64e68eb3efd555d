import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { chatTemplate } from "./chat-message";

/** How an event of any region gets to the alert channel. */
export interface AlertRoute {
  /** Region of the topic, where the events of the other regions meet. */
  homeRegion: string;
  /** ARN of the home region's default event bus. */
  homeBusArn: string;
  topicArn: pulumi.Input<string>;
  /** ARN of the topic that chat applications read, if any do: they drop plain text. */
  chatTopicArn?: pulumi.Input<string>;
  /** ARN of the role with which a rule in another region puts events on the home region's bus. */
  relayRoleArn: pulumi.Input<string>;
  /** Name of the queue, in each region with rules, for events that could not be delivered; without it they are lost. */
  deadLetters?: pulumi.Input<string>;
}

export interface EventAlertArgs {
  route: AlertRoute;
  /** Regions whose events count. Those other than the home region forward to it. */
  regions: string[];
  /** Name of the EventBridge rules, the same in each region. */
  ruleName: string;
  description: string;
  /** Names of the event buses the rules are on, by region; else the region's default bus. */
  buses?: Record<string, pulumi.Input<string>>;
  /** EventBridge event pattern, as JSON. */
  pattern: string;
  /** What the message takes from the event, as JSON paths by variable name. */
  values: Record<string, string>;
  /** Lines of the message; `<variable>` stands for a value. */
  message: string[];
  tags: pulumi.Input<Record<string, string>>;
}

/**
 * Turns matching events of many regions into one readable message on the alert channel. A rule's target topic must
 * be in the rule's own region, so the other regions send their events to the home region's default bus.
 *
 * Source: EventBridge User Guide, "Sending and receiving events between Regions", "Input transformation".
 */
export class EventAlert extends pulumi.ComponentResource {
  constructor(name: string, args: EventAlertArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:EventAlert", name, args, opts);
    const { route } = args;
    const forwarding = args.regions.filter((region) => region !== route.homeRegion);

    // Also where the home region itself is not watched: what the others forward still has to be published.
    const home = this.rule(name, route.homeRegion, args);
    new aws.cloudwatch.EventTarget(
      `${name}-publish`,
      {
        region: route.homeRegion,
        ...onBus(args, route.homeRegion),
        rule: home.name,
        targetId: "alert-topic",
        arn: route.topicArn,
        inputTransformer: { inputPaths: args.values, inputTemplate: messageTemplate(args.message) },
        ...deadLetterConfig(route, route.homeRegion),
      },
      { parent: this },
    );
    if (route.chatTopicArn) {
      const [title = "", ...lines] = args.message;
      new aws.cloudwatch.EventTarget(
        `${name}-publish-chat`,
        {
          region: route.homeRegion,
          ...onBus(args, route.homeRegion),
          rule: home.name,
          targetId: "chat-topic",
          arn: route.chatTopicArn,
          inputTransformer: { inputPaths: args.values, inputTemplate: chatTemplate(title, lines) },
          ...deadLetterConfig(route, route.homeRegion),
        },
        { parent: this },
      );
    }
    for (const region of forwarding) {
      new aws.cloudwatch.EventTarget(
        `${name}-forward-${region}`,
        {
          region,
          ...onBus(args, region),
          rule: this.rule(name, region, args).name,
          targetId: "home-region",
          arn: route.homeBusArn,
          roleArn: route.relayRoleArn,
          ...deadLetterConfig(route, region),
        },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }

  private rule(name: string, region: string, args: EventAlertArgs): aws.cloudwatch.EventRule {
    return new aws.cloudwatch.EventRule(
      `${name}-rule-${region}`,
      {
        region,
        ...onBus(args, region),
        name: args.ruleName,
        description: args.description,
        eventPattern: args.pattern,
        tags: args.tags,
      },
      { parent: this },
    );
  }
}

function onBus({ buses }: EventAlertArgs, region: string) {
  const bus = buses?.[region];
  return bus === undefined ? {} : { eventBusName: bus };
}

/** EventBridge leaves dead letters in a queue of the rule's own region. */
export function deadLetterConfig({ deadLetters, homeBusArn }: AlertRoute, region: string) {
  if (deadLetters === undefined) {
    return {};
  }
  const [, partition, , , accountId] = homeBusArn.split(":");
  return { deadLetterConfig: { arn: pulumi.interpolate`arn:${partition}:sqs:${region}:${accountId}:${deadLetters}` } };
}

/** Lines of text in the form EventBridge wants: each a JSON string, on a line of its own. */
export function messageTemplate(lines: string[]): string {
  return lines.map((line) => JSON.stringify(line)).join("\n");
}
