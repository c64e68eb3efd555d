import { type ExecutionListItem, type ExecutionStatus } from "@aws-sdk/client-sfn";
import { type AwsClients } from "../../../../aws/clients";
import { ask } from "../../../../aws/ask";
import { type LeakDrillPlan } from "./plan";

/** An execution of the response that is about the throw-away user. */
export interface Execution {
  arn: string;
  /** RUNNING, SUCCEEDED, FAILED, TIMED_OUT or ABORTED. */
  status: ExecutionStatus | undefined;
  /** Why it failed; empty otherwise. */
  cause: string;
  /** True for the one that does the work; the first only gives it a name that can be had once. */
  answers: boolean;
}

// The machine names the execution that does the work by a hash of what the event says.
const answering = /^[0-9a-f]{64}$/;
// Between our clock and that of AWS.
const clocks = 10 * 60_000;

/** Looks through what the state machine has begun since the drill began. */
export class Executions {
  private readonly seen = new Map<string, { ours: boolean; answers: boolean }>();

  constructor(
    private readonly clients: AwsClients,
    private readonly plan: LeakDrillPlan,
    private readonly since: number,
  ) {}

  /** Those whose input names the user. */
  async ofUser(): Promise<Execution[]> {
    const { homeRegion: region, names } = this.plan;
    const { executions = [] } = await ask("states:ListExecutions", region, () =>
      this.clients.sfn(region).listExecutions({ stateMachineArn: names.machineArn, maxResults: 100 }),
    );
    const recent = executions.filter(({ startDate }) => (startDate?.getTime() ?? 0) > this.since - clocks);
    const found = await Promise.all(recent.map((each) => this.read(each)));
    return found.filter((each) => each !== undefined);
  }

  private async read({ executionArn: arn = "", name = "", status }: ExecutionListItem): Promise<Execution | undefined> {
    const known = this.seen.get(arn);
    const failed = status !== "RUNNING" && status !== "SUCCEEDED";
    if (known !== undefined && (!known.ours || !failed)) {
      return known.ours ? { arn, status, cause: "", answers: known.answers } : undefined;
    }
    const region = this.plan.homeRegion;
    const {
      input = "",
      error = "",
      cause = "",
    } = await ask("states:DescribeExecution", region, () =>
      this.clients.sfn(region).describeExecution({ executionArn: arn }),
    );
    const ours = input.includes(`"${this.plan.user}"`);
    const answers = ours && answering.test(name);
    this.seen.set(arn, { ours, answers });
    return ours ? { arn, status, cause: [error, cause].filter(Boolean).join(": "), answers } : undefined;
  }
}
