import { accessKeysOf } from "../../../account/identity/user-lists";
import { setTimeout as sleep } from "node:timers/promises";
import { BaselineError } from "../../../../common/errors";
import { awsErrorName } from "../../../../aws/ask";
import { type Call } from "../../../../aws/attempt";
import { reportRows } from "../credential-report";
import { judge } from "../rules";
import { type KeyFacts, type UserFacts } from "../rules/subjects";
import { type MissingUsers, readMissingUsers } from "./missing-users";
import { type Place, reading } from "./place";

export interface UsersOptions {
  /** Users by IAM's own count, to tell a report that is cut off; undefined when it could not be had. */
  expected: Promise<number | undefined>;
  /** Milliseconds between two looks whether the report is ready. Default: 2000. */
  pause?: number;
}

// IAM makes a report in seconds, and of ten thousand users in a few minutes.
const LOOKS = 150;
/** Users whose keys are asked for at the same time; the calls themselves are limited by the attempts. */
const BATCH = 48;

/**
 * Reads the credential report and, where a key of a user is worth a finding, the ids of the keys, which the report does
 * not tell. Rows are judged as they come; nothing is kept of them. Users that a report lacks, because it is cut off or
 * older than they are, are read one by one.
 *
 * @returns how many users were looked at; undefined when the report could not be had
 */
export async function readUsers(place: Place, options: UsersOptions): Promise<number | undefined> {
  let users: number | undefined;
  await reading(place, "credentialReport", async (call) => {
    const text = await reportText(place, call, options.pause ?? 2000);
    let broken = 0;
    let hasRoot = false;
    let batch: Promise<void>[] = [];
    users = 0;
    for (const row of reportRows(text)) {
      if (row.kind === "root") {
        hasRoot = true;
        place.see("root", row.root);
      } else if (row.kind === "broken") {
        broken += 1;
      } else {
        users += 1;
        batch.push(withKeyIds(place, row.user).then((user) => place.see("user", user)));
      }
      if (batch.length === BATCH) {
        await Promise.all(batch);
        batch = [];
      }
    }
    await Promise.all(batch);
    const expected = await options.expected;
    if (broken > 0 || (expected !== undefined && users < expected)) {
      const inReport = users;
      const found = await readMissingUsers(place, text);
      users += found?.read ?? 0;
      requireWhole({ users: inReport, broken, hasRoot, ...(expected !== undefined && { expected }) }, found);
    }
  });
  return users;
}

async function reportText({ aws, region, signal }: Place, call: Call, pause: number): Promise<string> {
  const iam = aws.iam(region);
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const { State } = await call("iam:GenerateCredentialReport", () => iam.generateCredentialReport({}));
    if (State === "COMPLETE") {
      try {
        const { Content } = await call("iam:GetCredentialReport", () => iam.getCredentialReport({}));
        return new TextDecoder().decode(Content);
      } catch (error) {
        // It ended between the two calls.
        if (!/^CredentialReport(NotPresent|Expired|NotReady)/.test(awsErrorName(error))) {
          throw error;
        }
      }
    }
    await sleep(pause, undefined, { ...(signal && { signal }) });
  }
  throw new BaselineError("report-not-ready", "IAM did not finish its credential report in time.", "Run it again.");
}

interface ReportSeen {
  /** Rows that are whole. */
  users: number;
  broken: number;
  hasRoot: boolean;
  expected?: number;
}

// What is said stands among the problems, beside the findings on the users that were looked at.
function requireWhole({ users, broken, hasRoot, expected }: ReportSeen, found: MissingUsers | undefined): void {
  const unread = found && found.missing - found.read;
  // Root's row is the first, and what it tells of the last use stands nowhere else. A row that cannot be read is a
  // missing user's, or else root's.
  const lacksRoot = (users === 0 && !hasRoot) || (found !== undefined && broken > found.missing);
  if (unread === 0 && !lacksRoot) {
    return;
  }
  const whole = expected ?? (found && users + found.missing);
  const named =
    whole !== undefined && users < whole
      ? `names ${users} of ${whole} users`
      : `has ${broken} row(s) that cannot be read`;
  const rest = [
    ...(unread ? [`${found?.read} of the others were read one by one, ${unread} were not`] : []),
    ...(lacksRoot ? ["what it says of root is not known"] : []),
  ];
  throw new BaselineError(
    "report-truncated",
    `The credential report ${named}: it is cut off, or older than they are${rest.map((each) => `; ${each}`).join("")}.`,
    "Run it again; IAM makes a new report every four hours.",
  );
}

/** The user with the keys as IAM lists them now; as the report has them where nothing depends on it. */
async function withKeyIds({ aws, attempts, region, now }: Place, user: UserFacts): Promise<UserFacts> {
  if (!judge("user", user, now).some(({ rule }) => /\bkeys?\b/.test(rule) && rule !== "user-without-mfa")) {
    return user;
  }
  return attempts.one("accessKeys", region, user, async (call) => {
    const listed = await call("iam:ListAccessKeys", () => accessKeysOf(aws.iam(region), user.name));
    return {
      ...user,
      keys: listed.map(({ AccessKeyId, Status, CreateDate }, index) => {
        const createdAt = CreateDate?.toISOString();
        const known = user.keys.find((key) => key.createdAt === createdAt);
        return {
          ...(known ?? ({ slot: index === 0 ? 1 : 2 } satisfies Partial<KeyFacts>)),
          ...(AccessKeyId !== undefined && { id: AccessKeyId }),
          active: Status === "Active",
          ...(createdAt !== undefined && { createdAt }),
        };
      }),
    };
  });
}
