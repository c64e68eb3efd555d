import { type Observation } from "../../common/observation";
import { type Recorded } from "../provider";

/** What happened, or would happen, to one resource. */
export interface Step {
  urn: string;
  type: string;
  name: string;
  region?: string;
  op: "create" | "update" | "replace" | "delete" | "same";
}

/** What the policy pack says of one resource. */
export interface PolicyFinding {
  policy: string;
  level: "mandatory" | "advisory";
  severity: string;
  urn: string;
  /** What, where, why, how to fix; a few lines. */
  message: string;
}

export interface RunResult {
  /** `blocked`: a mandatory policy stood in the way, and nothing was done. */
  outcome: "done" | "blocked";
  steps: Step[];
  findings: PolicyFinding[];
}

/** Whatever runs a program against the practice account: a host in this process, or a real Pulumi engine. */
export interface Host {
  /** Which engine does the work, in words. */
  readonly engine: string;
  /** Which provider does the work, in words. */
  readonly provider: string;
  /** What would happen. Policies included; nothing is written. @param program entry module, from the package's root, such as `index` */
  preview(program: string): Promise<RunResult>;
  /** Makes the account what the program says, unless a mandatory policy refuses. */
  up(program: string): Promise<RunResult>;
  /** Reads every managed resource back. Nothing is written. */
  refresh(): Promise<Observation[]>;
  /** What the emulator has no API for, and is therefore recorded only. */
  recordedOnly(): readonly Recorded[];
  close(): Promise<void>;
}
