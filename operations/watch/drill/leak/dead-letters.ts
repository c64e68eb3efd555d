import { type LeakNames } from "../../../../components/leak-response/leak-names";
import { type AwsClients } from "../../../../aws/clients";

/**
 * How many events wait in the response's dead-letter queue, about: SQS counts in passing. Rules of other regions than home
 * have no such queue.
 *
 * @returns undefined when it cannot be looked at, which a drill can do without
 */
export async function undelivered(
  clients: AwsClients,
  { region, deadLetters }: LeakNames,
): Promise<number | undefined> {
  const sqs = clients.sqs(region);
  try {
    const { QueueUrl } = await sqs.getQueueUrl({ QueueName: deadLetters });
    const AttributeNames = ["ApproximateNumberOfMessages" as const];
    const { Attributes } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames });
    const count = Attributes?.["ApproximateNumberOfMessages"];
    return count === undefined ? undefined : Number(count);
  } catch {
    return undefined;
  }
}
