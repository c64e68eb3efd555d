import assert from "node:assert/strict";
import { join } from "node:path";
import { auditRequest } from "../../../operations/watch/audit/request";
import { auditIn } from "../../../operations/watch/audit/run";
import { type Deed } from "../../../operations/watch/audit/fix/model";
import { type LeakDrillReport } from "../../../operations/watch/drill/leak/report";
import { leakDrillIn } from "../../../operations/watch/drill/leak/run";
import { drillTag } from "../../../operations/watch/drill/leak/user-names";
import { readEvidence } from "../../../operations/evidence/read";
import { ABOUT_TO } from "../../../operations/respond/marks";
import { type PlannedCall } from "../../../operations/evidence/planned-call";
import { backDate } from "../../../sandbox/seed/back-date";
import { contain, type Leaky, leaky, partOf, type State, stateOf, undo, untouched } from "./contain";
import { ending } from "./ending";
import { assertSound, type Killing } from "./killing";
import { type Prefixed, responding, usersOf } from "./leak-stage";
import { type Account } from "./scenario";

const respond = ({ key, evidence }: Leaky, ...args: string[]) => [
  ...["respond", key, "contain", ...args, "--apply"],
  ...["--evidence", evidence, "--region", "us-east-1"],
];

/** What changed has its way back on the disk; undone, also after it was contained once more, nothing is left. */
export async function assertTakenBack(account: Account, stage: Leaky, isContainedAgain: boolean): Promise<void> {
  const { endpoint } = account.emulator;
  const found = await stateOf(account, stage);
  const meant = new Set<keyof State>();
  for await (const { call, input } of readEvidence(stage.evidence)) {
    if (call === ABOUT_TO) meant.add(partOf(input as PlannedCall));
  }
  for (const [name, is] of Object.entries(found) as [keyof State, boolean][]) {
    assert.ok(!is || meant.has(name), `${name} was changed, and no evidence says so`);
  }
  if (isContainedAgain) {
    const again = await ending(endpoint, (session, terminal) => contain(session, stage, terminal));
    assert.equal(again.code, 0, `contained again: ${String(again.error)}`);
    assert.equal((await stateOf(account, stage)).UpdateAccessKey, true, "contained again");
  }
  const undone = await ending(endpoint, (session, terminal) => undo(session, stage, terminal));
  assert.deepEqual([undone.code, undone.json?.["cannot"] ?? []], [0, []], `undone: ${String(undone.error)}`);
  assert.deepEqual(await stateOf(account, stage), untouched);
  assert.equal(await assertSound(stage.evidence), false, "half a line was put aside");
}

export const killedContainment: Killing<Leaky> = {
  name: "respond contain --apply",
  writes: /^iam:(Update|Put|Tag|Delete|Attach)/,
  lanes: 2,
  prepare: leaky,
  args: (stage) => respond(stage),
  async afterwards(account, stage) {
    await assertSound(stage.evidence);
    await assertTakenBack(account, stage, true);
  },
};

export const killedUndo: Killing<Leaky> = {
  name: "respond contain --undo --apply",
  writes: /^iam:(Update|Put|Untag|Delete|Detach)/,
  lanes: 2,
  async prepare(account, number) {
    const stage = await leaky(account, number);
    const contained = await ending(account.emulator.endpoint, (session, terminal) => contain(session, stage, terminal));
    assert.equal(contained.code, 0);
    return stage;
  },
  args: (stage) => respond(stage, "--undo"),
  async afterwards(account, stage) {
    await assertSound(stage.evidence);
    const { UpdateAccessKey, deny, revoke, TagUser } = await stateOf(account, stage);
    if (UpdateAccessKey || deny || revoke) assert.equal(TagUser, true, "the mark is gone before the rest");
    await assertTakenBack(account, stage, false);
  },
};

interface Unused {
  UserName: string;
  keys: string[];
  evidence: string;
}

type PlannedDeed = Deed & { undo: string };

export const killedFix: Killing<Unused> = {
  name: "audit --fix --apply",
  writes: /^iam:(Update|Delete)/,
  lanes: 1,
  async prepare({ aws, folder }, number) {
    const UserName = `unused-${number}-${Date.now()}`;
    await aws.iam().createUser({ UserName });
    await aws.iam().createLoginProfile({ UserName, Password: "Not-used-since-2020!" });
    const keys: string[] = [];
    for (let left = 2; left > 0; left--) {
      const { AccessKey } = await aws.iam().createAccessKey({ UserName });
      keys.push(AccessKey!.AccessKeyId!);
      await backDate(aws, UserName, keys.at(-1)!, { created: new Date("2020-01-01T00:00:00Z") });
    }
    return { UserName, keys, evidence: join(folder, UserName) };
  },
  args: ({ evidence }) => [
    ...["audit", "--fix", "--apply", "--yes", "--regions", "us-east-1", "--region", "us-east-1"],
    ...["--no-save", "--json", "--evidence", evidence],
  ],
  async afterwards({ aws, emulator }, { UserName, keys, evidence }) {
    const keysThatAre = async (status: string) => {
      const { AccessKeyMetadata = [] } = await aws.iam().listAccessKeys({ UserName });
      return AccessKeyMetadata.filter(({ Status }) => Status === status).map(({ AccessKeyId }) => AccessKeyId);
    };
    const hasPassword = () =>
      aws
        .iam()
        .getLoginProfile({ UserName })
        .then(Boolean, () => false);
    try {
      await assertSound(evidence);
      const deeds: PlannedDeed[] = [];
      for await (const { call, result } of readEvidence(evidence)) {
        if (call === "planned") deeds.push(...(result as { deeds: PlannedDeed[] }).deeds);
      }
      const commands = deeds.map((each) => each.undo);
      for (const key of await keysThatAre("Inactive")) {
        assert.ok(
          commands.some((command) => command.includes(key!)),
          `no evidence has the way back of ${key}`,
        );
      }
      const named = commands.some((command) => command.includes("create-login-profile"));
      assert.ok((await hasPassword()) || named, "a password is gone, and no evidence says so");
      const options = {
        ...{ failOn: "never", regions: "us-east-1", json: true, save: false },
        ...{ fix: true, apply: true, yes: true, evidence },
      };
      const again = await ending(emulator.endpoint, (session, terminal) =>
        auditIn(session, auditRequest(options), options, terminal),
      );
      assert.equal(again.error, undefined);
      assert.deepEqual([(await keysThatAre("Inactive")).sort(), await hasPassword()], [keys.sort(), false]);
      // The way back as the evidence of the run that was killed has it.
      for (const command of commands) {
        const [, AccessKeyId] =
          /^aws iam update-access-key .*--access-key-id (\w+) --status Active( |$)/.exec(command) ?? [];
        if (AccessKeyId) await aws.iam().updateAccessKey({ UserName, AccessKeyId, Status: "Active" });
      }
      assert.deepEqual((await keysThatAre("Active")).sort(), keys.sort(), "taken back");
      assert.equal(await assertSound(evidence), false);
    } finally {
      // A fix is of the whole account: the next one shall find its own only.
      for (const AccessKeyId of keys) await aws.iam().deleteAccessKey({ UserName, AccessKeyId });
      await aws
        .iam()
        .deleteLoginProfile({ UserName })
        .catch(() => undefined);
      await aws.iam().deleteUser({ UserName });
    }
  },
};

export const killedLeakDrill: Killing<Prefixed> = {
  name: "drill leak",
  writes: /^iam:(Create|Attach|Delete|Detach)/,
  // They wait most of the time: the limit is also that of the looks before, which take seconds on a busy machine.
  lanes: 4,
  prepare: responding,
  args: ({ prefix }) => [
    "drill",
    "leak",
    "--region",
    "us-east-1",
    "--prefix",
    prefix,
    "--timeout",
    "12",
    "--yes",
    "--json",
  ],
  async afterwards(account, stage) {
    const left = await usersOf(account, stage);
    assert.ok(left.length <= 1, left.join());
    // Its time is over; until then the drill may be running.
    for (const UserName of left) {
      await account.aws.iam().tagUser({ UserName, Tags: [{ Key: drillTag, Value: "2020-01-01T00:00:00.000Z" }] });
    }
    const { prefix } = stage;
    const { json } = await ending(account.emulator.endpoint, (session, terminal) =>
      leakDrillIn(
        session,
        { homeRegion: "us-east-1", homeIsGuessed: false, namePrefix: prefix, timeout: 1, interval: 50 },
        { prefix, timeout: "1", yes: true, json: true },
        terminal,
      ),
    );
    const { earlier = [], removal } = (json ?? {}) as Partial<LeakDrillReport>;
    assert.deepEqual(
      earlier.map(({ user, gone }) => ({ user, gone })),
      left.map((user) => ({ user, gone: true })),
    );
    assert.equal(removal?.gone, true);
    assert.deepEqual(await usersOf(account, stage), []);
  },
};
