import { accessKeysOf, mfaDevicesOf } from "../../../account/identity/user-lists";
import { type User } from "@aws-sdk/client-iam";
import { awsErrorName } from "../../../../aws/ask";
import { type Call, eachPage } from "../../../../aws/attempt";
import { reportRows } from "../credential-report";
import { type KeyFacts, type UserFacts } from "../rules/subjects";
import { dated, type Place, reading } from "./place";

/** Users that are read one by one; each takes some five calls, and IAM takes a few calls a second. */
export const ONE_BY_ONE = 200;

/** Users that IAM lists and a credential report lacks. */
export interface MissingUsers {
  /** How many there are. */
  missing: number;
  /** How many of them were looked at; what could not be told of one stands among the problems. */
  read: number;
}

/**
 * Reads users that a credential report lacks, and judges them by what is known without it.
 *
 * @param text of the report, which is read a second time rather than that names are kept of every one
 * @returns undefined when users cannot be listed; why is among the problems
 */
export async function readMissingUsers(place: Place, text: string): Promise<MissingUsers | undefined> {
  let missing: MissingUsers | undefined;
  const first: User[] = [];
  await reading(place, "credentialReport", async (call) => {
    const known = namesIn(text);
    const page = async (Marker?: string) => {
      const answer = await call("iam:ListUsers", () =>
        place.aws.iam(place.region).listUsers({ MaxItems: 1000, ...(Marker !== undefined && { Marker }) }),
      );
      return { items: answer.Users, next: answer.IsTruncated ? answer.Marker : undefined };
    };
    let number = 0;
    for await (const users of eachPage(page)) {
      const lacking = users.filter(({ UserName = "" }) => !known.has(UserName));
      number += lacking.length;
      first.push(...lacking.slice(0, ONE_BY_ONE - first.length));
    }
    missing = { missing: number, read: first.length };
  });
  await Promise.all(first.map(async (user) => place.see("user", await factsOf(place, user))));
  return missing;
}

function namesIn(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const row of reportRows(text)) {
    if (row.kind === "user") names.add(row.user.name);
  }
  return names;
}

/** What cannot be told is left at what no rule speaks of. */
async function factsOf(place: Place, { UserName = "", Arn: arn = "", CreateDate }: User): Promise<UserFacts> {
  const facts: UserFacts = {
    ...{ name: UserName, arn, ...dated("createdAt", CreateDate) },
    ...{ console: false, mfa: true, keys: [] },
  };
  const iam = place.aws.iam(place.region);
  await Promise.all([
    reading(place, "credentialReport", async (call) => {
      facts.keys = await keysOf(place, call, UserName);
    }),
    reading(place, "credentialReport", async (call) => {
      const devices = await call("iam:ListMFADevices", () => mfaDevicesOf(iam, UserName).catch(none));
      facts.mfa = devices === undefined || devices.length > 0;
    }),
    reading(place, "credentialReport", async (call) => {
      const profile = await call("iam:GetLoginProfile", () => iam.getLoginProfile({ UserName }).catch(none));
      if (profile === undefined) {
        return;
      }
      Object.assign(facts, { console: true, ...dated("consoleSince", profile.LoginProfile?.CreateDate) });
      const found = await call("iam:GetUser", () => iam.getUser({ UserName }).catch(none));
      Object.assign(facts, dated("passwordUsedAt", found?.User?.PasswordLastUsed));
    }),
  ]);
  return facts;
}

async function keysOf({ aws, region }: Place, call: Call, UserName: string): Promise<KeyFacts[]> {
  const iam = aws.iam(region);
  const listed = await call("iam:ListAccessKeys", () => accessKeysOf(iam, UserName).catch(none));
  return Promise.all(
    (listed ?? []).map(async ({ AccessKeyId = "", Status, CreateDate }, index) => {
      const used = await call("iam:GetAccessKeyLastUsed", () => iam.getAccessKeyLastUsed({ AccessKeyId }).catch(none));
      return {
        slot: index === 0 ? 1 : 2,
        id: AccessKeyId,
        active: Status === "Active",
        ...dated("createdAt", CreateDate),
        ...dated("lastUsedAt", used?.AccessKeyLastUsed?.LastUsedDate),
      } satisfies KeyFacts;
    }),
  );
}

/** There is no such thing, or the user is gone since it was listed. */
function none(error: unknown): undefined {
  if (!awsErrorName(error).startsWith("NoSuchEntity")) {
    throw error;
  }
}
