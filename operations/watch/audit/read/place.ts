import { type AwsClients } from "../../../../aws/clients";
import { type Attempts, type Call } from "../../../../aws/attempt";
import { type AuditPart } from "../model";
import { type Subjects } from "../rules/subjects";

/** Takes one subject as soon as it is read; it is judged at once and not kept. */
export type See = <Kind extends keyof Subjects>(kind: Kind, subject: Subjects[Kind]) => void;

/** What every reader needs. */
export interface Place {
  aws: AwsClients;
  attempts: Attempts<AuditPart>;
  /** Where it is asked; for account-wide things the partition's global region. */
  region: string;
  now: Date;
  see: See;
  /** Once aborted, nothing more is asked. */
  signal?: AbortSignal;
}

/** Reads one part; what was seen before a call failed stays seen, and why it failed is kept as a problem. */
export function reading(
  { attempts, region, signal }: Place,
  part: AuditPart,
  look: (call: Call) => Promise<void>,
): Promise<void> {
  return attempts.one<void>(part, region, undefined, (call) =>
    look((action, send) => {
      signal?.throwIfAborted();
      return call(action, send);
    }),
  );
}

/** Whose a thing is, by its tag `Owner`. */
export function ownerIn(tags: readonly { Key?: string; Value?: string }[] | undefined): { owner?: string } {
  const owner = tags?.find(({ Key }) => /^owner$/i.test(Key ?? ""))?.Value;
  return owner ? { owner } : {};
}

/** A date of the SDK as ISO 8601, under a name; nothing where there is none. */
export function dated<Name extends string>(name: Name, date: Date | undefined): Partial<Record<Name, string>> {
  return date === undefined ? {} : ({ [name]: date.toISOString() } as Partial<Record<Name, string>>);
}
