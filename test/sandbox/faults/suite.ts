import assert from "node:assert/strict";
import { BaselineError } from "../../../common/errors";
import { type Credentials } from "../../../aws/account-clients";
import { type MeddlingProxy, meddlingProxy } from "../../support/meddling-proxy";
import { ending } from "./ending";
import { faults, OneFault } from "./faults";
import { accountOf } from "./accounts";
import { enabledOnly } from "./regions";
import { type Account, type Ended, type Scenario } from "./scenario";

/** Runs at a time. They wait for pauses and drips most of the time. */
const LANES = 8;

/** Faults of reading calls that differ, where a scenario is bounded. */
const ofReads = ["lost answer", "empty answer", "denied", "expired", "endless token"];

/** What has a token for a next page. */
const lists = /:(List|Lookup|Describe|GetAccountAuthorizationDetails)/;

/** By action, then by fault: how runs ended, in a word each. */
export type Table = Map<string, Map<string, Set<string>>>;

interface Lane {
  proxy: MeddlingProxy;
  account: Account;
}

/**
 * Runs a command once without a fault to find its calls, and then once for each call and each fault. After each, account,
 * evidence and report must say the same.
 *
 * @param other credentials of another account
 */
export async function everyFault(scenario: Scenario, shared: Account, other: Credentials): Promise<Table> {
  const lanes = await Promise.all(Array.from({ length: LANES }, (_, at) => laneTo(scenario, shared, at)));
  let stages = 0;
  const end = async ({ account }: Lane, stage: unknown, call = "", fault = "") => {
    // A proxy for each run: what an ended run still had under way must not get the fault of the next.
    const one = new OneFault(call, fault);
    const proxy = await proxyTo(scenario, shared, one);
    const ended = await ending(proxy.endpoint, (session, terminal) => scenario.run(session, stage, terminal), {
      // What drips has to end; all others have the time that a busy machine takes.
      ...(fault === "slow drip" && { perTry: 2500 }),
      credentials: () => (one.isOther ? other : account.credentials),
    });
    await proxy.close();
    return { ended, asked: [...one.asked] };
  };
  try {
    await scenario.begin?.(shared);
    const first = lanes[0]!;
    const clean = await scenario.prepare(first.account, stages++);
    const { ended: cleanly, asked } = await end(first, clean);
    assert.equal(
      cleanly.code,
      scenario.clean,
      `a run without a fault: ${cleanly.error?.message ?? JSON.stringify(cleanly.json?.["problems"])}`,
    );
    await scenario.agree(first.account, clean, cleanly);
    await scenario.clear?.(first.account, clean);
    const cells = cellsOf(scenario, asked);
    const table: Table = new Map();
    const failures: string[] = [];
    const cell = async (lane: Lane, { call, fault }: (typeof cells)[number]) => {
      const { account } = lane;
      const stage = await scenario.prepare(account, stages++);
      const { ended } = await end(lane, stage, call, fault);
      try {
        await scenario.agree(account, stage, ended);
        const word = wordFor(scenario, stage, ended);
        if (needsAfter(scenario, call, fault, word)) await scenario.after?.(account, stage, ended);
        note(table, call.split(" ")[0]!, fault, word);
      } catch (error) {
        failures.push(`${call}, ${fault}: ${(error as Error).message.slice(0, 600)}`);
      }
      await scenario.clear?.(account, stage);
    };
    const left = [...cells];
    await Promise.all(
      lanes.map(async (lane) => {
        for (let next = left.shift(); next !== undefined; next = left.shift()) await cell(lane, next);
      }),
    );
    assert.deepEqual(failures, [], `${failures.length} of ${cells.length}`);
    return table;
  } finally {
    await Promise.all(lanes.map(({ proxy }) => proxy.close()));
    lanes.filter(({ account }) => account.aws !== shared.aws).forEach(({ account }) => account.aws.destroy());
  }
}

async function laneTo(scenario: Scenario, shared: Account, at: number): Promise<Lane> {
  const proxy = await proxyTo(scenario, shared, new OneFault());
  const account = scenario.alone ? await accountOf(shared, String(300_000_000_000 + at)) : shared;
  // Runs without a fault get the answers that the emulator lacks as well.
  return { proxy, account: { ...account, emulator: { ...account.emulator, endpoint: proxy.endpoint } } };
}

function proxyTo(scenario: Scenario, { emulator }: Account, one: OneFault): Promise<MeddlingProxy> {
  return meddlingProxy(
    emulator.endpoint,
    (asked) => scenario.instead?.(asked) ?? one.meddle(asked) ?? enabledOnly(scenario.regions, asked),
  );
}

/** Which call gets which fault. */
function cellsOf({ writes, bounded }: Scenario, asked: readonly string[]): { call: string; fault: string }[] {
  return asked.flatMap((call) => {
    const all = bounded === undefined || writes.test(call) || call.startsWith("sts:");
    const names = all ? Object.keys(faults) : isRepresentative(call) ? ofReads : [];
    return names.filter((fault) => fault !== "endless token" || lists.test(call)).map((fault) => ({ call, fault }));
  });
}

/**
 * Whether the run is followed by another one, or taken back. After a fault of a reading call that the run got over, this is
 * done for one call of each action and the faults that differ: the report named what could not be read, or there was
 * nothing to name, and it is the same for all calls of the action.
 */
function needsAfter({ writes }: Scenario, call: string, fault: string, word: string): boolean {
  return writes.test(call) || word !== "done" || (isRepresentative(call) && ofReads.includes(fault));
}

/** The first of its action. */
function isRepresentative(call: string): boolean {
  return call.endsWith(" 1");
}

function note(table: Table, action: string, fault: string, word: string): void {
  const row = table.get(action) ?? new Map<string, Set<string>>();
  table.set(action, row.set(fault, (row.get(fault) ?? new Set()).add(word)));
}

/** How a run ended, as the document has it. */
function wordFor(scenario: Scenario, stage: unknown, { code, json, error }: Ended): string {
  if (json === undefined) {
    return error instanceof BaselineError && error.code === "identity-changed" ? "stopped: other owner" : "stopped";
  }
  const states = scenario.states(json, stage);
  const found = (["unknown", "failed", "not tried"] as const).find((each) => states.includes(each));
  return found ?? (code === scenario.clean ? "done" : "partly read");
}
