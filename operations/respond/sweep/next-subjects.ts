import { type AwsClients } from "../../../aws/clients";
import { limiter } from "../../../common/limit";
import { policyNames } from "../contain/deny";
import { isContained } from "../contain/is-contained";
import { commandFor, type Next } from "../next";
import { principalOf } from "../principal";
import { type RespondOptions } from "../request";
import { type Subject } from "../subject";
import { type Found } from "./model";

/** By `user/<name>` or `role/<name>`: the inline policies that contain it. */
export type Contained = ReadonlyMap<string, readonly string[]>;

/** As many at a time as IAM answers without throttling. */
const parallel = 4;

/**
 * Identities the subject made, or gave a way in: each is contained like the subject itself, before anything else. The
 * subject is not among them.
 *
 * @param contained those that need nothing more
 */
export function nextSubjects(
  found: readonly Found[],
  subject: Subject,
  options: RespondOptions,
  contained: Contained = new Map(),
): Next[] {
  return openedBy(found, subject)
    .filter((each) => !contained.has(each))
    .map((each) => ({
      why: `it made or opened ${each}, the next one to contain`,
      command: containing(each, options),
    }));
}

/** The command that contains `user/<name>` or `role/<name>`. It is an incident of its own, with evidence of its own. */
export function containing(each: string, { endpoint, profile }: RespondOptions): string {
  const [kind, name = ""] = each.split(/\/(.*)/) as ["user" | "role", string];
  const where = { ...(endpoint !== undefined && { endpoint }), ...(profile !== undefined && { profile }) };
  return commandFor({ kind, name }, "contain", {}, { prefix: "", ...where });
}

/** Which of those identities are contained already; one that could not be read is not. */
export async function containedAmong(
  aws: AwsClients,
  found: readonly Found[],
  subject: Subject,
  { prefix }: RespondOptions,
): Promise<Contained> {
  const limit = limiter(parallel);
  const names = await Promise.all(
    openedBy(found, subject).map((each) =>
      limit(async () => {
        const [kind, name = ""] = each.split(/\/(.*)/) as ["user" | "role", string];
        const made = found.filter((thing) => identity(thing).includes(each)).map(({ time }) => time);
        const since = made.sort().at(-1) ?? "";
        const principal = await principalOf(aws, { kind, name }, prefix);
        const { deny, revoke } = policyNames(prefix, kind);
        const policies = [
          ...(isThere(principal.denyPolicy) ? [deny] : []),
          ...(isThere(principal.revokePolicy) ? [revoke] : []),
        ];
        return isContained(principal, { since }) ? [[each, policies] as const] : [];
      }),
    ),
  );
  return new Map(names.flat());
}

function isThere(document: string | undefined): boolean {
  return document !== undefined && document !== "none";
}

/** What was found, with what it says of an identity that is contained: its password opens a console that denies everything. */
export function withContained(found: readonly Found[], contained: Contained): Found[] {
  return found.map((each) => {
    const [who] = each.state === "exists" ? identity(each) : [];
    return who !== undefined && contained.has(who) ? { ...each, detail: `${each.detail}; ${who} is contained` } : each;
  });
}

function openedBy(found: readonly Found[], subject: Subject): string[] {
  const names = new Set(found.filter(({ state, unattributed }) => state !== "gone" && !unattributed).flatMap(identity));
  names.delete(`${subject.kind}/${subject.name}`);
  // It shall be copied into a shell; a name that is none of IAM's came from elsewhere.
  return [...names].filter((each) => /^(user|role)\/[\w+=,.@-]{1,64}$/.test(each));
}

function identity({ kind, id, of = "" }: Found): string[] {
  if (kind === "user" || kind === "console password") return [`user/${id}`];
  if (kind === "role" || kind === "trust of role") return [`role/${id}`];
  return kind === "access key" && of !== "" ? [`user/${of}`] : [];
}
