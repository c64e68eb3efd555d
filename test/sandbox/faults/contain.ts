import assert from "node:assert/strict";
import { join } from "node:path";
import { verifyEvidence } from "../../../operations/evidence/read";
import { type CallResult } from "../../../operations/evidence/apply";
import { respondIn } from "../../../operations/respond/run";
import { contain as containStep } from "../../../operations/respond/contain/contain";
import { type Terminal } from "../../../common/terminal";
import { type AwsSession } from "../../../aws/session";
import { ending } from "./ending";
import { type Account, type Ended, type Scenario } from "./scenario";

/** A user whose key leaked. */
export interface Leaky {
  UserName: string;
  key: string;
  evidence: string;
  before: State;
}

export const untouched = { UpdateAccessKey: false, deny: false, revoke: false, TagUser: false };
/** What containment changes, and whether it is so. */
export type State = typeof untouched;
type Told = { calls?: (CallResult["call"] & CallResult)[]; cannot?: string[] };

export async function leaky({ aws, folder }: Account, number: number): Promise<Leaky> {
  const UserName = `leaky-${number}-${Date.now()}`;
  await aws.iam().createUser({ UserName });
  const { AccessKey } = await aws.iam().createAccessKey({ UserName });
  return { UserName, key: AccessKey!.AccessKeyId!, evidence: join(folder, UserName), before: untouched };
}

/** What the account says itself. */
export async function stateOf({ aws }: Account, { UserName }: Leaky): Promise<State> {
  const [keys, policies, tags] = await Promise.all([
    aws.iam().listAccessKeys({ UserName }),
    aws.iam().listUserPolicies({ UserName }),
    aws.iam().listUserTags({ UserName }),
  ]);
  return {
    UpdateAccessKey: keys.AccessKeyMetadata?.[0]?.Status === "Inactive",
    deny: policies.PolicyNames?.includes("baseline-respond-deny") === true,
    revoke: policies.PolicyNames?.includes("baseline-respond-revoke-sessions") === true,
    TagUser: (tags.Tags ?? []).length > 0,
  };
}

function contained(options: object) {
  return (session: AwsSession, { key, evidence }: Leaky, terminal: Terminal) =>
    respondIn(
      session,
      evidence,
      { kind: "key", id: key },
      { name: "contain", summary: "", load: () => Promise.resolve(containStep), stopsItself: true },
      { prefix: "baseline", apply: true, json: true, ...options },
      terminal,
    );
}

export const contain = contained({});
export const undo = contained({ undo: true });

/** What a call changes. */
export function partOf({ action, parameters }: Pick<CallResult["call"], "action" | "parameters">): keyof State {
  const policy = typeof parameters["PolicyName"] === "string" ? parameters["PolicyName"] : "";
  const name = policy === "" ? action.replace(/^Untag/, "Tag") : /deny/.test(policy) ? "deny" : "revoke";
  return name as keyof State;
}

/** @param undone whether the calls take something away */
async function agree(account: Account, stage: Leaky, { json, code }: Ended, undone: boolean): Promise<void> {
  const found = await stateOf(account, stage);
  const { before } = stage;
  const evidence = await verifyEvidence(stage.evidence).catch(() => undefined);
  if (JSON.stringify(found) !== JSON.stringify(before)) assert.equal(evidence?.ok, true, "evidence");
  const { calls = [] } = (json ?? {}) as Told;
  const others: Partial<State> = { ...found };
  for (const { action, parameters, state, reason = "" } of calls) {
    const name = partOf({ action, parameters });
    if (state === "done" || state === "absent") assert.equal(found[name], !undone, `${name} is ${state}`);
    else if (state === "unknown") assert.match(reason, /not known.*The account was looked at/, action);
    else assert.equal(found[name], before[name], `${name} is ${state}`);
    delete others[name];
  }
  if (json !== undefined) {
    // What no call is told of was not touched.
    for (const [name, is] of Object.entries(others)) assert.equal(is, before[name as keyof State], name);
    const settled = calls.every(({ state }) => state === "done" || state === "absent");
    assert.equal(code !== 0, !settled, "exit code");
  } else assert.notEqual(code, 0);
}

const states = (json: Record<string, unknown>) => ((json as Told).calls ?? []).map(({ state }) => state);
const writes = /^iam:(Update|Put|Tag|Untag|Delete)/;

/** What could not be read before is not put back by a program; it is named, and the mark stays with it. */
function assertUndone(after: State, { json = {} }: Ended): void {
  const { cannot = [] } = json as Told;
  const stays: Record<keyof State, RegExp> = {
    ...{ UpdateAccessKey: /UpdateAccessKey/, deny: /PutUserPolicy/, revoke: /PutUserPolicy/, TagUser: /./ },
  };
  for (const name of Object.keys(untouched) as (keyof State)[]) {
    if (!cannot.some((line) => stays[name].test(line))) assert.equal(after[name], false, `${name} is left`);
  }
}

export const containment: Scenario<Leaky> = {
  name: "respond contain --apply",
  clean: 0,
  writes,
  prepare: leaky,
  run: contain,
  states,
  agree: (account, stage, ended) => agree(account, stage, ended, false),
  async after(account, stage, ended) {
    const { endpoint } = account.emulator;
    // Nothing to take back, and no way back that could be lost.
    if (JSON.stringify(await stateOf(account, stage)) === JSON.stringify(untouched)) return;
    if (ended.code !== 0) {
      // Contained again, as people do, and the way back is still known.
      await ending(endpoint, (session, terminal) => contain(session, stage, terminal));
      assert.equal((await stateOf(account, stage)).UpdateAccessKey, true, "contained again");
    }
    const undone = await ending(endpoint, (session, terminal) => undo(session, stage, terminal));
    assertUndone(await stateOf(account, stage), undone);
  },
};

export const undoing: Scenario<Leaky> = {
  name: "respond contain --undo --apply",
  clean: 0,
  writes,
  async prepare(account, number) {
    const stage = await leaky(account, number);
    await ending(account.emulator.endpoint, (session, terminal) => contain(session, stage, terminal));
    return { ...stage, before: await stateOf(account, stage) };
  },
  run: undo,
  states,
  agree: (account, stage, ended) => agree(account, stage, ended, true),
  async after(account, stage) {
    const left = await stateOf(account, stage);
    if (left.UpdateAccessKey || left.deny || left.revoke) assert.equal(left.TagUser, true, "the mark is gone");
    const again = await ending(account.emulator.endpoint, (session, terminal) => undo(session, stage, terminal));
    assert.equal(again.code, 0, "undone again");
    assert.deepEqual(await stateOf(account, stage), untouched);
  },
};
