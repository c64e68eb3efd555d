import { type KeyUse, type Triage } from "./model";
import { ExitCode } from "../../../common/errors";
import { documentsOf } from "../../account/identity/documents";
import { verdictOn } from "../../account/identity/verdict";
import { type HeldDocuments } from "../../account/identity/model";
import { policyNames } from "../contain/deny";
import { findingsAbout } from "./findings";
import { locksOut } from "../contain/lock-out";
import { callerOf } from "../caller";
import { isContained } from "../contain/is-contained";
import { Looks } from "./look";
import { commandFor } from "../next";
import { type KeyState, isQuarantine, type Principal, principalOf } from "../principal";
import { sessionsOf } from "./sessions";
import { CONSOLE_HOURS, signInsOf } from "./sign-ins";
import { type StepContext, type StepOutcome } from "../step";
import { triageText } from "./triage-words";
import { regionsToAsk } from "../where";

/**
 * Whose the credentials are and what they open. Reads only.
 *
 * IAM actions: those of `contain` that read, `iam:GetAccessKeyLastUsed`, those of `documentsOf`; `ec2:DescribeRegions`,
 * `guardduty:ListDetectors`, `ListFindings`, `GetFindings`; for a role, and for a user whose password was used lately,
 * `cloudtrail:LookupEvents`.
 * @returns exit code 1 when a part of the picture is missing
 */
export async function triage(context: StepContext): Promise<StepOutcome> {
  const found = await look(context);
  const { subject, options } = context;
  const isDone = isContained(found.principal, { key: subject.key, since: context.now().toISOString() });
  const timeline = {
    why: "it is contained already; what it was used for",
    command: commandFor(subject, "timeline", {}, options),
  };
  return {
    exitCode: found.problems.length > 0 ? ExitCode.failed : ExitCode.ok,
    text: triageText(found, context.now()),
    json: found,
    ...(isDone && { next: [timeline] }),
  };
}

async function look({ aws, subject, options, say, now }: StepContext): Promise<Triage> {
  say(`looking at ${subject.kind} ${subject.name}`);
  const looks = new Looks(aws);
  const [caller, principal, held, asked] = await Promise.all([
    callerOf(aws),
    principalOf(aws, subject, options.prefix),
    documentsOf(aws, subject.kind === "user" ? { user: subject.name } : { role: subject.name }),
    regionsToAsk(looks, options),
  ]);
  say(`asking GuardDuty in ${asked.length} region(s)`);
  const { arn } = principal;
  const [keys, guardduty, sessions, signIns] = await Promise.all([
    usesOf(looks, principal.keys),
    findingsAbout(looks, subject, asked),
    subject.kind === "role" && arn !== undefined ? sessionsOf(looks, arn, asked) : undefined,
    maybeSignedIn(principal, now()) ? signInsOf(looks, subject.name, asked, now()) : undefined,
  ]);
  const before = withoutContainment(held, policyNames(options.prefix, subject.kind));
  return {
    subject,
    ...(locksOut(caller, subject) && { yourself: caller.arn }),
    principal,
    ...(keys && { keys }),
    groups: [...held.groups],
    policies: [...held.policies, ...(held.boundary ? [held.boundary] : [])].map(({ source }) => source),
    verdict: verdictOn(before),
    guardduty,
    ...(sessions && { sessions }),
    ...(signIns && { signIns }),
    problems: [...new Set([...principal.problems, ...held.problems, ...looks.problems])],
  };
}

/** Hours more than a console session lasts: IAM notes the use of a password minutes later. */
function maybeSignedIn({ passwordLastUsed }: Principal, now: Date): boolean {
  const hours = (now.getTime() - Date.parse(passwordLastUsed ?? "")) / (60 * 60 * 1000);
  return hours < CONSOLE_HOURS + 1;
}

async function usesOf(looks: Looks, keys: readonly KeyState[] | undefined): Promise<KeyUse[] | undefined> {
  return keys && Promise.all(keys.map((key) => useOf(looks, key)));
}

async function useOf(looks: Looks, key: KeyState): Promise<KeyUse> {
  const AccessKeyId = key.id;
  const asked = await looks.part("iam:GetAccessKeyLastUsed", () =>
    looks.aws.iam().getAccessKeyLastUsed({ AccessKeyId }),
  );
  const { LastUsedDate, ServiceName = "", Region = "" } = asked?.AccessKeyLastUsed ?? {};
  return LastUsedDate
    ? { ...key, lastUsed: { at: LastUsedDate.toISOString(), service: ServiceName, region: Region } }
    : key;
}

/** What the thief could do before somebody came. */
export function withoutContainment(
  held: HeldDocuments,
  { deny, revoke }: { deny: string; revoke: string },
): HeldDocuments {
  const ours = new Set([`inline policy ${deny}`, `inline policy ${revoke}`]);
  const { policies } = held;
  const kept = policies.filter(({ source, arn }) => !ours.has(source) && !isQuarantine(arn?.split("/").at(-1) ?? ""));
  return { ...held, policies: kept };
}
