import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AwsSession } from "../../../aws/session";
import { type Place } from "../../../aws/session-place";
import { applyCalls } from "../../../operations/evidence/apply";
import { type PlannedCall } from "../../../operations/evidence/planned-call";
import { awsHere, noCredentials, type StubAws, stubAws, withEnvironment } from "../../support/aws-here";
import { gone } from "../../support/processes";
import { scratch } from "../../support/scratch";

/** Hands out credentials for `first` milliseconds, and hangs with two programs below it at every later start. */
function program(folder: string, first: number): string {
  const [pids, count] = [join(folder, "pids"), join(folder, "count")];
  const answer = JSON.stringify({
    Version: 1,
    AccessKeyId: "AKIAA",
    SecretAccessKey: "s",
    SessionToken: "t",
    Expiration: new Date(Date.now() + first).toISOString(),
  });
  writeFileSync(pids, "");
  writeFileSync(count, first > 0 ? "" : "1");
  writeFileSync(
    join(folder, "config"),
    `[profile slow]\nregion = us-east-1\ncredential_process = sh -c 'if [ -s "${count}" ]; then echo $$ >> "${pids}"; ` +
      `sh -c "echo \\$\\$ >> ${pids}; sleep 300; echo"; else echo 1 > "${count}"; cat "${folder}/answer"; fi' | cat\n`,
  );
  writeFileSync(join(folder, "answer"), answer);
  return pids;
}

const call: PlannedCall = {
  service: "iam",
  action: "UpdateAccessKey",
  parameters: { UserName: "mina", AccessKeyId: "AKIAIOSFODNN7EXAMPLE", Status: "Inactive" },
  why: "the key is of no use",
};

describe("credentials that do not come", () => {
  let folder: string;
  let pids: string;
  let aws: StubAws;
  let restore: (() => void)[];
  let session: AwsSession | undefined;

  const begin = (first = 0) => {
    pids = program(folder, first);
    restore.push(
      withEnvironment({ ...noCredentials(folder), AWS_CONFIG_FILE: join(folder, "config"), AWS_PROFILE: "slow" }),
    );
  };
  const programs = () => readFileSync(pids, "utf8").trim().split("\n").filter(Boolean).map(Number);
  const started = async () => {
    for (let tries = 0; tries < 200 && programs().length < 2; tries += 1) await sleep(50);
    return programs();
  };
  const allGone = async () => {
    const all = await started();
    assert.equal(all.length, 2, "the program was started once, with another below it");
    for (const pid of all) assert.ok(await gone(pid), `process ${pid} is left running`);
  };

  beforeEach(async () => {
    folder = scratch("sign-in");
    mkdirSync(folder, { recursive: true });
    aws = await stubAws(({ action }) =>
      action === "GetCallerIdentity"
        ? "<Account>111122223333</Account><Arn>arn:aws:iam::111122223333:user/mina</Arn><UserId>u</UserId>"
        : "",
    );
    restore = [awsHere(aws.port)];
    session = undefined;
  });
  afterEach(async () => {
    session?.close();
    restore.reverse().forEach((each) => each());
    await aws.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("end a run after --timeout, name the profile, and leave no program running", async () => {
    begin();
    await assert.rejects(AwsSession.open({ timeout: 2 }), (error: Error & { code: string; exitCode: number }) => {
      assert.deepEqual([error.code, error.exitCode], ["credentials-late", 1]);
      assert.match(error.message, /^The profile slow gave no credentials within \d s; .*\n.*--profile slow.*\bthen\b/i);
      return true;
    });
    await allGone();
  });

  it("end a run without --timeout after their own limit", async () => {
    begin();
    await assert.rejects(AwsSession.open({ signIn: 1500 }), { code: "credentials-late" });
    await allGone();
  });

  it("end at once at Ctrl-C", async () => {
    begin();
    const opening = AwsSession.open({});
    await started();
    process.emit("SIGINT");
    await assert.rejects(opening, { code: "interrupted", exitCode: 130 });
    await allGone();
  });

  it("end what is left of the calls between two of them: nothing is sent, nothing counts as made", async () => {
    begin(600_000);
    session = await AwsSession.open({ signIn: 1500 });
    // The SDK itself does not wait for a renewal before they have ended.
    const { source } = Reflect.get(session, "place") as Pick<Place, "source">;
    const get = source.get;
    source.get = () => get({ forceRefresh: true });
    const lines: { call: string; result?: unknown }[] = [];
    const results = await applyCalls(
      {
        aws: session.clients,
        signal: new AbortController().signal,
        say: () => undefined,
        evidence: { record: (line) => ({ n: lines.push(line) }) },
      },
      "contain",
      [call, { ...call, why: "second" }, { ...call, why: "third" }],
    );
    assert.deepEqual(
      results.map(({ state }) => state),
      ["failed", "not tried", "not tried"],
    );
    assert.match(results[1]!.reason ?? "", /^The profile slow gave no credentials within/);
    assert.ok(aws.seen.every(({ action }) => action === "GetCallerIdentity"));
    assert.equal(lines.length, 2);
    await allGone();
  });

  it("that are being renewed when a run ends leave no program running", async () => {
    // Less than five minutes are left: the SDK renews them, and goes on with those it has.
    begin(120_000);
    session = await AwsSession.open({});
    await session.confirm();
    await started();
    session.close();
    await allGone();
  });
});
