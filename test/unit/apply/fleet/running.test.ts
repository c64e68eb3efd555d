import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BaselineError } from "../../../../common/errors";
import { type FleetAccount } from "../../../../operations/apply/fleet/account";
import { Journal } from "../../../../operations/apply/fleet/journal";
import { bytesPerAccount, defaultConcurrency } from "../../../../operations/apply/fleet/memory";
import { runPool } from "../../../../operations/apply/fleet/pool";
import { type AccountResult, type AccountState, fleetExitCode } from "../../../../operations/apply/fleet/result";
import { isTransient, pauses, retrying } from "../../../../operations/apply/fleet/retry";
import { lockStack } from "../../../../operations/apply/fleet/stack-lock";
import { scratch } from "../../../support/scratch";

const account = (name: string, accountId = "111122223333"): FleetAccount => ({
  name,
  accountId,
  stack: name,
  roles: [],
  config: {},
});
const result = (name: string, state: AccountState, accountId = "111122223333"): AccountResult => ({
  name,
  accountId,
  stack: name,
  state,
  tries: 1,
  seconds: 1,
});

describe("fleet: pool", () => {
  const run = async (concurrency: number, goOn: (each: number) => boolean, signal?: AbortSignal) => {
    let [now, most] = [0, 0];
    const results = await runPool(
      [1, 2, 3, 4, 5],
      async (each) => {
        most = Math.max(most, (now += 1));
        await new Promise((resolve) => setImmediate(resolve));
        now -= 1;
        return each;
      },
      { concurrency, goOn, ...(signal && { signal }) },
    );
    return { results, most };
  };

  it("never has more under way than it may, and keeps the order", async () => {
    assert.deepEqual(await run(2, () => true), { results: [1, 2, 3, 4, 5], most: 2 });
  });

  it("starts nothing after a failure, and finishes what is under way", async () => {
    const { results } = await run(2, (each) => each !== 1);
    assert.deepEqual(results, [1, 2, undefined, undefined, undefined]);
  });

  it("starts nothing once it is interrupted", async () => {
    assert.deepEqual((await run(1, () => true, AbortSignal.abort())).results.filter(Boolean), []);
  });
});

describe("fleet: concurrency", () => {
  const cases: [string, number, number, number, number][] = [
    ["memory decides", 10, 0.5 * 2 ** 30 + 3.5 * bytesPerAccount, 8, 3],
    ["processors decide", 10, 100 * bytesPerAccount, 2, 4],
    ["never more than accounts", 2, 100 * bytesPerAccount, 8, 2],
    ["one at least", 10, 0, 8, 1],
  ];
  for (const [what, accounts, free, processors, expected] of cases) {
    it(what, () => assert.equal(defaultConcurrency(accounts, free, processors), expected));
  }
});

describe("fleet: retry", () => {
  const named = (name: string, message = "") => Object.assign(new Error(message), { name });
  const transient: [string, Error, boolean][] = [
    ["throttling", named("ThrottlingException", "Rate exceeded"), true],
    ["a reset connection", new Error("read ECONNRESET"), true],
    ["an answer 503", Object.assign(new Error("x"), { $metadata: { httpStatusCode: 503 } }), true],
    [
      "throttling behind a sentence of ours",
      new BaselineError("aws-call-failed", "It failed.", "", 1, { cause: named("TooManyRequestsException") }),
      true,
    ],
    ["a denied call", new BaselineError("access-denied", "Denied.", "", 1, { cause: named("AccessDenied") }), false],
    ["a locked stack", new BaselineError("stack-locked", "Locked.", ""), false],
    [
      "an expired token, whatever its text",
      new BaselineError("credentials-expired", "Expired after throttling: Rate exceeded.", ""),
      false,
    ],
    ["a mistake of ours", new TypeError("undefined is not a function"), false],
    ["a number that is no status", new Error("bucket-500 does not exist"), false],
  ];
  for (const [what, error, expected] of transient) {
    it(`${expected ? "tries again" : "does not try again"}: ${what}`, () => assert.equal(isTransient(error), expected));
  }

  it("tries a passing failure so often and no more, with a longer pause each time", async () => {
    const slept: number[] = [];
    let tries = 0;
    const failing = retrying(() => ((tries += 1), Promise.reject(named("ThrottlingException"))), {
      sleep: (milliseconds) => (slept.push(milliseconds), Promise.resolve()),
      onRetry: () => undefined,
    });
    await assert.rejects(failing, { name: "ThrottlingException" });
    assert.equal(tries, pauses.length + 1);
    assert.ok(slept.every((each, index) => each >= pauses[index]! && each <= pauses[index]! * 1.5));
  });
});

describe("fleet: what is kept on disk", () => {
  let folder: string;
  beforeEach(() => (folder = scratch("fleet")));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("resumes what failed, was interrupted or never began, and nothing else", () => {
    const names = ["done", "drifted", "failed", "blocked", "interrupted", "not-started"] as const;
    const accounts = names.map((each) => account(each));
    const journal = Journal.begin(folder, "up", accounts, new Date());
    names.slice(0, -1).forEach((each) => journal.note(result(each, each)));
    const left = Journal.resume(folder, "up").unfinished([...accounts, account("new")]);
    assert.deepEqual(
      left.map(({ name }) => name),
      ["failed", "blocked", "interrupted", "not-started"],
    );
  });

  it("takes an account whose id changed for one that never began", () => {
    Journal.begin(folder, "up", [account("a")], new Date()).note(result("a", "done"));
    assert.equal(Journal.resume(folder, "up").unfinished([account("a", "999988887777")]).length, 1);
  });

  it("keeps verbs apart, and has nothing to resume where nothing ran", () => {
    Journal.begin(folder, "up", [account("a")], new Date());
    assert.throws(() => Journal.resume(folder, "drift"), { code: "no-journal", exitCode: 2 });
  });

  it("writes no message of AWS and no setting into the journal", () => {
    const journal = Journal.begin(folder, "up", [{ ...account("a"), config: { x: "setting-text" } }], new Date());
    journal.note({ ...result("a", "failed"), error: { code: "engine-failed", message: "told-by-aws" } });
    const text = readFileSync(join(folder, "fleet-up.json"), "utf8");
    assert.match(text, /"code": "engine-failed"/);
    assert.doesNotMatch(text, /told-by-aws|setting-text/);
  });

  it("never lets two runs on one stack, and gives it free", () => {
    const free = lockStack(folder, "acme/baseline/prod", "up");
    assert.throws(() => lockStack(folder, "acme/baseline/prod", "drift"), {
      code: "stack-locked",
      message: new RegExp(`fleet up, process ${process.pid}, since`),
    });
    lockStack(folder, "other", "up")();
    free();
    lockStack(folder, "acme/baseline/prod", "drift")();
    assert.equal(existsSync(join(folder, "acme+baseline+prod.lock")), false);
  });

  it("takes away no dead lock that somebody else is at: it may be a live one by now", () => {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, "prod.lock");
    const holder = (pid: number) => JSON.stringify({ pid, verb: "up", since: "2026-01-01T00:00:00Z" });
    writeFileSync(path, holder(2 ** 22 + 1));
    writeFileSync(`${path}.clearing`, holder(process.ppid));
    assert.throws(() => lockStack(folder, "prod", "up"), { code: "stack-locked" });
    assert.equal(readFileSync(path, "utf8"), holder(2 ** 22 + 1));
    writeFileSync(`${path}.clearing`, holder(2 ** 22 + 1));
    lockStack(folder, "prod", "up")();
    assert.equal(existsSync(`${path}.clearing`), false);
  });

  it("takes the lock of a process that is gone, and one that was never written whole", () => {
    mkdirSync(folder, { recursive: true });
    for (const text of [JSON.stringify({ pid: 2 ** 22 + 1, verb: "up", since: "2026-01-01T00:00:00Z" }), "{"]) {
      writeFileSync(join(folder, "prod.lock"), text);
      lockStack(folder, "prod", "up")();
    }
  });
});

describe("fleet: exit code", () => {
  const cases: [AccountState[], number][] = [
    [["done", "done"], 0],
    [["done", "failed"], 1],
    [["blocked"], 3],
    [["unknown"], 1],
    [["done", "not-started"], 1],
    [["drifted", "failed"], 7],
    [["drifted", "interrupted", "failed"], 130],
  ];
  for (const [states, expected] of cases) {
    it(`${states.join(", ")}: ${expected}`, () => {
      assert.equal(fleetExitCode({ accounts: states.map((each, index) => result(String(index), each)) }), expected);
    });
  }
});
