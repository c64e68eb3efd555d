import { table, wrap } from "../../../common/table";
import { listed } from "../contain/words";
import { type OtherCredential, nameOfCredential, isOpen } from "./credentials";
import { denyEverything, revokedUntil, sameDocument } from "../contain/deny";
import { type KeyUse, type Triage } from "./model";
import { unchangeable } from "../contain/unchangeable";

const day = 24 * 60 * 60 * 1000;
/** Findings and sessions that are shown; all are in the JSON. */
const SHOWN = 8;

/** The triage for people. */
export function triageText(found: Triage, now: Date): string {
  const { subject, principal, guardduty, sessions, problems } = found;
  const { findings, watched, regions } = guardduty;
  const rows = [
    ["Whose", whose(found)],
    ...(subject.kind === "user" ? keyRows(found, now) : []),
    ...(subject.kind === "user" ? [...credentialRows(found, now), ...userRows(found)] : roleRows(found)),
    ["May do", mayDo(found)],
    ["Policies", found.policies.join("; ") || "none"],
    ["Contained", contained(found)],
    [
      "GuardDuty",
      watched === 0
        ? `off, or not to be read, in all ${regions} region(s): it tells nothing, good or bad`
        : `${findings.length} finding(s) in the ${watched} of ${regions} region(s) that answer and have it on`,
    ],
  ];
  return [
    table(rows),
    ...listed(
      "GuardDuty's findings, the worst first:",
      findings.slice(0, SHOWN).map((each) => {
        const archived = each.archived ? ", archived" : "";
        return `${each.type} (${each.severity}) in ${each.region}, ${each.count} time(s), last ${each.lastSeen}${archived}`;
      }),
    ),
    ...listed(
      "The newest sessions of the role:",
      (sessions ?? [])
        .slice(0, SHOWN)
        .map(({ time, by, sourceIp, region }) => `${time} ${by} from ${sourceIp} in ${region}`),
    ),
    ...listed(
      "Console sessions that may be open:",
      (found.signIns ?? [])
        .slice(0, SHOWN)
        .map(
          ({ time, sourceIp, region, mfa }) =>
            `${time} from ${sourceIp} in ${region}, ${mfa ? "with MFA" : "WITHOUT MFA"}`,
        ),
    ),
    ...listed("Could not be told:", problems),
    ...(found.yourself === undefined ? [] : ["", ...wrap(`${yourself} (${found.yourself})`, 80)]),
    ...cannotContain(found),
    ...(principal.quarantine?.length ? ["", ...wrap(quarantineAdvice, 80)] : []),
  ].join("\n");
}

function cannotContain({ subject, principal }: Triage): string[] {
  const { why, instead } = unchangeable(subject, principal.arn) ?? {};
  return why === undefined || instead === undefined ? [] : ["", ...wrap(`${why} ${instead.replaceAll("\n", " ")}`, 80)];
}

const quarantineAdvice =
  "AWS knows of the leak: there is a support case. Leave its policy attached until the case says otherwise; credentials " +
  "it is attached to cannot run this.";

const yourself =
  "You run this as the very identity it is about. Containing it would lock you out, and where AWS has quarantined it, it " +
  "may not even look: run it as somebody else";

function whose({ subject, principal }: Triage): string {
  const key = subject.key === undefined ? "" : `${subject.key} of `;
  const session = subject.session === undefined ? "" : `, session ${subject.session}`;
  const created = principal.created === undefined ? "" : `, created ${principal.created.slice(0, 10)}`;
  return `${key}${subject.kind} ${subject.name}${session} (${principal.arn ?? "ARN unknown"}${created})`;
}

function keyRows({ keys, subject }: Triage, now: Date): string[][] {
  if (keys === undefined) {
    return [["Keys", "could not be listed"]];
  }
  if (keys.length === 0) {
    return [["Keys", "none"]];
  }
  return keys.map((key) => [
    key.id === subject.key ? "This key" : subject.key ? "Other key" : "Key",
    describeKey(key, now),
  ]);
}

function describeKey({ id, status, created, lastUsed }: KeyUse, now: Date): string {
  const used = lastUsed ? `last used ${lastUsed.at} for ${lastUsed.service} in ${lastUsed.region}` : "no use on record";
  return `${id}: ${status}${age(created, now)}, ${used}`;
}

function credentialRows({ principal: { credentials } }: Triage, now: Date): string[][] {
  if (credentials === undefined) {
    return [["Other ways in", "could not be listed"]];
  }
  return credentials.length === 0
    ? [["Other ways in", "no SSH key, certificate or credential of one service"]]
    : credentials.map((each) => ["Other way in", describeCredential(each, now)]);
}

function describeCredential(credential: OtherCredential, now: Date): string {
  return `${nameOfCredential(credential)}: ${credential.status}${age(credential.created, now)}`;
}

function age(created: string | undefined, now: Date): string {
  return created === undefined ? "" : `, ${Math.floor((now.getTime() - Date.parse(created)) / day)} days old`;
}

function userRows({ principal, groups }: Triage): string[][] {
  const { console: password, mfa, passwordLastUsed, quarantine } = principal;
  const used = passwordLastUsed === undefined ? "no use on record" : `last used ${passwordLastUsed}`;
  return [
    ["Console", password === undefined ? "could not be told" : password ? `password, ${used}` : "no password"],
    ["MFA", mfa === undefined ? "could not be told" : mfa.length > 0 ? mfa.join(", ") : "none"],
    ["Groups", groups.join(", ") || "none"],
    ["Quarantine", quarantine === undefined ? "could not be told" : quarantine.join(", ") || "not attached by AWS"],
  ];
}

function roleRows({ principal }: Triage): string[][] {
  const { trust, lastUsed } = principal;
  return [
    ["Trusts", trust === undefined ? "could not be told" : principalsOf(trust)],
    ["Last used", lastUsed ?? "no use on record"],
  ];
}

function principalsOf(trust: string): string {
  try {
    const { Statement } = JSON.parse(trust) as { Statement?: unknown };
    return [Statement]
      .flat()
      .map((each) => JSON.stringify((each as { Principal?: unknown }).Principal))
      .join(", ");
  } catch {
    return trust;
  }
}

function mayDo({ verdict }: Triage): string {
  if (verdict === undefined) {
    return "could not be told";
  }
  const { kind, message, sources, limitedBy } = verdict;
  const by = sources.length > 0 ? ` By ${sources.join(", ")}.` : "";
  const limit = limitedBy === undefined ? "" : ` Limited by ${limitedBy}.`;
  return `${kind === "none" ? "" : `${kind.toUpperCase()}: `}${message}${by}${limit}`;
}

function contained({ principal, subject, keys }: Triage): string {
  const open = (principal.credentials ?? []).filter(isOpen).length;
  const until = revokedUntil(principal.revokePolicy);
  const key = keys?.find(({ id }) => id === subject.key);
  const denied = sameDocument(principal.denyPolicy, denyEverything());
  const parts = [
    ...(key?.status === "Inactive" ? ["the key is Inactive"] : []),
    ...(denied ? ["everything is denied"] : []),
    ...(until === undefined ? [] : [`sessions begun before ${until} are revoked`]),
    ...(key?.status === "Inactive" && !denied && open > 0 ? [`but ${open} other credential(s) still open it`] : []),
  ];
  return parts.join("; ") || "no";
}
