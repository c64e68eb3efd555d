import type { Clients } from "../../../sandbox/provider";
import type { Props } from "../../../common/properties";

export interface Made {
  readonly id: string;
  readonly outs: Props;
}

export interface Case {
  readonly type: string;
  /** What must be there first. */
  readonly before?: (make: (type: string, inputs: Props) => Promise<Made>, clients: Clients) => Promise<Props>;
  readonly inputs: (before: Props) => Props;
  /** Somebody changes it behind our back; these paths, and no others, are told by the next read. */
  readonly drift?: {
    readonly paths: string[];
    readonly change: (clients: Clients, made: Made, before: Props) => Promise<unknown>;
  };
  readonly update?: (inputs: Props) => Props;
  /** Still there after a delete: AWS cannot take it away, or the record in the state is all there is of it. */
  readonly stays?: true;
}

export const REGION = "eu-west-1";
export const document = (action: string, resource = "*") =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: action, Resource: resource }] });
export const trust = (service: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });
export const text = (value: unknown) => String(value);
