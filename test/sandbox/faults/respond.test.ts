import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accountClients } from "../../../operations/aws/account-clients";
import { openEvidence } from "../../../operations/evidence/evidence";
import { verifyEvidence } from "../../../operations/evidence/read";
import { recordedClients } from "../../../operations/evidence/recorded-clients";
import { contain } from "../../../operations/respond/contain";
import { type CallResult } from "../../../operations/respond/apply";
import { type StepOutcome } from "../../../operations/respond/step";
import { type Emulator, startEmulator } from "../../../sandbox/emulator";
import { type Clients, createClients } from "../../../sandbox/provider/clients";
import { type MeddlingProxy, meddlingProxy } from "../../support/meddling-proxy";
import { faults, OneFault } from "./faults";

const patience = { perTry: 4000, perFile: 4000, perCall: 6000 };
const writes = /^(Update|Put|Tag|Untag|Delete)/;
/** Of calls that read, the faults that differ for whoever reads; the others take long. */
const ofReads = ["lost answer", "empty answer", "denied", "expired", "endless token"];
const faultsOf = (call: string) =>
  writes.test(call) ? Object.keys(faults).filter((each) => each !== "endless token") : ofReads;

describe("containment and its undo, with a fault at every call", function () {
  this.timeout(600_000);
  let emulator: Emulator;
  let proxy: MeddlingProxy;
  let aws: Clients;
  let folder: string;
  const one = new OneFault();
  let users = 0;

  before(async () => {
    emulator = await startEmulator();
    proxy = await meddlingProxy(emulator.endpoint, (asked) => one.meddle(asked));
    aws = createClients(emulator.endpoint, "us-east-1");
    folder = mkdtempSync(join(tmpdir(), "faults-"));
  });
  after(async () => {
    aws.destroy();
    await proxy.close();
    await emulator.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  interface Leaky {
    UserName: string;
    key: string;
    evidence: string;
  }

  async function leaky(): Promise<Leaky> {
    const UserName = `leaky-${++users}`;
    await aws.iam().createUser({ UserName });
    const { AccessKey } = await aws.iam().createAccessKey({ UserName });
    return { UserName, key: AccessKey!.AccessKeyId!, evidence: join(folder, UserName) };
  }

  /** What the account says itself, past the proxy. */
  async function stateOf({ UserName }: Leaky) {
    const iam = aws.iam();
    const [keys, policies, tags] = await Promise.all([
      iam.listAccessKeys({ UserName }),
      iam.listUserPolicies({ UserName }),
      iam.listUserTags({ UserName }),
    ]);
    return {
      UpdateAccessKey: keys.AccessKeyMetadata?.[0]?.Status === "Inactive",
      deny: policies.PolicyNames?.includes("baseline-respond-deny") === true,
      revoke: policies.PolicyNames?.includes("baseline-respond-revoke-sessions") === true,
      TagUser: (tags.Tags ?? []).length > 0,
    };
  }

  async function run(user: Leaky, undo: boolean): Promise<StepOutcome | Error> {
    const clients = accountClients({ endpoint: proxy.endpoint, patience, tries: 2, retryMode: "standard" });
    const evidence = await openEvidence(user.evidence);
    try {
      const recorded = recordedClients(
        clients,
        (entry) => evidence.record(entry),
        () => "contain",
      );
      return await contain({
        subject: { kind: "user", name: user.UserName, key: user.key },
        ...{ evidence, folder: user.evidence, apply: true, aws: recorded, bulk: recorded },
        options: { prefix: "baseline", ...(undo && { undo: true }) },
        signal: new AbortController().signal,
        say: () => undefined,
        now: () => new Date(),
      });
    } catch (error) {
      return error as Error;
    } finally {
      evidence.close();
      clients.destroy();
    }
  }

  const clean = { UpdateAccessKey: false, deny: false, revoke: false, TagUser: false };

  /** Account, report and evidence say the same. @param undone whether the calls take something away */
  async function agree(
    user: Leaky,
    outcome: StepOutcome | Error,
    undone: boolean,
    before: typeof clean,
  ): Promise<void> {
    const found = await stateOf(user);
    assert.equal((await verifyEvidence(user.evidence)).ok, true);
    const json: { calls?: (CallResult["call"] & CallResult)[] } = outcome instanceof Error ? {} : outcome.json;
    const { calls = [] } = json;
    const names = { ...found };
    for (const { action, parameters, state, reason = "" } of calls) {
      const policy = typeof parameters["PolicyName"] === "string" ? parameters["PolicyName"] : "";
      const name = (
        policy === "" ? action.replace(/^Untag/, "Tag") : /deny/.test(policy) ? "deny" : "revoke"
      ) as keyof typeof found;
      const isSo = found[name] !== undone;
      if (state === "done" || state === "absent") assert.equal(isSo, true, `${action} ${policy} is ${state}`);
      else if (state === "unknown") assert.match(reason, /not known.*The account was looked at/, action);
      else assert.equal(found[name], before[name], `${action} ${policy} is ${state}`);
      delete (names as Partial<typeof found>)[name];
    }
    // What no call is told of was not touched.
    for (const name of Object.keys(names) as (keyof typeof found)[]) assert.equal(found[name], before[name], name);
    const settled = calls.every(({ state }) => state === "done" || state === "absent");
    assert.equal(outcome instanceof Error || outcome.exitCode !== 0, outcome instanceof Error || !settled);
  }

  async function callsOf(undo: boolean): Promise<string[]> {
    const user = await leaky();
    one.next();
    if (undo) await run(user, false);
    one.next();
    const outcome = await run(user, undo);
    assert.ok(!(outcome instanceof Error), "the clean run failed");
    assert.equal(outcome.exitCode, 0);
    return [...one.asked];
  }

  it("containment: whatever happens, all say the same, and undo brings everything back", async () => {
    const calls = await callsOf(false);
    assert.ok(calls.length >= 14, calls.join(", "));
    for (const call of calls) {
      for (const fault of faultsOf(call)) {
        const user = await leaky();
        const cell = `${call}, ${fault}`;
        one.next(call, fault);
        const outcome = await run(user, false);
        one.next();
        try {
          await agree(user, outcome, false, clean);
          // Contained again, as people do, and the way back is still known.
          await run(user, false);
          assert.deepEqual((await stateOf(user)).UpdateAccessKey, true);
          const undone = await run(user, true);
          const after = await stateOf(user);
          const cannot = (undone as StepOutcome & { json: { cannot: string[] } }).json.cannot;
          // What could not be read before is not put back by a program; it is named, and the mark stays with it.
          const stays: Record<keyof typeof clean, RegExp> = {
            ...{ UpdateAccessKey: /UpdateAccessKey/, deny: /PutUserPolicy/, revoke: /PutUserPolicy/, TagUser: /./ },
          };
          for (const name of Object.keys(clean) as (keyof typeof clean)[]) {
            if (!cannot.some((line) => stays[name].test(line))) assert.equal(after[name], false, `${name} is left`);
          }
        } catch (error) {
          throw new Error(`${cell}: ${(error as Error).message}`, { cause: error });
        }
      }
    }
  });

  it("undo: whatever happens, all say the same, and a second undo takes back what is left", async () => {
    const calls = await callsOf(true);
    assert.ok(calls.length >= 4, calls.join(", "));
    for (const call of calls) {
      for (const fault of faultsOf(call)) {
        const user = await leaky();
        one.next();
        await run(user, false);
        const before = await stateOf(user);
        one.next(call, fault);
        const outcome = await run(user, true);
        one.next();
        try {
          await agree(user, outcome, true, before);
          const left = await stateOf(user);
          if (left.UpdateAccessKey || left.deny || left.revoke) assert.equal(left.TagUser, true, "the mark is gone");
          assert.equal(((await run(user, true)) as StepOutcome).exitCode, 0);
          assert.deepEqual(await stateOf(user), clean);
        } catch (error) {
          throw new Error(`${call}, ${fault}: ${(error as Error).message}`, { cause: error });
        }
      }
    }
  });
});
