import { type PutPermissionCommandInput } from "@aws-sdk/client-eventbridge";
import { listOf } from "../../../../aws/attempt";
import { type Asking, type Child, type ChildLook, type Known, textOf } from "./model";

const topicType = "aws:sns/topic:Topic";
const subscriptionType = "aws:sns/topicSubscription:TopicSubscription";
const ruleType = "aws:cloudwatch/eventRule:EventRule";
const targetType = "aws:cloudwatch/eventTarget:EventTarget";
const busType = "aws:cloudwatch/eventBus:EventBus";
const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** Amazon Q Developer in chat applications subscribes itself to the topics of its configurations. */
const chatTypes = [
  "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration",
  "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration",
];
const chatEndpoint = /^https:\/\/[\w.-]+\.sns-api\.chatbot\.amazonaws\.com(\.cn)?$/;

const subscriptions: ChildLook = {
  what: "subscriptions of topics",
  of: topicType,
  actions: ["sns:ListSubscriptionsByTopic"],
  async find({ aws, call, region, accountId, program }, topic) {
    const TopicArn = textOf(topic, "arn") ?? topic.id;
    const found = await listOf("Subscriptions", (NextToken) =>
      call("sns:ListSubscriptionsByTopic", () => aws.sns(region).listSubscriptionsByTopic({ TopicArn, NextToken })),
    );
    const chats = chatTypes.flatMap((type) => program.of(type));
    return found
      .filter(({ SubscriptionArn: id, Protocol: protocol, Endpoint: endpoint = "", Owner: owner }) => {
        const chat = chats.length > 0 && owner === accountId && chatEndpoint.test(endpoint);
        const own = [{ id }, { topic: TopicArn, protocol, endpoint }];
        return !chat && !own.some((each) => program.declares(subscriptionType, each));
      })
      .map(({ SubscriptionArn = "", Protocol = "", Endpoint = "" }): Child => {
        const pending = !SubscriptionArn.startsWith("arn:");
        return {
          type: subscriptionType,
          name: `${Protocol} ${Endpoint}`,
          id: pending ? `${TopicArn} ${Endpoint}` : SubscriptionArn,
          severity: "high",
          means: "somebody else reads every alert",
          found: { protocol: Protocol, endpoint: Endpoint, ...(pending && { pendingConfirmation: true }) },
          knownAs: [TopicArn],
        };
      });
  },
};

const messageProtection: ChildLook = {
  what: "data protection policies of topics",
  of: topicType,
  actions: ["sns:GetDataProtectionPolicy"],
  async find({ aws, call, region }, topic) {
    const ResourceArn = textOf(topic, "arn") ?? topic.id;
    const answer = await call("sns:GetDataProtectionPolicy", () =>
      aws.sns(region).getDataProtectionPolicy({ ResourceArn }),
    );
    const policy = answer.DataProtectionPolicy;
    return policy === undefined || policy === ""
      ? []
      : [
          {
            type: "aws:sns/dataProtectionPolicy:DataProtectionPolicy",
            name: textOf(topic, "name") ?? ResourceArn,
            id: ResourceArn,
            severity: "high",
            means: "alerts may be masked or refused",
            found: { policy },
            knownAs: [ResourceArn],
          },
        ];
  },
};

const targets: ChildLook = {
  what: "targets of rules",
  of: ruleType,
  actions: ["events:ListTargetsByRule"],
  async find({ aws, call, region, program }, rule) {
    const Rule = textOf(rule, "name") ?? "";
    const EventBusName = textOf(rule, "eventBusName") ?? "default";
    const found = await listOf("Targets", (NextToken) =>
      call("events:ListTargetsByRule", () => aws.events(region).listTargetsByRule({ Rule, EventBusName, NextToken })),
    );
    const own = program.of(targetType).filter((each) => {
      const bus = textOf(each, "eventBusName") ?? "default";
      return each.region === region && textOf(each, "rule") === Rule && bus === EventBusName;
    });
    const ids = own.map((each) => textOf(each, "targetId") ?? each.id.slice(Rule.length + 1));
    return found
      .filter(({ Id = "" }) => !ids.includes(Id))
      .map(({ Id = "", Arn, RoleArn }) => ({
        type: targetType,
        name: `${Rule} ${Id}`,
        id: `${Rule}-${Id}`,
        severity: "high",
        means: "somebody else gets what the rule hears, or an event drives something else",
        found: { arn: Arn, ...(RoleArn !== undefined && { roleArn: RoleArn }) },
        knownAs: [Rule, Id],
      }));
  },
};

const rulesOnOwnBuses: ChildLook = {
  what: "rules on event buses of ours",
  of: busType,
  actions: ["events:ListRules"],
  async find({ aws, call, region, program }, bus) {
    const EventBusName = textOf(bus, "name") ?? bus.id;
    const found = await listOf("Rules", (NextToken) =>
      call("events:ListRules", () => aws.events(region).listRules({ EventBusName, NextToken })),
    );
    return found
      .filter(({ Name }) => !program.declares(ruleType, { region, eventBusName: EventBusName, name: Name }))
      .map(({ Name = "", Arn = "", EventPattern, State }) => ({
        type: ruleType,
        name: `${EventBusName} ${Name}`,
        id: Arn,
        severity: "medium",
        means: "somebody else hears what passes over the bus",
        found: { eventPattern: EventPattern, state: State },
        knownAs: [EventBusName, Name],
      }));
  },
};

type Statement = { Sid?: string } & Partial<PutPermissionCommandInput>;

/** Statements of a bus's policy where the program declares none, and a key of somebody's that encrypts its events. */
async function ofBus({ aws, call, region, program }: Asking, bus: Known | undefined): Promise<Child[]> {
  const Name = bus ? (textOf(bus, "name") ?? bus.id) : "default";
  const {
    Policy,
    KmsKeyIdentifier,
    Arn = Name,
  } = await call("events:DescribeEventBus", () => aws.events(region).describeEventBus({ Name }));
  // What the program declares is compared property by property already.
  const isDeclared = program.declares("aws:cloudwatch/eventBusPolicy:EventBusPolicy", { region, eventBusName: Name });
  const statements =
    Policy && !isDeclared ? [(JSON.parse(Policy) as { Statement: Statement | Statement[] }).Statement].flat() : [];
  const policies = statements.map((statement, index): Child => {
    const sid = statement.Sid ?? `statement ${index + 1}`;
    return {
      type: "aws:cloudwatch/eventPermission:EventPermission",
      name: `${Name} ${sid}`,
      id: `${Arn} ${sid}`,
      severity: bus ? "high" : "medium",
      means: "others can put events there, and forge what alerts are made of",
      found: { statement },
      knownAs: [sid],
    };
  });
  const declared = bus && textOf(bus, "kmsKeyIdentifier");
  const key = KmsKeyIdentifier && KmsKeyIdentifier !== declared ? KmsKeyIdentifier : undefined;
  return [
    ...policies,
    ...(key === undefined
      ? []
      : [
          {
            type: busType,
            name: `${Name} key`,
            id: `${Arn} key`,
            severity: "high" as const,
            means: "events are lost when the key is taken away",
            found: { kmsKeyIdentifier: key },
            knownAs: [Name, key],
          },
        ]),
  ];
}

const busActions = ["events:DescribeEventBus"];

const ownBuses: ChildLook = {
  what: "statements on event buses of ours",
  of: busType,
  actions: busActions,
  find: ofBus,
};

const defaultBuses: ChildLook = {
  what: "statements on default event buses",
  of: ruleType,
  once: "per region",
  actions: busActions,
  find: (asking) => ofBus(asking, undefined),
};

const alarmMuting: ChildLook = {
  what: "mute rules of alarms",
  of: alarmType,
  once: "per region",
  actions: ["cloudwatch:ListAlarmMuteRules", "cloudwatch:GetAlarmMuteRule"],
  async find({ aws, call, region, program }) {
    const rules = await listOf("AlarmMuteRuleSummaries", (NextToken) =>
      call("cloudwatch:ListAlarmMuteRules", () => aws.cloudwatch(region).listAlarmMuteRules({ NextToken })),
    );
    const own = program.of(alarmType).filter((each) => each.region === region);
    const names = own.flatMap((each) => textOf(each, "name") ?? []);
    const muting = rules
      .filter(({ Status }) => Status !== "EXPIRED")
      .map(async ({ AlarmMuteRuleArn: arn = "" }): Promise<Child[]> => {
        const AlarmMuteRuleName = arn.split(":").at(-1) ?? "";
        const rule = await call("cloudwatch:GetAlarmMuteRule", () =>
          aws.cloudwatch(region).getAlarmMuteRule({ AlarmMuteRuleName }),
        );
        const muted = (rule.MuteTargets?.AlarmNames ?? []).filter((each) => names.includes(each));
        return muted.length === 0
          ? []
          : [
              {
                type: "aws:cloudwatch/alarmMuteRule:AlarmMuteRule",
                name: AlarmMuteRuleName,
                id: arn,
                severity: "high",
                means: "alarms of the baseline tell nobody while it holds",
                found: { alarmNames: muted, status: rule.Status },
              },
            ];
      });
    return (await Promise.all(muting)).flat();
  },
};

/** Subscribers, targets, rules, bus policies and mute rules. */
export const messageLooks: readonly ChildLook[] = [
  subscriptions,
  messageProtection,
  targets,
  rulesOnOwnBuses,
  ownBuses,
  defaultBuses,
  alarmMuting,
];
