import { awsCommand, baselineCommand, type CommandOptions } from "../../../common/command";
import { ExitCode } from "../../../common/errors";
import { type EvidenceEntry } from "../../evidence/entry";
import { deletionOf } from "../triage/credentials";
import { isContained } from "../contain/is-contained";
import { OUTCOME, TICKED } from "../marks";
import { KnownLeft } from "../sweep/left";
import { type Principal } from "../principal";
import { commandFor } from "../next";
import { type Readable } from "../contain/reachable";
import { type RespondOptions } from "../request";
import { type Subject } from "../subject";

/** What there is to do before an incident is over. */
export interface Item {
  id: string;
  text: string;
  /** What helps with it; commands, or words. */
  how: string[];
  /** `seen`: the account or the evidence shows that it is done. */
  state: "open" | "done" | "seen";
  /** When and why it was ticked off. */
  at?: string;
  note?: string;
}

/** What stands in evidence with `TICKED`. */
export interface Tick {
  items: string[];
  state: "done" | "open";
  note?: string;
}

export interface Facts {
  subject: Subject;
  options: RespondOptions;
  principal: Principal;
  readable: readonly Readable[];
  /** When the evidence begins, ISO 8601. */
  begun: string;
  entries: readonly Pick<EvidenceEntry, "step" | "call" | "time" | "input" | "result">[];
}

/** The checklist of an incident with its state. Order: aws-customer-playbook-framework, "Compromised IAM Credentials". */
export function checklist(facts: Facts): Item[] {
  const items = facts.subject.kind === "user" ? ofUser(facts) : ofRole(facts);
  return items.map((item) => ticked(item, facts.entries));
}

function ofUser(facts: Facts): Item[] {
  const { subject, principal, readable, begun } = facts;
  const { name, key } = subject;
  const keys = principal.keys;
  const others = principal.credentials ?? [];
  const old = keys?.filter(({ id }) => key === undefined || id === key) ?? [];
  return [
    item(
      "contain",
      "Its credentials are Inactive and everything is denied to it",
      [command(facts, "contain")],
      isContained(principal, { key, since: begun }),
    ),
    ...understood(facts),
    item("replace", "What used the key has something better", [
      "On AWS: a role of the instance, task or function. In CI: a role by OpenID Connect, without any key.",
      "A person: IAM Identity Center, or a new user with MFA. Only if nothing else will do, a new key of a new user:",
      awsCommand("iam", "create-user", { "user-name": "<new>" }),
      awsCommand("iam", "create-access-key", { "user-name": "<new>" }),
    ]),
    rotate(readable),
    backups(),
    item(
      "delete-key",
      "The old key is deleted, once nothing broke without it",
      old.map(({ id }) => awsCommand("iam", "delete-access-key", { "user-name": name, "access-key-id": id })),
      keys !== undefined && old.length === 0,
    ),
    ...(others.length === 0
      ? []
      : [
          item(
            "other-credentials",
            "What nobody made on purpose of its other credentials is deleted",
            others.map((each) => deletionOf(name, each)),
          ),
        ]),
    ...(principal.quarantine?.length === 0 && !wasQuarantined(facts)
      ? []
      : [
          item(
            "quarantine",
            "AWS's quarantine policy is detached, after the support case agreed",
            (principal.quarantine ?? []).map((policy) =>
              awsCommand("iam", "detach-user-policy", {
                "user-name": name,
                "policy-arn": `arn:aws:iam::aws:policy/${policy}`,
              }),
            ),
            principal.quarantine?.length === 0,
          ),
        ]),
    supportCase(facts),
    item("user", "The user is removed, or given back by undo with a new password and MFA", [
      command(facts, "contain", { undo: true }),
    ]),
    ...afterwards(facts),
  ];
}

function ofRole(facts: Facts): Item[] {
  const { principal, readable, begun } = facts;
  return [
    item(
      "contain",
      "Its older sessions are revoked",
      [command(facts, "contain")],
      // A revocation of an incident before this ended other sessions.
      isContained(principal, { since: begun }),
    ),
    ...understood(facts),
    item("source", "Where the session's keys got out is known and closed", [
      "An instance: IMDSv2 only, and the application's hole. CI: its logs. A person: the key that began the session.",
    ]),
    item("trust", "Only those may assume the role who must", [
      awsCommand("iam", "get-role", { "role-name": facts.subject.name }),
    ]),
    item("workloads", "What runs with the role has new sessions", [
      "Instances renew theirs by themselves within hours; restart what must work at once.",
    ]),
    rotate(readable),
    backups(),
    supportCase(facts),
    ...afterwards(facts),
  ];
}

function stillThere({ left }: KnownLeft): string[] {
  const kinds = [...new Set(left.map(({ kind }) => (kind === "other" ? "things that were not looked up" : kind)))];
  return left.length === 0
    ? []
    : [
        `${left.length} thing(s) are left: ${kinds.join(", ")}. The sweep prints the commands that close or remove them; run it again afterwards. What you keep: --done sweep --note <why>.`,
      ];
}

/** What stands out does not leave a step open; what could not be read does. */
function isComplete(exitCode: number | undefined): boolean {
  return exitCode === ExitCode.ok || exitCode === ExitCode.found;
}

function understood(facts: Facts): Item[] {
  const ended = (step: string) =>
    facts.entries.some(
      (entry) =>
        entry.step === step && entry.call === OUTCOME && isComplete((entry.result as { exitCode?: number })?.exitCode),
    );
  const known = new KnownLeft();
  facts.entries.forEach((entry) => known.add(entry));
  return [
    item("timeline", "What it was used for is known", [command(facts, "timeline")], ended("timeline")),
    item(
      "sweep",
      "Nothing it made is left",
      [command(facts, "sweep"), ...stillThere(known)],
      known.isComplete && known.left.length === 0,
    ),
  ];
}

function rotate(readable: readonly Readable[]): Item {
  const names = readable.map(({ service, region, name }) => `${service} in ${region}: ${name}`);
  return item(
    "rotate",
    `What it could read is changed where it comes from (${names.length} by its policies)`,
    names,
    false,
  );
}

const backups = () =>
  item("backups", "Data is as it was, or restored from before the first misuse", [
    "AWS Backup's recovery points, S3 versions, EBS and RDS snapshots; for AWS Backup:",
    awsCommand("backup", "list-recovery-points-by-backup-vault", { "backup-vault-name": "<vault>" }),
  ]);
const supportCase = (facts: Facts) =>
  item("support-case", "The support case is answered: key id, times, what was seen, what was done", [
    command(facts, "report"),
  ]);
const afterwards = (facts: Facts) => [
  item("root", "Root has MFA and no keys; the account's contacts are right", [
    baselineCommand("audit", [], { endpoint: facts.options.endpoint }),
  ]),
  item("report", "The report is written, and what let it happen is changed", [command(facts, "report")]),
];

function command({ subject, options }: Facts, step: string, flags: CommandOptions = {}): string {
  return commandFor(subject, step, flags, options);
}

function item(id: string, text: string, how: string[], seen?: boolean): Item {
  return { id, text, how, state: seen ? "seen" : "open" };
}

function wasQuarantined({ entries }: Facts): boolean {
  return entries.some(({ step, call, result }) => {
    const names = (result as { json?: { principal?: Principal } } | undefined)?.json?.principal?.quarantine;
    return step === "triage" && call === OUTCOME && (names?.length ?? 0) > 0;
  });
}

/** The last word of whoever ticked it counts for more than what is seen. */
function ticked(each: Item, entries: Facts["entries"]): Item {
  const last = entries.filter(({ call, input }) => call === TICKED && (input as Tick).items.includes(each.id)).at(-1);
  if (last === undefined) {
    return each;
  }
  const { state, note } = last.input as Tick;
  return { ...each, state, at: last.time, ...(note !== undefined && { note }) };
}
