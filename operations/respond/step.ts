import { type AwsClients } from "../../aws/clients";
import { type Identity } from "../../aws/identity";
import { type Evidence } from "../evidence/evidence";
import { type Next } from "./next";
import { type Named, type RespondOptions } from "./request";
import { type Subject } from "./subject";

/** What a step works with. */
export interface StepContext {
  subject: Subject;
  /** Who asks; absent where the step works from the evidence alone. */
  identity?: Identity;
  /** Every call through these becomes a line of evidence. */
  aws: AwsClients;
  /** The same account, unrecorded: for bulk reading, whose sum the step records itself. */
  bulk: AwsClients;
  evidence: Evidence;
  /** The evidence folder; a step may keep files of its own there. */
  folder: string;
  /** The folder is removed after the run, so nothing in it can be named. */
  isUnrecorded?: true;
  /** False: nothing is changed in the account, only shown. */
  apply: boolean;
  /** Everything the command line said, also of options that steps bring along. */
  options: RespondOptions;
  /** Ctrl-C. A step that `stopsItself` ends soon after with what it has; any other is cut off. */
  signal: AbortSignal;
  say: (text: string) => void;
  now: () => Date;
}

/** How a step ended. It is printed, and recorded, so that the report can quote it. */
export interface StepOutcome {
  exitCode: number;
  /** For people, at most 80 columns as far as words allow. */
  text: string;
  /** The text is a document of its own (Markdown, HTML): nothing is printed after it. */
  isDocument?: true;
  /** For scripts; plain JSON. */
  json: object;
  /** What to do before what comes after the step anyway. */
  next?: readonly Next[];
}

/** A step that writes no evidence and asks for itself what it needs. @returns the exit code */
export type StepAlone = (named: Named, options: RespondOptions) => Promise<number>;

export type StepRun = (context: StepContext) => Promise<StepOutcome>;

/** A line of the table of steps (`steps.ts`). */
export type Step = RecordedStep | LoneStep;

/** A step that works with the evidence of an incident, and adds to it. */
export interface RecordedStep extends StepFacts {
  /** Loaded only when it runs. */
  load: () => Promise<StepRun>;
  /** What it writes into the folder is its result: without the folder it can do nothing. */
  needsFolder?: true;
  alone?: undefined;
}

interface LoneStep extends StepFacts {
  alone: () => Promise<StepAlone>;
}

interface StepFacts {
  name: string;
  /** For --help, without a full stop. */
  summary: string;
  /** It heeds `--apply`. */
  changes?: boolean;
  /** Flags and descriptions of options that this step reads, and the names of others that do; no other takes them. */
  options?: readonly (readonly [flags: string, description: string, others?: readonly string[] | "every"])[];
  /** It works from the evidence: AWS is asked only when that does not say who it is about. */
  offline?: boolean;
  /** It ends by itself on `signal`, with a partial result. */
  stopsItself?: boolean;
}
