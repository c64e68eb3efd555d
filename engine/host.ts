import { type Observation } from "../common/observation";
import { type Recorded } from "./program-provider";

/** What happened, or would happen, to one resource. */
export interface Step {
  urn: string;
  type: string;
  name: string;
  region?: string;
  /** `import` takes over what exists as it is; where the program says otherwise, an `update` follows. */
  op: "create" | "import" | "update" | "replace" | "delete" | "same";
  /** Paths of the properties that differ, where the host tells them. */
  changed?: string[];
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

/** A resource as a stack's state has it. Source: pulumi, apitype, `ResourceV3`. */
export interface ExportedResource {
  urn: string;
  type: string;
  id?: string;
  custom?: boolean;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  /** URNs. */
  dependencies?: string[];
  /** URN. */
  parent?: string;
  protect?: boolean;
  /** What is left of a replaced resource whose deletion has yet to be done; the resource itself has an entry of its own. */
  delete?: boolean;
  /** The program only reads it. */
  external?: boolean;
  /** When the state of it changed last, in RFC 3339. */
  modified?: string;
  /** Where the program declares it: `project:///components/x.ts#12,3`. */
  sourcePosition?: string;
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
  /**
   * Reads every resource of the state back, and compares the account with what the program wants. Nothing is written.
   *
   * @param program entry module. Default: `index`
   */
  refresh(program?: string): Promise<Observation[]>;
  /** What the emulator has no API for, and is therefore recorded only. */
  recordedOnly(): readonly Recorded[];
  close(): Promise<void>;
}
