import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { type Terminal } from "../../../common/terminal";
import { type AwsSession } from "../../../aws/session";
import { verifyEvidence } from "../../../operations/evidence/read";
import { type CallResult } from "../../../operations/evidence/apply";
import { respondIn } from "../../../operations/respond/run";
import { type Found } from "../../../operations/respond/sweep/model";
import { sweep as sweepStep } from "../../../operations/respond/sweep/step";
import { apiCall } from "../../support/cloudtrail-records";
import { ending } from "./ending";
import { type Account, type Scenario } from "./scenario";

/** A leaked key, and what was made with it. */
interface Misused {
  key: string;
  /** The user that was made, and the key of that user. */
  UserName: string;
  made: string;
  instance: string;
  evidence: string;
}

const swept = { UpdateAccessKey: true, CreateSnapshots: true, StopInstances: true };
type State = typeof swept;
type Told = { calls: (CallResult["call"] & CallResult)[]; found: Found[]; notes: string[] };

async function misused({ aws, folder, emulator }: Account, number: number): Promise<Misused> {
  const suspect = `suspect-${number}-${Date.now()}`;
  const UserName = `backdoor-of-${suspect}`;
  const keyOf = async (name: string) => {
    await aws.iam().createUser({ UserName: name });
    return (await aws.iam().createAccessKey({ UserName: name })).AccessKey!.AccessKeyId!;
  };
  const [key, made] = [await keyOf(suspect), await keyOf(UserName)];
  const { Instances: [{ InstanceId: instance = "" } = {}] = [] } = await aws.ec2().runInstances({
    ...{ ImageId: "ami-12c6146b", InstanceType: "g4dn.xlarge", MinCount: 1, MaxCount: 1 },
  });
  const { accountId } = emulator;
  const arn = `arn:aws:iam::${accountId}:user/${suspect}`;
  const userIdentity = { type: "IAMUser", arn, accountId, accessKeyId: key, userName: suspect };
  const eventTime = `${new Date(Date.now() - 3600_000).toISOString().slice(0, 19)}Z`;
  const record = (service: string, name: string, requestParameters: object, responseElements: object) =>
    apiCall(service, name, { userIdentity, eventTime, eventID: randomUUID(), requestParameters, responseElements });
  const launched = { instancesSet: { items: [{ instanceId: instance, instanceType: "g4dn.xlarge" }] } };
  const records = [
    record("iam", "CreateUser", { userName: UserName }, {}),
    record("iam", "CreateAccessKey", { userName: UserName }, { accessKey: { accessKeyId: made, userName: UserName } }),
    record("ec2", "RunInstances", { instanceType: "g4dn.xlarge" }, launched),
  ];
  const body = JSON.stringify({ records });
  const { ok } = await fetch(`${emulator.endpoint}/sandbox/event-history`, { method: "POST", body });
  assert.ok(ok, "the event history was not taken");
  return { key, UserName, made, instance, evidence: join(folder, suspect) };
}

/** What the account says itself. */
async function stateOf({ aws }: Account, { UserName, instance }: Misused): Promise<State> {
  const Filters = [{ Name: "description", Values: [`*${instance}*`] }];
  const [keys, { Reservations }, { Snapshots }] = await Promise.all([
    aws.iam().listAccessKeys({ UserName }),
    aws.ec2().describeInstances({ InstanceIds: [instance] }),
    aws.ec2().describeSnapshots({ OwnerIds: ["self"], Filters }),
  ]);
  return {
    UpdateAccessKey: keys.AccessKeyMetadata?.[0]?.Status === "Inactive",
    CreateSnapshots: Snapshots!.length > 0,
    StopInstances: /^stopp/.test(Reservations?.[0]?.Instances?.[0]?.State?.Name ?? ""),
  };
}

function sweep(session: AwsSession, { key, evidence }: Misused, terminal: Terminal): Promise<number> {
  return respondIn(
    session,
    evidence,
    { kind: "key", id: key },
    { name: "sweep", summary: "", load: () => Promise.resolve(sweepStep), stopsItself: true },
    { prefix: "baseline", apply: true, json: true, regions: "us-east-1" },
    terminal,
  );
}

export const sweeping: Scenario<Misused> = {
  name: "respond <key> sweep --apply",
  // The user that was made is still there, and somebody has to decide on it.
  clean: 3,
  writes: /^(iam:UpdateAccessKey|ec2:(CreateSnapshots|StopInstances))/,
  bounded: "The key made an instance, a user and a key of that user. Events of one region are read.",
  // What was launched stays listed after its end, and each run would read the instances of all others.
  alone: true,
  prepare: misused,
  run: sweep,
  states: (json) => (json as unknown as Told).calls.map(({ state }) => state),
  async agree(account, stage, { code, json }) {
    const now = await stateOf(account, stage);
    const evidence = await verifyEvidence(stage.evidence).catch(() => undefined);
    if (json !== undefined || Object.values(now).includes(true)) assert.equal(evidence?.ok, true, "evidence");
    assert.ok(now.CreateSnapshots || !now.StopInstances, "stopped without a snapshot");
    if (json === undefined) {
      assert.notEqual(code, 0);
      return;
    }
    const { calls, found, notes } = json as unknown as Told;
    const others: Partial<State> = { ...now };
    for (const { action, state, reason = "" } of calls) {
      const is = now[action as keyof State];
      if (state === "done") assert.equal(is, true, `${action} is done`);
      else if (state === "unknown") assert.match(reason, /not known.*The account was looked at/, action);
      else assert.equal(is, false, `${action} is ${state}`);
      delete others[action as keyof State];
    }
    const aboutMade = (id: string) => found.find((each) => each.id === id);
    // What is in no call was not touched, and the report names what it does not know.
    for (const [action, is] of Object.entries(others)) {
      assert.equal(is, false, action);
      const thing = aboutMade(action === "UpdateAccessKey" ? stage.made : stage.instance);
      const isSaid = thing?.state === "unknown" || thing?.untouched !== undefined;
      assert.ok(notes.length > 0 || isSaid, `${action} is missing, and nothing says why`);
    }
    const isSo = (id: string, as: RegExp, is: boolean) => {
      const thing = aboutMade(id);
      if (thing?.state === "exists") assert.equal(as.test(thing.detail), is, `${id}: ${thing.detail}`);
      else assert.notEqual(thing?.state, "gone", id);
    };
    isSo(stage.instance, /^stopp/, now.StopInstances);
    isSo(stage.made, /^Inactive$/, now.UpdateAccessKey);
    const settled = calls.every(({ state }) => state === "done");
    assert.ok(settled ? code === 3 || (code === 1 && notes.length > 0) : code === 1, `exit code ${code}`);
  },
  async after(account, stage) {
    if (JSON.stringify(await stateOf(account, stage)) === JSON.stringify(swept)) return;
    const { endpoint } = account.emulator;
    const again = await ending(endpoint, (session, terminal) => sweep(session, stage, terminal), {
      credentials: () => account.credentials,
    });
    assert.equal(again.code, 3, `swept again: ${String(again.error)}`);
    assert.deepEqual(await stateOf(account, stage), swept);
  },
  async clear({ aws }, { instance }) {
    await aws.ec2().terminateInstances({ InstanceIds: [instance] });
  },
};
