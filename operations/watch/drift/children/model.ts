import { type AwsClients } from "../../../../aws/clients";
import { type Severity } from "../../../output/severity";
import { type Call } from "../../../../aws/attempt";

/** A resource of the program: what it wants, and what the stack's state knows of it. */
export interface Known {
  urn: string;
  /** Pulumi type token. */
  type: string;
  /** Empty where the state does not have it. */
  id: string;
  region?: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
}

/** Something on one of the program's resources that the program does not declare. */
export interface Child {
  /** Pulumi type token of such a thing. */
  type: string;
  name: string;
  /** ARN, or what else names it in the account. */
  id: string;
  severity: Severity;
  /** What it means for the account, as the end of a sentence. */
  means: string;
  /** What it is set to, by property. */
  found?: Record<string, unknown>;
  /** Texts that CloudTrail's event of its making holds, all of them. Default: its name. */
  knownAs?: string[];
}

export interface Asking {
  aws: AwsClients;
  call: Call;
  /** Where it is asked. */
  region: string;
  accountId: string;
  /** Everything the program declares and the account has. */
  program: Program;
}

/** How to list what hangs on a type of resource. */
export interface ChildLook {
  /** What is looked for, in the plural, as a report names it. */
  what: string;
  /** Type token of the parents. One that exists once in a region is asked for once in each. */
  of: string;
  once?: "per region";
  /** IAM actions it takes. */
  actions: readonly string[];
  find: (asking: Asking, parent: Known) => Promise<Child[]>;
}

/** What the program declares, by type. */
export class Program {
  private readonly byType = new Map<string, Known[]>();

  constructor(all: readonly Known[]) {
    for (const each of all) {
      this.byType.set(each.type, [...this.of(each.type), each]);
    }
  }

  of(type: string): readonly Known[] {
    return this.byType.get(type) ?? [];
  }

  /** Whether it declares a resource of that type with these values of inputs, outputs or the id. */
  declares(type: string, wanted: Record<string, unknown>): boolean {
    return this.of(type).some((each) => Object.entries(wanted).every(([key, value]) => textOf(each, key) === value));
  }
}

/** An input of a resource as text, else an output of that name. */
export function textOf({ id, inputs, outputs, region }: Known, key: string): string | undefined {
  const value = { id, region }[key] ?? inputs[key] ?? outputs[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** What a call gives, or undefined where AWS says that there is none. @param names of AWS's errors that say so */
export async function unlessNone<T>(call: Promise<T>, ...names: string[]): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    const cause = (error as { cause?: unknown }).cause ?? error;
    if (cause instanceof Error && names.includes(cause.name)) {
      return undefined;
    }
    throw error;
  }
}
