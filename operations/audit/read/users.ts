import { setTimeout as sleep } from "node:timers/promises";
import { BaselineError } from "../../../common/errors";
import { awsErrorName } from "../../aws/ask";
import { type Call } from "../../survey/attempt";
import { reportRows } from "../credential-report";
import { judge } from "../rules";
import { type KeyFacts, type UserFacts } from "../rules/subjects";
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
 * not tell. Rows are judged as they come; nothing is kept of them.
 *
 * @returns how many users the report names; undefined when it could not be had
 */
export async function readUsers(place: Place, options: UsersOptions): Promise<number | undefined> {
  let users: number | undefined;
  await reading(place, "credentialReport", async (call) => {
    const text = await reportText(place, call, options.pause ?? 2000);
    let broken = 0;
    let batch: Promise<void>[] = [];
    users = 0;
    for (const row of reportRows(text)) {
      if (row.kind === "root") {
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
    requireWhole(users, broken, await options.expected);
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

// What is said stands among the problems, beside the findings on the rows that are there.
function requireWhole(users: number, broken: number, expected: number | undefined): void {
  const fewer = expected !== undefined && users < expected;
  if (broken > 0 || fewer) {
    const named = fewer ? `names ${users} of ${expected} users` : `has ${broken} row(s) that cannot be read`;
    throw new BaselineError(
      "report-truncated",
      `The credential report ${named}: it is cut off, or older than they are.`,
      "Run it again; IAM makes a new report every four hours.",
    );
  }
}

/** The user with the keys as IAM lists them now; as the report has them where nothing depends on it. */
async function withKeyIds({ aws, attempts, region, now }: Place, user: UserFacts): Promise<UserFacts> {
  if (!judge("user", user, now).some(({ rule }) => /\bkeys?\b/.test(rule) && rule !== "user-without-mfa")) {
    return user;
  }
  return attempts.one("accessKeys", region, user, async (call) => {
    const { AccessKeyMetadata = [] } = await call("iam:ListAccessKeys", () =>
      aws.iam(region).listAccessKeys({ UserName: user.name }),
    );
    return {
      ...user,
      keys: AccessKeyMetadata.map(({ AccessKeyId, Status, CreateDate }, index) => {
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
