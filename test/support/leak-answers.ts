import { randomUUID } from "node:crypto";
import { leakMachine } from "../../components/leak-response/leak-machine";
import { leakNotice, type LeakMachineOptions } from "../../components/leak-response/leak-machine-parts";
import { type Clients } from "../../sandbox/provider/clients";

/** What the channel is told of one key. */
export interface Notice {
  title: string;
  subject: string;
  look: string;
  key: string;
  owner: string;
  why: string;
  did: string;
  now: string;
}

const roleArn = "arn:aws:iam::123456789012:role/baseline-leak-response";

/** From now on the emulated AWS Health and GuardDuty know of these events. */
export async function awsSays(aws: Clients, ...events: object[]): Promise<void> {
  const body = JSON.stringify({ events });
  const { status } = await fetch(`${aws.endpoint}/sandbox/aws-says`, { method: "POST", body });
  if (status !== 200) {
    throw new Error(`the emulator took no word of AWS: ${status}`);
  }
}

/** The response on an emulated account: the machine itself is carried out, against the account's own IAM. */
export class LeakAnswers {
  private constructor(
    private readonly aws: Clients,
    private readonly machineArn: string,
    private readonly queue: string,
  ) {}

  /** @param altered what becomes of the definition, such as one that cannot tell anybody */
  static async under(
    aws: Clients,
    name: string,
    options: LeakMachineOptions,
    altered = (definition: string) => definition,
  ): Promise<LeakAnswers> {
    const { QueueUrl: queue = "" } = await aws.sqs().createQueue({ QueueName: "notices" });
    const { Attributes } = await aws.sqs().getQueueAttributes({ QueueUrl: queue, AttributeNames: ["QueueArn"] });
    const pattern = { source: [leakNotice.source], "detail-type": [leakNotice.detailType] };
    // One for all machines: what one of them says, every rule on the bus hears.
    await aws.events().putRule({ Name: "notices", EventPattern: JSON.stringify(pattern) });
    await aws.events().putTargets({ Rule: "notices", Targets: [{ Id: "queue", Arn: Attributes?.["QueueArn"] }] });
    const definition = altered(leakMachine(options));
    const { stateMachineArn = "" } = await aws.sfn().createStateMachine({ name, definition, roleArn });
    return new LeakAnswers(aws, stateMachineArn, queue);
  }

  /** What the channel hears of an event that AWS sends, in the order of the keys, once everything is done. */
  async to(event: { source: string; [name: string]: unknown }): Promise<Notice[]> {
    if (event.source === "aws.health" || event.source === "aws.guardduty") {
      await awsSays(this.aws, event);
    }
    return this.toForged(event);
  }

  /** The same of an event that somebody made up, who may start the machine: no service knows of it. */
  async toForged(event: object, name?: string): Promise<Notice[]> {
    return this.toAllForged([event], name);
  }

  /** The same of many at once. */
  async toAllForged(events: object[], called?: string): Promise<Notice[]> {
    for (const event of events) {
      // AWS makes up a name where none is given; moto takes the lack of one for a name.
      const name = called ?? randomUUID();
      const run = { stateMachineArn: this.machineArn, name, input: JSON.stringify(event) };
      await this.aws.sfn().startExecution(run);
    }
    await this.quiet();
    const heard: Notice[] = [];
    for (;;) {
      const query = { QueueUrl: this.queue, MaxNumberOfMessages: 10 };
      const { Messages = [] } = await this.aws.sqs().receiveMessage(query);
      if (Messages.length === 0) {
        return heard.sort((one, other) => one.key.localeCompare(other.key));
      }
      for (const { Body = "", ReceiptHandle } of Messages) {
        heard.push((JSON.parse(Body) as { detail: Notice }).detail);
        await this.aws.sqs().deleteMessage({ QueueUrl: this.queue, ReceiptHandle });
      }
    }
  }

  /** How each execution ended, the newest first: started by an event, or by the machine itself. */
  async ends(): Promise<string[]> {
    const { executions = [] } = await this.aws.sfn().listExecutions({ stateMachineArn: this.machineArn });
    return executions.map(({ status = "" }) => status);
  }

  /** Waits until nothing runs: an execution that starts another one does so before it ends. */
  private async quiet(): Promise<void> {
    while ((await this.ends()).includes("RUNNING")) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
