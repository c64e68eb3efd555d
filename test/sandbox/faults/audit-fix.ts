import assert from "node:assert/strict";
import { join } from "node:path";
import { type Terminal } from "../../../common/terminal";
import { applyFix } from "../../../operations/watch/audit/fix/apply";
import { withEvidence } from "../../../operations/watch/audit/fix/evidence";
import { type Deed, type FixResult } from "../../../operations/watch/audit/fix/model";
import { auditIn } from "../../../operations/watch/audit/run";
import { type AwsSession } from "../../../aws/session";
import { verifyEvidence } from "../../../operations/evidence/read";
import { type CallResult } from "../../../operations/evidence/apply";
import { contain } from "../../../operations/respond/contain/contain";
import { respondIn } from "../../../operations/respond/run";
import { backDate } from "../../../sandbox/seed/back-date";
import { fakeSecret } from "../../support/fake-keys";
import { ending } from "./ending";
import { type Account, type Ended, type Scenario } from "./scenario";

/** Somebody with a key and a console password that nobody has used for years. */
interface Unused {
  UserName: string;
  key: string;
  evidence: string;
  before: State;
}

/** Whether the fix is in the account: the key is Inactive, the password is gone. */
type State = Record<Deed["kind"], boolean>;
const unfixed: State = { "deactivate-key": false, "delete-login-profile": false };
const fixed: State = { "deactivate-key": true, "delete-login-profile": true };

interface Told {
  problems: object[];
  plan: { deeds: Deed[] };
  fixes?: FixResult[];
}

async function unused({ aws, folder, emulator }: Account, number: number): Promise<Unused> {
  const UserName = `unused-${number}-${Date.now()}`;
  await aws.iam().createUser({ UserName });
  await aws.iam().createLoginProfile({ UserName, Password: fakeSecret() });
  const { AccessKey } = await aws.iam().createAccessKey({ UserName });
  const key = AccessKey!.AccessKeyId!;
  await backDate(aws, UserName, key, { created: new Date("2020-01-01T00:00:00Z") }, emulator.accountId);
  return { UserName, key, evidence: join(folder, UserName), before: unfixed };
}

/** What the account says itself. */
async function stateOf({ aws }: Account, { UserName }: Unused): Promise<State> {
  const [keys, profile] = await Promise.all([
    aws.iam().listAccessKeys({ UserName }),
    aws
      .iam()
      .getLoginProfile({ UserName })
      .catch((error: Error) => assert.match(error.name, /^NoSuchEntity/)),
  ]);
  return {
    "deactivate-key": keys.AccessKeyMetadata?.[0]?.Status === "Inactive",
    "delete-login-profile": profile === undefined,
  };
}

async function clear({ aws }: Account, { UserName, key: AccessKeyId }: Unused): Promise<void> {
  await aws.iam().deleteAccessKey({ UserName, AccessKeyId });
  await aws
    .iam()
    .deleteLoginProfile({ UserName })
    .catch(() => undefined);
  await aws.iam().deleteUser({ UserName });
}

function fix(session: AwsSession, { evidence }: Unused, terminal: Terminal): Promise<number> {
  const options = { fix: true, apply: true, yes: true, json: true, save: false, failOn: "never", evidence };
  return auditIn(
    session,
    { format: "json", files: [], exemptions: [], failOn: "never", regions: ["us-east-1"] },
    options,
    terminal,
  );
}

function undo(session: AwsSession, { UserName, evidence }: Unused, terminal: Terminal): Promise<number> {
  return respondIn(
    session,
    evidence,
    { kind: "user", name: UserName },
    { name: "contain", summary: "", load: () => Promise.resolve(contain), stopsItself: true },
    { prefix: "baseline", apply: true, json: true, undo: true },
    terminal,
  );
}

const again = ({ emulator, credentials }: Account, stage: Unused, run: typeof fix) =>
  ending(emulator.endpoint, (session, terminal) => run(session, stage, terminal), { credentials: () => credentials });

/** What changed is in the evidence, and the evidence is whole. */
async function agreeEvidence(found: State, { before, evidence }: Unused): Promise<void> {
  const state = await verifyEvidence(evidence).catch(() => undefined);
  if (JSON.stringify(found) !== JSON.stringify(before)) assert.equal(state?.ok, true, "evidence");
}

/** The key works again, and the password that no program can give back is named. */
async function assertTakenBack(account: Account, stage: Unused, { code, json }: Ended): Promise<void> {
  assert.equal(code, 0, "undone");
  assert.deepEqual(await stateOf(account, stage), { ...fixed, "deactivate-key": false });
  assert.match(String((json as { cannot: string[] }).cannot), /DeleteLoginProfile.*create-login-profile/);
}

export const fixing: Scenario<Unused> = {
  name: "audit --fix --apply",
  clean: 0,
  writes: /^iam:(UpdateAccessKey|DeleteLoginProfile)/,
  bounded:
    "Two kinds of fix: an unused key becomes Inactive, an unused console password is deleted. One region is looked at. The emulator has no IAM Access Analyzer, so its calls are answered by the test and get no fault.",
  alone: true,
  instead: ({ service }) => (service === "access-analyzer" ? { answer: { analyzers: [] } } : undefined),
  prepare: unused,
  run: fix,
  states: (json) => ((json as unknown as Told).fixes ?? []).map(({ outcome }) => outcome),
  async agree(account, stage, { code, json }) {
    const found = await stateOf(account, stage);
    await agreeEvidence(found, stage);
    if (json === undefined) {
      assert.notEqual(code, 0);
      return;
    }
    const { problems, plan, fixes = [] } = json as unknown as Told;
    assert.deepEqual(
      fixes.map(({ deed }) => [deed.kind, deed.user]),
      plan.deeds.map((deed) => [deed.kind, deed.user]),
    );
    const others: Partial<State> = { ...found };
    for (const { deed, outcome, reason } of fixes) {
      assert.equal(deed.user, stage.UserName);
      if (outcome === "done") assert.equal(found[deed.kind], true, `${deed.kind} is done`);
      else if (outcome === "unknown") assert.match(reason, /not known.*The account was looked at/, deed.kind);
      else assert.equal(found[deed.kind], false, `${deed.kind} is ${outcome}`);
      if (outcome !== "done") assert.match(reason, /\w/, `${deed.kind} is ${outcome}, and nobody says why`);
      delete others[deed.kind];
    }
    // What is in no plan was not touched, and the report says that a part could not be read.
    for (const [kind, is] of Object.entries(others)) {
      assert.equal(is, false, kind);
      assert.ok(problems.length > 0, `${kind} is missing in the plan, and no part is named`);
    }
    const settled = fixes.every(({ outcome }) => outcome === "done" || outcome === "skipped");
    assert.equal(code !== 0, !settled || problems.length > 0, "exit code");
  },
  async after(account, stage) {
    if (JSON.stringify(await stateOf(account, stage)) !== JSON.stringify(fixed)) {
      const second = await again(account, stage, fix);
      assert.equal(second.code, 0, `fixed again: ${String(second.error)}`);
      assert.deepEqual(await stateOf(account, stage), fixed);
    }
    await assertTakenBack(account, stage, await again(account, stage, undo));
  },
  clear,
};

export const fixUndoing: Scenario<Unused> = {
  name: "respond contain --undo --apply, after audit --fix --apply",
  clean: 0,
  writes: /^iam:UpdateAccessKey/,
  bounded: "A console password cannot be given back; the report has to name it each time.",
  async prepare(account, number) {
    const stage = await unused(account, number);
    const { UserName: user, key: keyId } = stage;
    const deeds: Deed[] = [
      { kind: "deactivate-key", user, keyId, because: "unused" },
      { kind: "delete-login-profile", user, because: "unused" },
    ];
    const caller = { accessKeyId: "practice" };
    const now = new Date();
    await again(account, stage, async (session, { evidence }, { result }) => {
      const results = await withEvidence(evidence, session, { deeds, leftAlone: [] }, (recorded, noted) =>
        applyFix(recorded, deeds, { evidence: noted, region: "us-east-1", now, caller }),
      );
      assert.deepEqual([...new Set(results.map(({ outcome }) => outcome))], ["done"]);
      result!.write(JSON.stringify({}));
      return 0;
    });
    return { ...stage, before: fixed };
  },
  run: undo,
  states: (json) => ((json as { calls?: CallResult[] }).calls ?? []).map(({ state }) => state),
  async agree(account, stage, { code, json }) {
    const found = await stateOf(account, stage);
    await agreeEvidence(found, stage);
    assert.equal(found["delete-login-profile"], true);
    if (json === undefined) {
      assert.notEqual(code, 0);
      assert.equal(found["deactivate-key"], true, "changed, and nothing says so");
      return;
    }
    const { calls, cannot } = json as unknown as { calls: CallResult[]; cannot: string[] };
    assert.match(String(cannot), /DeleteLoginProfile/);
    const [{ state, reason = "" }] = calls as [CallResult];
    if (state === "done" || state === "absent") assert.equal(found["deactivate-key"], false, state);
    else if (state === "unknown") assert.match(reason, /not known.*The account was looked at/);
    else assert.equal(found["deactivate-key"], true, state);
    assert.equal(code !== 0, !(state === "done" || state === "absent"), "exit code");
  },
  after: async (account, stage) => assertTakenBack(account, stage, await again(account, stage, undo)),
  clear,
};
