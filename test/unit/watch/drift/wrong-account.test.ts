import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { PassThrough } from "node:stream";
import { type AwsClients, lazyClients } from "../../../../aws/clients";
import { type Observation } from "../../../../common/observation";
import { lookForDrift } from "../../../../operations/watch/drift/look";
import { lookAndFix } from "../../../../operations/watch/drift/session";
import { type StackHost } from "../../../../engine/stack-host";
import { type RunResult } from "../../../../engine/host";

const id = "arn:aws:cloudtrail:us-east-1:111122223333:trail/t";
const type = "aws:cloudtrail/trail:Trail";
const urn = `urn:pulumi:s::p::baseline:index:AuditTrail$${type}::trail`;
/** As another account shows it: nothing of the stack is there. */
const gone: Observation = { urn, type, name: "trail", id, state: "deleted", differences: [], dependsOn: [] };
const done: RunResult = { outcome: "done", steps: [], findings: [] };

describe("drift, with the credentials of another account than the stack's", () => {
  let server: Server;
  let aws: AwsClients;
  let calls: string[];

  before(async () => {
    server = createServer((_request, response) => {
      response.writeHead(answer === undefined ? 403 : 200, { "content-type": "text/xml" });
      response.end(answer ?? "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const credentials = { accessKeyId: "a", secretAccessKey: "b" };
    aws = lazyClients("us-east-1", (_service, region) => ({ region, endpoint, credentials, maxAttempts: 1 }));
  });
  after(() => {
    aws.destroy();
    server.close();
  });
  let answer: string | undefined;
  beforeEach(() => {
    calls = [];
    answer =
      "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>999988887777</Account>" +
      "<Arn>arn:aws:iam::999988887777:user/mina</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>";
  });

  const host = (): StackHost => ({
    engine: "fake",
    provider: "fake",
    preview: () => Promise.resolve(done),
    up: () => Promise.resolve(done),
    refresh: () => Promise.resolve((calls.push("refresh"), [gone])),
    resources: () => Promise.resolve([{ urn, type, id, custom: true, outputs: { arn: id } }]),
    upOnly: () => Promise.resolve((calls.push("up"), done)),
    recordedOnly: () => [],
    close: () => Promise.resolve(),
  });
  const request = () => ({ host: host(), project: "p", stack: "s", aws, who: false, unmanaged: false });
  const refused = { code: "wrong-account", exitCode: 1, message: /of account 999988887777.*of 111122223333/ };

  it("looks at nothing: everything would seem to be deleted", async () => {
    await assert.rejects(lookForDrift(request()), refused);
    assert.deepEqual(calls, []);
  });

  it("makes nothing there", async () => {
    const terminal = { input: new PassThrough(), output: new PassThrough() };
    await assert.rejects(lookAndFix(request(), { terminal, yes: true }), refused);
    assert.deepEqual(calls, []);
  });

  it("looks where whoever signs for the stack is proven to be of its account", async () => {
    const accountIds = ["111122223333"];
    assert.equal((await lookForDrift({ ...request(), accountIds })).state, "drifted");
    await assert.rejects(lookForDrift({ ...request(), accountIds: ["999988887777"] }), refused);
  });

  it("looks at nothing, and makes nothing, where AWS does not say whose credentials they are", async () => {
    answer = "<GetCallerIdentityResponse/>";
    await assert.rejects(lookForDrift(request()), { code: "wrong-account" });
    answer = undefined;
    const terminal = { input: new PassThrough(), output: new PassThrough() };
    await assert.rejects(lookAndFix(request(), { terminal, yes: true }), { code: "access-denied" });
    assert.deepEqual(calls, []);
  });
});
