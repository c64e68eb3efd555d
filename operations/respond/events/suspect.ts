import { type TrailRecord } from "./record";

/** Whose events are wanted. At least one of them; what is known together makes the search complete. */
export interface Suspect {
  /** `AKIA...` or `ASIA...`. */
  accessKeyId?: string;
  /** Name of an IAM user: events of all of the user's keys, console and sessions. */
  userName?: string;
  /** Name of a role: the sessions that were assumed, then what each did. */
  roleName?: string;
  /** Name of one session of a role. */
  sessionName?: string;
}

/** One question to LookupEvents, which takes a single attribute, and which of the answers belong to the suspect. */
export interface Question {
  attribute: "AccessKeyId" | "Username" | "ResourceName";
  value: string;
  belongs: (record: TrailRecord) => boolean;
}

/**
 * What CloudTrail's event history is asked about a suspect.
 *
 * Source: CloudTrail API Reference, LookupAttribute; the user name of a role's session is the session's name.
 * @param sessions names of the role's sessions, as far as they are known
 */
export function questionsAbout(suspect: Suspect, sessions: readonly string[] = []): Question[] {
  const { accessKeyId, userName, roleName, sessionName } = suspect;
  const ofSession = (name: string): Question => ({
    attribute: "Username",
    value: name,
    belongs: (record) => roleName === undefined || issuerOf(record) === roleName,
  });
  return [
    ...(accessKeyId === undefined
      ? []
      : [{ attribute: "AccessKeyId" as const, value: accessKeyId, belongs: () => true }]),
    ...(userName === undefined
      ? []
      : [{ attribute: "Username" as const, value: userName, belongs: (each: TrailRecord) => isUser(each, userName) }]),
    ...[...new Set([...(sessionName === undefined ? [] : [sessionName]), ...sessions])].map(ofSession),
  ];
}

/** Whether a record of a trail's log file is the suspect's; the files hold everybody's. */
export function isSuspects(record: TrailRecord, { accessKeyId, userName, roleName, sessionName }: Suspect): boolean {
  const { userIdentity: who = {} } = record;
  return (
    (accessKeyId !== undefined && who.accessKeyId === accessKeyId) ||
    (userName !== undefined && isUser(record, userName)) ||
    (roleName !== undefined && issuerOf(record) === roleName && (!sessionName || sessionOf(record) === sessionName))
  );
}

/** Text that a suspect's record must hold, so that the records of others need not be parsed. */
export function signsOf({ accessKeyId, userName, roleName }: Suspect): string[] {
  return [accessKeyId, userName, roleName].flatMap((each) => each ?? []);
}

/** The session that a record of `AssumeRole*` began. */
export function begunSession(record: TrailRecord): string | undefined {
  const assumed = record.responseElements?.["assumedRoleUser"] as { arn?: string } | undefined;
  return assumed?.arn?.split("/").at(-1);
}

function isUser({ userIdentity: who = {} }: TrailRecord, userName: string): boolean {
  const named = who.type !== "AssumedRole" && who.userName === userName;
  return named || (who.type !== "AssumedRole" && who.arn?.split("/").at(-1) === userName && who.arn.includes(":user/"));
}

function issuerOf({ userIdentity: who }: TrailRecord): string | undefined {
  return who?.sessionContext?.sessionIssuer?.userName ?? who?.arn?.match(/:assumed-role\/([^/]+)\//)?.[1];
}

function sessionOf({ userIdentity: who }: TrailRecord): string | undefined {
  return who?.arn?.match(/:assumed-role\/[^/]+\/(.+)$/)?.[1];
}
