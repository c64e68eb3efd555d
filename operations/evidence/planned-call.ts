import { UnreadableAnswer } from "../../aws/unanswered";
import { type AwsClients, type AwsService } from "../../aws/clients";
import { wrap } from "../../common/table";

/** A call to AWS as data: the same that is shown, recorded and made. */
export interface AwsCall {
  /** As in `AwsClients`. */
  service: AwsService;
  /** As in AWS's API reference: `UpdateAccessKey`. */
  action: string;
  region?: string;
  parameters: Record<string, unknown>;
}

/** A call that changes something, and the way back. */
export interface PlannedCall extends AwsCall {
  /** What it is for, as a sentence without a full stop. */
  why: string;
  /** Absent when there is no way back; `noUndo` says why then. */
  undo?: AwsCall & { why: string };
  noUndo?: string;
  /** That the thing is gone is as good as done. */
  absentIsDone?: boolean;
}

export async function send(aws: AwsClients, { service, action, region, parameters }: AwsCall): Promise<unknown> {
  const client = aws[service](region) as unknown as Record<string, (input: object) => Promise<unknown>>;
  const method = action.charAt(0).toLowerCase() + action.slice(1);
  const answer = await client[method]!(parameters);
  const ids = (parameters as { InstanceIds?: string[] }).InstanceIds ?? [];
  const said = JSON.stringify(answer);
  const missing = ids.find((each) => !said.includes(JSON.stringify(each)));
  if (missing !== undefined) {
    throw new UnreadableAnswer(`an answer that does not name ${missing}`);
  }
  return answer;
}

/** `iam:UpdateAccessKey`, as in evidence and policies. */
export function nameOfCall({ service, action }: AwsCall): string {
  return `${service}:${action}`;
}

/** Service, action, region and every parameter, for people. */
export function shown(call: AwsCall & { why?: string }, width = 80): string[] {
  const where = call.region === undefined ? "" : ` in ${call.region}`;
  const why = call.why === undefined ? [] : wrap(call.why, width - 4).map((line) => `    ${line}`);
  const parameters = Object.entries(call.parameters).flatMap(([name, value]) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return chopped(`${name}: ${text}`, width - 6).map((line, index) => `    ${index > 0 ? "  " : ""}${line}`);
  });
  return [`  ${nameOfCall(call)}${where}`, ...why, ...parameters];
}

// A policy document has no spaces to break it at.
function chopped(text: string, width: number): string[] {
  return text.match(new RegExp(`.{1,${width}}`, "gs")) ?? [];
}
