import { type AwsClients } from "../../../../aws/clients";
import { type Known } from "../../../../operations/watch/drift/children";

export const accountId = "123456789012";
export const region = "us-east-1";
const topicArn = `arn:aws:sns:${region}:${accountId}:baseline-alerts`;

export type Answers = Record<string, Record<string, (input: Record<string, unknown>) => unknown>>;

/** AWS as it answers these calls; to every other it says that there is nothing. */
export function account(answers: Answers): AwsClients {
  const client = (service: string) =>
    new Proxy(
      {},
      { get: (_, call: string) => (input: Record<string, unknown>) => answered(answers[service]?.[call], input) },
    );
  return new Proxy({}, { get: (_, service: string) => () => client(service) }) as AwsClients;
}

async function answered(
  answer: ((input: Record<string, unknown>) => unknown) | undefined,
  input: Record<string, unknown>,
) {
  await Promise.resolve();
  return answer?.(input) ?? {};
}

function known(type: string, id: string, inputs: Record<string, unknown> = {}, more: Partial<Known> = {}): Known {
  const urn = `urn:pulumi:s::p::baseline:index:AccountBaseline$baseline:index:Some$${type}::${id}`;
  return { urn, type, id, region, inputs, outputs: {}, ...more };
}

export const detector = known("aws:guardduty/detector:Detector", "d1");
export const analyzer = known("aws:accessanalyzer/analyzer:Analyzer", "baseline-access", {
  analyzerName: "baseline-access",
});
export const alarm = known("aws:cloudwatch/metricAlarm:MetricAlarm", "baseline-root-use", {
  name: "baseline-root-use",
});
const logGroup = known("aws:cloudwatch/logGroup:LogGroup", "/baseline/cloudtrail", { name: "/baseline/cloudtrail" });
const vault = known("aws:backup/vault:Vault", "baseline-backup", { name: "baseline-backup" });
const topic = known("aws:sns/topic:Topic", topicArn, { name: "baseline-alerts" }, { outputs: { arn: topicArn } });
const group = known("aws:ec2/securityGroup:SecurityGroup", "sg-1");
const groupRule = known("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "sgr-own");
const bus = known("aws:cloudwatch/eventBus:EventBus", "baseline-leaked-keys", { name: "baseline-leaked-keys" });
const bucket = known("aws:s3/bucket:Bucket", "baseline-trail", { bucket: "baseline-trail" });

interface Case {
  what: string;
  resources: Known[];
  answers: Answers;
  /** Class, severity and the property that tells; none where nothing is to be found. */
  found: [type: string, severity: string, path: string, value: RegExp] | undefined;
}

const subscribed = (Endpoint: string, Owner = accountId, Protocol = "https"): Answers => ({
  sns: {
    listSubscriptionsByTopic: () => ({
      Subscriptions: [{ SubscriptionArn: `${topicArn}:1`, Protocol, Endpoint, Owner }],
    }),
  },
});
const chat = "https://global.sns-api.chatbot.amazonaws.com";
const slack = known("aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration", "slack");
const mail = known("aws:sns/topicSubscription:TopicSubscription", `${topicArn}:own`, {
  topic: topicArn,
  protocol: "email",
  endpoint: "security@example.com",
});
const filtered = (Action: string): Answers => ({
  guardduty: {
    listFilters: () => ({ FilterNames: ["quiet"] }),
    getFilter: () => ({ Action, FindingCriteria: { Criterion: {} } }),
  },
});
const muted = (names: string[], Status = "ACTIVE"): Answers => ({
  cloudwatch: {
    listAlarmMuteRules: () => ({
      AlarmMuteRuleSummaries: [{ AlarmMuteRuleArn: "arn:aws:cloudwatch:x:1:alarm-mute-rule:night", Status }],
    }),
    getAlarmMuteRule: () => ({ Status, MuteTargets: { AlarmNames: names } }),
  },
});
const rules = (...ids: string[]): Answers => ({
  ec2: {
    describeSecurityGroupRules: () => ({
      SecurityGroupRules: ids.map((id) => ({ SecurityGroupRuleId: id, IsEgress: false, CidrIpv4: "0.0.0.0/0" })),
    }),
  },
});

export const cases: Case[] = [
  {
    what: "a filter of GuardDuty that archives",
    resources: [detector],
    answers: filtered("ARCHIVE"),
    found: ["Filter", "high", "action", /ARCHIVE/],
  },
  {
    what: "a filter of GuardDuty that is a view only",
    resources: [detector],
    answers: filtered("NOOP"),
    found: undefined,
  },
  {
    what: "a trusted IP list",
    resources: [detector],
    answers: {
      guardduty: {
        listIPSets: () => ({ IpSetIds: ["i"] }),
        getIPSet: () => ({ Name: "office", Status: "ACTIVE", Location: "s3://x" }),
      },
    },
    found: ["IPSet", "high", "location", /s3:\/\/x/],
  },
  {
    what: "a trusted entity set",
    resources: [detector],
    answers: {
      guardduty: {
        listTrustedEntitySets: () => ({ TrustedEntitySetIds: ["t"] }),
        getTrustedEntitySet: () => ({ Name: "friends", Status: "ACTIVE" }),
      },
    },
    found: ["TrustedEntitySet", "high", "status", /ACTIVE/],
  },
  {
    what: "a stranger who administers GuardDuty",
    resources: [detector],
    answers: {
      guardduty: {
        getAdministratorAccount: () => ({
          Administrator: { AccountId: "999999999999", RelationshipStatus: "Enabled" },
        }),
      },
    },
    found: ["InviteAccepter", "high", "administratorAccountId", /999999999999/],
  },
  {
    what: "an account that is no member, as AWS may say it",
    resources: [detector],
    answers: {
      guardduty: {
        getAdministratorAccount: () => {
          throw Object.assign(new Error("not a member"), { name: "BadRequestException" });
        },
      },
    },
    found: undefined,
  },
  {
    what: "an archive rule",
    resources: [analyzer],
    answers: {
      accessanalyzer: {
        listArchiveRules: () => ({ archiveRules: [{ ruleName: "hush", filter: { isPublic: { eq: ["true"] } } }] }),
      },
    },
    found: ["ArchiveRule", "high", "filter", /isPublic/],
  },
  {
    what: "a mute rule for an alarm of ours",
    resources: [alarm],
    answers: muted(["baseline-root-use"]),
    found: ["AlarmMuteRule", "high", "alarmNames", /root-use/],
  },
  { what: "a mute rule for others' alarms", resources: [alarm], answers: muted(["theirs"]), found: undefined },
  {
    what: "a mute rule that is over",
    resources: [alarm],
    answers: muted(["baseline-root-use"], "EXPIRED"),
    found: undefined,
  },
  {
    what: "a transformer of the log group",
    resources: [logGroup],
    answers: { logs: { getTransformer: () => ({ transformerConfig: [{ deleteKeys: { withKeys: ["eventName"] } }] }) } },
    found: ["LogTransformer", "high", "transformerConfig", /deleteKeys/],
  },
  {
    what: "a subscription filter of the log group",
    resources: [logGroup],
    answers: {
      logs: {
        describeSubscriptionFilters: () => ({
          subscriptionFilters: [{ filterName: "f", destinationArn: "arn:aws:lambda:x" }],
        }),
      },
    },
    found: ["LogSubscriptionFilter", "medium", "destinationArn", /lambda/],
  },
  {
    what: "an account policy on log groups",
    resources: [logGroup],
    answers: {
      logs: {
        describeAccountPolicies: ({ policyType }) => ({
          accountPolicies:
            policyType === "TRANSFORMER_POLICY" ? [{ policyName: "p", policyType, policyDocument: "{}" }] : [],
        }),
      },
    },
    found: ["LogAccountPolicy", "medium", "policyType", /TRANSFORMER_POLICY/],
  },
  {
    what: "a policy on the backup vault",
    resources: [vault],
    answers: { backup: { getBackupVaultAccessPolicy: () => ({ Policy: '{"Statement":[]}' }) } },
    found: ["VaultPolicy", "high", "policy", /Statement/],
  },
  {
    what: "a data protection policy on the topic",
    resources: [topic],
    answers: { sns: { getDataProtectionPolicy: () => ({ DataProtectionPolicy: "{}" }) } },
    found: ["DataProtectionPolicy", "high", "policy", /\{\}/],
  },
  {
    what: "a stranger's subscription",
    resources: [topic, mail],
    answers: subscribed("https://elsewhere.example"),
    found: ["TopicSubscription", "high", "endpoint", /elsewhere/],
  },
  {
    what: "the program's own subscription",
    resources: [topic, mail],
    answers: subscribed("security@example.com", accountId, "email"),
    found: undefined,
  },
  {
    what: "the chat service, where a channel is declared",
    resources: [topic, slack],
    answers: subscribed(chat),
    found: undefined,
  },
  {
    what: "the chat service, where none is declared",
    resources: [topic],
    answers: subscribed(chat),
    found: ["TopicSubscription", "high", "endpoint", /chatbot/],
  },
  {
    what: "the chat service of another account",
    resources: [topic, slack],
    answers: subscribed(chat, "999999999999"),
    found: ["TopicSubscription", "high", "endpoint", /chatbot/],
  },
  {
    what: "one more rule of a security group",
    resources: [group, groupRule],
    answers: rules("sgr-own", "sgr-other"),
    found: ["SecurityGroupIngressRule", "medium", "from", /0\.0\.0\.0/],
  },
  {
    what: "the declared rules of a security group",
    resources: [group, groupRule],
    answers: rules("sgr-own"),
    found: undefined,
  },
  {
    what: "a key of somebody's on the bus",
    resources: [bus],
    answers: {
      events: {
        describeEventBus: () => ({ KmsKeyIdentifier: "arn:aws:kms:x:999999999999:key/1" }),
        listRules: () => ({ Rules: [] }),
      },
    },
    found: ["EventBus", "high", "kmsKeyIdentifier", /999999999999/],
  },
  {
    what: "a notification of the bucket",
    resources: [bucket],
    answers: {
      s3: {
        getBucketWebsite: () => {
          throw Object.assign(new Error("none"), { name: "NoSuchWebsiteConfiguration" });
        },
        getBucketNotificationConfiguration: () => ({
          $metadata: {},
          QueueConfigurations: [{ QueueArn: "arn:aws:sqs:q" }],
          TopicConfigurations: [],
        }),
      },
    },
    found: ["BucketNotification", "medium", "configuration", /sqs/],
  },
];
