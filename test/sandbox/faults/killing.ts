import assert from "node:assert/strict";
import { type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { EVIDENCE_FILE } from "../../../operations/evidence/read";
import { stateOf } from "../../../operations/evidence/state";
import { type Ended, startCli } from "../../support/cli";
import { root } from "../../support/graph";
import { meddlingProxy } from "../../support/meddling-proxy";
import { type Account } from "./scenario";

/** When a process is killed: before a call is passed on, or after AWS carried it out and before the answer. */
export const moments = ["before", "after"] as const;
export type Moment = (typeof moments)[number];

/** A command whose process is killed at each of its writing calls, and what must hold afterwards. */
export interface Killing<Stage> {
  /** As on the command line. */
  name: string;
  writes: RegExp;
  prepare(account: Account, number: number): Promise<Stage>;
  /** Runs at a time; 1 where a run is of the whole account. */
  lanes: number;
  /** The command line, without `--endpoint`. */
  args(stage: Stage): string[];
  /** Throws where the killed run left something that cannot be found or taken back. */
  afterwards(account: Account, stage: Stage): Promise<void>;
}

/**
 * Runs the command line once to the end, to count its writing calls, and then kills it at each of them.
 *
 * @returns how many writing calls there are
 */
export async function everyKill<Stage>(killing: Killing<Stage>, account: Account): Promise<number> {
  const { writes, lanes } = killing;
  const { endpoint } = account.emulator;
  const whole = await killing.prepare(account, 0);
  const { ended, count } = await run(endpoint, killing.args(whole), writes);
  assert.ok(count > 0, `no writing call: ${ended.stderr}`);
  await killing.afterwards(account, whole);
  const failures: string[] = [];
  const left = Array.from({ length: count }, (_, at) => moments.map((moment) => ({ call: at + 1, moment }))).flat();
  const lane = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const { call, moment } = next;
      const stage = await killing.prepare(account, 2 * call + moments.indexOf(moment));
      const killed = await run(endpoint, killing.args(stage), writes, next);
      try {
        assert.equal(killed.ended.code, null, `was not killed: ${killed.ended.stderr}`);
        assert.equal(killed.ended.stdout, "", "it has told its outcome already");
        await killing.afterwards(account, stage);
      } catch (error) {
        failures.push(`killed ${moment} writing call ${call}: ${(error as Error).message.slice(0, 600)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  assert.deepEqual(failures, [], `${failures.length} of ${2 * count}`);
  return count;
}

/** @param kill when its process is killed. Default: it is not */
async function run(
  endpoint: string,
  args: string[],
  writes: RegExp,
  kill?: { call: number; moment: Moment },
): Promise<{ ended: Ended; count: number }> {
  let child: ChildProcess | undefined;
  let count = 0;
  const proxy = await meddlingProxy(endpoint, ({ service, action }) => {
    if (!writes.test(`${service}:${action.split(".").at(-1)}`) || ++count !== kill?.call) return undefined;
    const end = (answer: string) => {
      child?.kill("SIGKILL");
      return answer;
    };
    if (kill.moment === "after") return { change: end };
    end("");
    return "hang up";
  });
  try {
    const started = startCli([...args, "--endpoint", proxy.endpoint]);
    child = started.child;
    return { ended: await started.ended, count };
  } finally {
    await proxy.close();
  }
}

/** Runs a command that is killed while it writes to the disk. @param text in the path or the line that it writes */
export function killedWriting(args: string[], text: string, at: "half" | "written" | "renamed"): Promise<Ended> {
  const preload = join(root, "test", "support", "killed-writing.cjs");
  return startCli(args, { NODE_OPTIONS: `--require ${preload}`, KILL_IN: text, KILL_AT: at }).ended;
}

/** Throws where the evidence is broken; half a last line is not. @returns whether there is such a line */
export async function assertSound(folder: string): Promise<boolean> {
  if (!existsSync(join(folder, EVIDENCE_FILE))) return false;
  const { ok, torn, problem, changed, gone, strange } = await stateOf(folder);
  assert.deepEqual([ok, problem, changed, gone, strange], [true, ...Array<undefined>(4)], "evidence");
  return torn;
}
