import { deactivationOf, nameOfCredential, isOpen } from "../triage/credentials";
import { denyEverything, denyOlderThan, policyNames, revokedUntil, sameDocument } from "./deny";
import { type AwsCall, type PlannedCall } from "../../evidence/planned-call";
import { type KeyState, type Principal } from "../principal";
import { type Subject } from "../subject";

export interface ContainOptions {
  prefix: string;
  /** Name of the evidence folder, for the tag. */
  incident: string;
  /** When the incident began, ISO 8601: sessions revoked before that were revoked for another reason. */
  since: string;
  allKeys?: boolean;
  denyRole?: boolean;
  revokeAgain?: boolean;
  disableConsole?: boolean;
}

export interface ContainPlan {
  calls: PlannedCall[];
  /** What is contained already. */
  holds: string[];
  /** What this leaves as it is, and how to have it otherwise. */
  notes: string[];
}

/**
 * What to call so that nothing can be done with a user's or a role's credentials any more, the most urgent first. What
 * could not be told of the state is taken for not done: each call does no harm a second time.
 */
export function planContainment(subject: Subject, state: Principal, options: ContainOptions, now: Date): ContainPlan {
  const plan: ContainPlan = { calls: [], holds: [], notes: [] };
  if (subject.kind === "user") {
    keys(plan, subject, state, options);
  }
  revoke(plan, subject, state, options, now);
  deny(plan, subject, state, options);
  others(plan, subject, state);
  const marked = state.tags?.[`${options.prefix}:incident`] === tagValue(options.incident);
  if (plan.calls.length > 0 || !marked) {
    mark(plan, subject, state, options, now);
  }
  if (subject.kind === "user") {
    console(plan, subject, state, options);
  }
  return plan;
}

function keys(plan: ContainPlan, subject: Subject, state: Principal, { allKeys }: ContainOptions): void {
  const named = subject.temporary ? undefined : subject.key;
  // A user is named when nobody knows which key it was; then all of them are in doubt.
  const all = allKeys || subject.key === undefined;
  const unlisted: (Pick<KeyState, "id"> & { status?: string })[] = named === undefined ? [] : [{ id: named }];
  const known = state.keys ?? unlisted;
  if (state.keys && named !== undefined && !state.keys.some(({ id }) => id === named)) {
    plan.holds.push(`Key ${named} is deleted.`);
  }
  for (const { id, status } of known) {
    if (status === "Inactive") {
      plan.holds.push(`Key ${id} is Inactive.`);
    } else if (all || id === named) {
      plan.calls.push(deactivation(subject.name, id, status !== undefined));
    } else {
      plan.notes.push(`Key ${id} of the same user stays Active; what it may do is denied. --all-keys deactivates it.`);
    }
  }
  if (subject.temporary) {
    plan.notes.push(
      `${subject.key} is a session's key: it cannot be made Inactive, its session is revoked instead.` +
        (all ? "" : " The key that began the session is unknown: consider --all-keys."),
    );
  }
  if (state.keys === undefined && all) {
    plan.notes.push("The user's keys could not be listed: none but the one named can be made Inactive.");
  }
}

/** @param known whether it is Active: one that may have been Inactive before is not for undo to open */
function deactivation(UserName: string, AccessKeyId: string, known: boolean): PlannedCall {
  const call = (Status: string): AwsCall => ({
    service: "iam",
    action: "UpdateAccessKey",
    parameters: { UserName, AccessKeyId, Status },
  });
  return {
    ...call("Inactive"),
    why: `nobody can sign with key ${AccessKeyId} any more`,
    ...(known
      ? { undo: { ...call("Active"), why: `key ${AccessKeyId} opens the account again, for whoever has it` } }
      : { noUndo: `Whether key ${AccessKeyId} was Active before could not be told; set it Active by hand if it was.` }),
  };
}

function revoke(
  plan: ContainPlan,
  subject: Subject,
  state: Principal,
  { prefix, revokeAgain, since }: ContainOptions,
  now: Date,
): void {
  const { revoke: name } = policyNames(prefix, subject.kind);
  const until = revokedUntil(state.revokePolicy);
  if (until !== undefined && stillMatters(until, since, now) && !revokeAgain) {
    plan.holds.push(`Sessions begun before ${until} are revoked (${name}); --revoke-again ends newer ones too.`);
    return;
  }
  const document = denyOlderThan(now.toISOString());
  plan.calls.push(putPolicy(subject, name, document, state.revokePolicy, `sessions begun until now may do nothing`));
  if (subject.kind === "role") {
    plan.notes.push("Whoever may assume the role can begin a new session: look at its trust policy, or --deny-role.");
  }
}

/** Longest that a session lives, in milliseconds. Source: STS API Reference, GetSessionToken. */
const LONGEST_SESSION = 36 * 60 * 60 * 1000;

/** One of another incident revoked others; one older than any session revokes none that is still there. */
function stillMatters(until: string, since: string, now: Date): boolean {
  const at = Date.parse(until);
  return at >= Date.parse(since) && now.getTime() - at < LONGEST_SESSION;
}

function deny(plan: ContainPlan, subject: Subject, state: Principal, { prefix, denyRole }: ContainOptions): void {
  const { deny: name } = policyNames(prefix, subject.kind);
  if (sameDocument(state.denyPolicy, denyEverything())) {
    plan.holds.push(`Everything is denied to the ${subject.kind} (${name}).`);
  } else if (subject.kind === "user" || denyRole) {
    const why = `the ${subject.kind} may do nothing, by whatever credentials`;
    if (subject.kind === "user") {
      plan.notes.push(
        "Sessions of roles that the user assumed before go on: the timeline names these roles; contain each.",
      );
    }
    plan.calls.push(putPolicy(subject, name, denyEverything(), state.denyPolicy, why));
  }
}

/** What is denied already breaks no more by this; but a policy can be removed, or not be written at all. */
function others(plan: ContainPlan, subject: Subject, { credentials = [] }: Principal): void {
  for (const credential of credentials) {
    if (isOpen(credential)) {
      plan.calls.push(deactivationOf(subject.name, credential));
    } else {
      plan.holds.push(`${capital(nameOfCredential(credential))} is ${credential.status}.`);
    }
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function putPolicy(
  subject: Subject,
  PolicyName: string,
  PolicyDocument: string,
  before: string | undefined,
  why: string,
): PlannedCall {
  const { kind, who } = idOf(subject);
  const parameters = { ...who, PolicyName, PolicyDocument };
  const call: PlannedCall = { service: "iam", action: `Put${kind}Policy`, parameters, why };
  if (before === undefined) {
    return { ...call, noUndo: `What ${PolicyName} said before could not be read: look whether it may be deleted.` };
  }
  const undo: PlannedCall["undo"] =
    before === "none"
      ? {
          service: "iam",
          action: `Delete${kind}Policy`,
          parameters: { ...who, PolicyName },
          why: `${PolicyName} is taken away`,
        }
      : {
          service: "iam",
          action: `Put${kind}Policy`,
          parameters: { ...who, PolicyName, PolicyDocument: before },
          why: `${PolicyName} is as it was before`,
        };
  return { ...call, undo };
}

/** Tags that containment leaves, so that whoever finds the user next year knows why it does not work. */
function mark(plan: ContainPlan, subject: Subject, state: Principal, options: ContainOptions, now: Date): void {
  const { kind, who } = idOf(subject);
  const keys = { incident: `${options.prefix}:incident`, contained: `${options.prefix}:contained` };
  const before = Object.values(keys).flatMap((Key) => {
    const Value = state.tags?.[Key];
    return Value === undefined ? [] : [{ Key, Value }];
  });
  const Tags = [
    { Key: keys.incident, Value: tagValue(options.incident) },
    { Key: keys.contained, Value: now.toISOString() },
  ];
  plan.calls.push({
    service: "iam",
    action: `Tag${kind}`,
    parameters: { ...who, Tags },
    why: "whoever meets it later sees that it was contained, and where that is written",
    undo:
      before.length > 0
        ? { service: "iam", action: `Tag${kind}`, parameters: { ...who, Tags: before }, why: "the tags are as before" }
        : {
            service: "iam",
            action: `Untag${kind}`,
            parameters: { ...who, TagKeys: Object.values(keys) },
            why: "the tags are taken away",
          },
  });
}

// Source: IAM API Reference, Tag.
function tagValue(text: string): string {
  return text.replace(/[^\w .:/=+@-]/g, "_").slice(0, 256);
}

function console(plan: ContainPlan, subject: Subject, state: Principal, options: ContainOptions): void {
  if (state.console === false) {
    plan.holds.push("The user has no password for the console.");
  } else if (options.disableConsole) {
    plan.calls.push({
      service: "iam",
      action: "DeleteLoginProfile",
      parameters: { UserName: subject.name },
      why: "nobody can sign in to the console as the user",
      noUndo: "The password is gone; give the user a new one when the incident is over.",
      absentIsDone: true,
    });
  } else {
    plan.notes.push(
      "The console password stays: whoever signs in with it may do nothing there. Deleting it cannot be undone; " +
        "--disable-console does.",
    );
  }
}

function idOf({ kind, name }: Subject): { kind: "User" | "Role"; who: Record<string, string> } {
  return kind === "user" ? { kind: "User", who: { UserName: name } } : { kind: "Role", who: { RoleName: name } };
}
