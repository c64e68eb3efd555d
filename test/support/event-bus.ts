import { SQS } from "@aws-sdk/client-sqs";
import { type Clients } from "../../sandbox/provider/clients";

/** A rule under test: its pattern, and what its message takes from an event. */
export interface BusRule {
  name: string;
  pattern: string;
  /** JSON paths by variable name, as in an input transformer. moto takes 30 ms for each, at each event. */
  values: Record<string, string>;
}

export interface BusEvent {
  source: string;
  detailType: string;
  detail: Record<string, unknown>;
}

/** What a rule let through: the event's id, and the values its message would be written from. */
export interface Delivery {
  rule: string;
  eventId: string;
  /** Variables whose path the event lacks are left out, as EventBridge does. */
  values: Record<string, string>;
}

/**
 * Puts the rules on the emulator's default bus with one queue as target, sends the events, and tells what arrived.
 * The transformer's paths are evaluated by the emulator; only the lines of text are left to the caller, because
 * moto takes one JSON value for a template and EventBridge several lines.
 */
export async function throughBus(aws: Clients, rules: BusRule[], events: BusEvent[]): Promise<Delivery[]> {
  const sqs = new SQS({
    endpoint: aws.endpoint,
    region: aws.defaultRegion,
    credentials: { accessKeyId: "sandbox", secretAccessKey: "sandbox" },
  });
  try {
    const { QueueUrl: queue } = await sqs.createQueue({ QueueName: "deliveries" });
    const { Attributes: attributes } = await sqs.getQueueAttributes({ QueueUrl: queue, AttributeNames: ["QueueArn"] });
    for (const { name, pattern, values } of rules) {
      await aws.events().putRule({ Name: name, EventPattern: pattern });
      const template = { rule: name, eventId: "<eventId>", values: placeholders(values) };
      const transformer = {
        InputPathsMap: { ...values, eventId: "$.detail.eventID" },
        InputTemplate: JSON.stringify(template),
      };
      const target = { Id: "queue", Arn: attributes?.["QueueArn"], InputTransformer: transformer };
      await aws.events().putTargets({ Rule: name, Targets: [target] });
    }
    for (let from = 0; from < events.length; from += 10) {
      const entries = events.slice(from, from + 10).map(({ source, detailType, detail }) => ({
        Source: source,
        DetailType: detailType,
        Detail: JSON.stringify(detail),
      }));
      await aws.events().putEvents({ Entries: entries });
    }
    return await drain(sqs, queue);
  } finally {
    sqs.destroy();
  }
}

async function drain(sqs: SQS, queue: string | undefined): Promise<Delivery[]> {
  const deliveries: Delivery[] = [];
  for (;;) {
    const { Messages: messages = [] } = await sqs.receiveMessage({ QueueUrl: queue, MaxNumberOfMessages: 10 });
    if (messages.length === 0) {
      return deliveries;
    }
    for (const { Body: body = "" } of messages) {
      const { values, ...delivery } = JSON.parse(body) as Delivery;
      const present = Object.entries(values).filter(([name, value]) => value !== `<${name}>`);
      deliveries.push({ ...delivery, values: Object.fromEntries(present) });
    }
    const entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await sqs.deleteMessageBatch({ QueueUrl: queue, Entries: entries });
  }
}

function placeholders(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.keys(values).map((name) => [name, `<${name}>`]));
}
