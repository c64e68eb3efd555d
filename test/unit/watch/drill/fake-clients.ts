import { type AwsClients } from "../../../../aws/clients";

/** One call that was made: operation, region, input. */
export type Call = [operation: string, region: string, input: Record<string, unknown>];

export type Answers = Record<string, (input: Record<string, unknown>, region: string) => unknown>;

/** As AWS's SDK throws it. */
export function awsError(name: string, message = "no"): Error {
  return Object.assign(new Error(message), { name });
}

/** Clients that answer from a table, by operation, and write down what they were asked. */
export function fakeClients(answers: Answers): { clients: AwsClients; calls: Call[] } {
  const calls: Call[] = [];
  const at = (region: string) =>
    new Proxy(
      {},
      {
        get: (_target, operation: string) => (input: Record<string, unknown>) => {
          calls.push([operation, region, input]);
          return Promise.resolve().then(() => answers[operation]?.(input, region) ?? {});
        },
      },
    );
  const services = ["sts", "iam", "ec2", "sns", "kms", "events", "cloudwatch", "sfn"];
  return { clients: Object.fromEntries(services.map((each) => [each, at])) as unknown as AwsClients, calls };
}
