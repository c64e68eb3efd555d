import { type Subscription } from "@aws-sdk/client-sns";
import { channelNames, topicArnIn } from "../../../components/alert-channel/channel-policies";
import { globalRegion } from "../../../components/foundation/partition";
import { ask, awsErrorName } from "../../../aws/ask";
import { listOf } from "../../../aws/attempt";
import { type AwsClients } from "../../../aws/clients";
import { admits } from "./policy-admits";
import { type DrillRequest } from "./request";
import { noSuchTopic, type Subscriber, type TopicReport } from "./report";

/** Services that tell of cost; they publish with the account's id in the request, as alarms do. */
export const billing = ["budgets.amazonaws.com", "costalerts.amazonaws.com"];

/** A topic to look for. */
export interface TopicPlace {
  name: string;
  region: string;
  arn: string;
  /** Without it there is no alert channel; others exist where something needs them. */
  required: boolean;
  /** Services that must be able to publish. */
  publishers: string[];
}

const alarmsAndRules = ["cloudwatch.amazonaws.com", "events.amazonaws.com"];

/** The channel's topics: at home, and where alarms cannot be at home, in the region that stands for the account. */
export function topicPlaces(request: DrillRequest, partition: string, accountId: string): TopicPlace[] {
  const { homeRegion, namePrefix, topics } = request;
  const names = channelNames(namePrefix, partition, accountId, homeRegion);
  const place = (name: string, region: string, required: boolean, publishers: string[]) => ({
    name,
    region,
    arn: topicArnIn(names, region, name),
    required,
    publishers,
  });
  if (topics !== undefined) {
    return topics.map((name) => place(name, homeRegion, true, alarmsAndRules));
  }
  const global = globalRegion(partition);
  return [
    place(names.topic, homeRegion, true, alarmsAndRules),
    place(names.chatTopic, homeRegion, false, ["events.amazonaws.com"]),
    ...(global === homeRegion ? [] : [place(names.topic, global, false, ["cloudwatch.amazonaws.com"])]),
  ];
}

/** Looks at a topic, its subscriptions, its policy and that of its key; undefined when there need not be one. */
export async function inspectTopic(clients: AwsClients, place: TopicPlace): Promise<TopicReport | undefined> {
  const { name, region, arn } = place;
  const sns = clients.sns(region);
  const found = { name, region, arn, confirmed: [], pending: [], admits: [] };
  let attributes: Record<string, string>;
  try {
    const answer = await ask("sns:GetTopicAttributes", region, () => sns.getTopicAttributes({ TopicArn: arn }));
    attributes = answer.Attributes ?? {};
  } catch (error) {
    if (!/^NotFound/.test(awsErrorName(error))) {
      throw error;
    }
    return place.required ? { ...found, problems: [noSuchTopic] } : undefined;
  }
  const subscriptions = await subscriptionsOf(clients, place);
  const isConfirmed = ({ SubscriptionArn }: Subscription) => SubscriptionArn?.startsWith("arn:") === true;
  const services = [...new Set([...place.publishers, ...billing])];
  const mayPublish = services.filter((each) => admits(attributes["Policy"], each, "sns:Publish"));
  const key = await keyUsers(clients, region, services, attributes["KmsMasterKeyId"]);
  const needed = (list: string[]) => list.filter((each) => place.publishers.includes(each));
  return {
    ...found,
    confirmed: subscriptions.filter(isConfirmed).map(subscriber),
    pending: subscriptions.filter((each) => !isConfirmed(each)).map(subscriber),
    admits: mayPublish.filter((each) => !key.shutOut.includes(each)),
    problems: [
      ...place.publishers.filter((each) => !mayPublish.includes(each)).map((each) => `its policy shuts out ${each}`),
      ...needed(key.shutOut).map((each) => `its key shuts out ${each}, whose messages are lost in silence`),
      ...(key.problem ? [key.problem] : []),
    ],
  };
}

async function subscriptionsOf(clients: AwsClients, { region, arn }: TopicPlace): Promise<Subscription[]> {
  const sns = clients.sns(region);
  return listOf("Subscriptions", (NextToken) =>
    ask("sns:ListSubscriptionsByTopic", region, () => sns.listSubscriptionsByTopic({ TopicArn: arn, NextToken })),
  );
}

/** Services that the topic's key does not know, if it has one. */
async function keyUsers(
  clients: AwsClients,
  region: string,
  services: string[],
  keyId: string | undefined,
): Promise<{ shutOut: string[]; problem?: string }> {
  if (!keyId) {
    return { shutOut: [] };
  }
  try {
    const { Policy } = await ask("kms:GetKeyPolicy", region, () =>
      clients.kms(region).getKeyPolicy({ KeyId: keyId, PolicyName: "default" }),
    );
    const uses = (service: string) =>
      ["kms:Decrypt", "kms:GenerateDataKey"].every((each) => admits(Policy, service, each));
    return { shutOut: services.filter((each) => !uses(each)) };
  } catch (error) {
    return {
      shutOut: [],
      problem: `the policy of its key could not be read: ${(error as Error).message.split("\n")[0]}`,
    };
  }
}

/** A web address often is the secret itself (chat and paging services), so its host has to do. */
function subscriber({ Protocol: protocol = "", Endpoint: endpoint = "" }: Subscription): Subscriber {
  if (protocol.startsWith("http")) {
    return { protocol, endpoint: URL.canParse(endpoint) ? new URL(endpoint).host : "(address)" };
  }
  if (protocol === "sms") {
    return { protocol, endpoint: `...${endpoint.slice(-3)}` };
  }
  return { protocol, endpoint: endpoint.startsWith("arn:") ? (endpoint.split(":").pop() ?? "") : endpoint };
}
