import * as assert from "node:assert/strict";
import { type AwsClients } from "../../../aws/clients";
import { accountClients } from "../../../aws/account-clients";
import { ask } from "../../../aws/ask";
import { RunLimit, secondsOf } from "../../../aws/run-limit";
import { AwsSession } from "../../../aws/session";
import { problemOf } from "../../../aws/problem";
import { answeringServer, type Said } from "../../support/answering-server";

const xml = (body: string): Said => ({ headers: { "content-type": "text/xml" }, body });
const drip: Said = { drip: "<!-- -->", every: 20 };
const users = xml("<ListUsersResponse><ListUsersResult><Users/></ListUsersResult></ListUsersResponse>");
const updated = xml("<UpdateAccessKeyResponse><ResponseMetadata/></UpdateAccessKeyResponse>");
const self = xml(
  "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/a</Arn>" +
    "<Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>",
);
const read = (aws: AwsClients) => ask("iam:ListUsers", "us-east-1", () => aws.iam().listUsers({}));
const write = (aws: AwsClients) =>
  aws.iam().updateAccessKey({ AccessKeyId: "AKIA1234567890123456", Status: "Inactive" });
const over = /^The time of this run \(--timeout, 2 s\) was over before iam:ListUsers in us-east-1 was answered\./;

describe("the time that a run may read", () => {
  it("is a whole number of seconds up to a day", () => {
    for (const said of ["1", "600", "86400"]) assert.equal(secondsOf(said), Number(said));
    for (const said of ["", "0", "-1", "1.5", "1h", "86401", "1e3"]) {
      assert.throws(() => secondsOf(said), { code: "invalid-timeout", exitCode: 2 }, said);
    }
  });

  it("ends what reads, sends no other, and says why; what writes goes on", async () => {
    const says = [drip, updated];
    const server = await answeringServer((number) => says[number]!);
    const aws = accountClients({ endpoint: server.endpoint, limit: new RunLimit(2) });
    try {
      const began = Date.now();
      const error = await read(aws).catch((caught: unknown) => caught as Error);
      assert.ok(error instanceof Error && over.test(error.message), JSON.stringify(error));
      assert.ok(Date.now() - began < 20_000);
      const { cause, reason } = problemOf("users", "us-east-1", "iam:ListUsers", error);
      assert.deepEqual([cause, over.test(reason)], ["unreachable", true]);
      await assert.rejects(read(aws), { code: "run-timeout" });
      assert.equal(server.requests(), 1);
      await write(aws);
      assert.equal(server.requests(), 2);
    } finally {
      aws.destroy();
      await server.close();
    }
  });

  it("never ends a write in the middle", async () => {
    const server = await answeringServer(() => drip);
    const aws = accountClients({
      ...{ endpoint: server.endpoint, limit: new RunLimit(0.1) },
      patience: { perTry: 1000, perFile: 1000, perCall: 1000 },
    });
    try {
      await assert.rejects(write(aws), /no whole answer within 1 s/);
    } finally {
      aws.destroy();
      await server.close();
    }
  });

  it("is lifted by the first write of a session: what was begun is looked after", async () => {
    const says = [self, self, updated, users];
    const server = await answeringServer((number) => says[number]!);
    const session = await AwsSession.open({ endpoint: server.endpoint, timeout: 0.05 });
    try {
      await new Promise((resolve) => setTimeout(resolve, 100));
      await assert.rejects(read(session.clients), /The time of this run/);
      await write(session.clients);
      await read(session.clients);
    } finally {
      session.close();
      await server.close();
    }
  });
});
