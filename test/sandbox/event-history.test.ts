import assert from "node:assert/strict";
import { type Event } from "@aws-sdk/client-cloudtrail";
import { type Emulator } from "../../sandbox/emulator";
import { type Clients, createClients } from "../../sandbox/provider";
import { seedAccountBefore } from "../../sandbox/seed";
import { type BreakInReport, seedBreakIn } from "../../sandbox/seed/break-in";
import { startEmulator } from "../support/emulator";

interface CloudTrailRecord {
  userIdentity: { type: string; arn: string; userName?: string; sessionContext?: { sessionIssuer: { arn: string } } };
  sourceIPAddress: string;
  errorCode?: string;
  requestParameters: Record<string, unknown> | null;
  responseElements: Record<string, unknown> | null;
}

describe("the emulator's event history", function () {
  this.timeout(60_000);
  let emulator: Emulator;
  let nobody: Clients;
  let breakIn: BreakInReport;
  const begun = new Date(Date.now() - 1000);

  before(async () => {
    emulator = await startEmulator();
    nobody = createClients(emulator.endpoint);
    await seedAccountBefore(nobody);
    breakIn = await seedBreakIn(nobody);
  });
  after(async () => {
    nobody?.destroy();
    await emulator?.stop();
  });

  /** The newest first, all pages. */
  async function lookUp(
    key: "AccessKeyId" | "Username" | "EventName",
    value: string,
    more: object = {},
    region?: string,
  ) {
    const found: Event[] = [];
    let NextToken: string | undefined;
    do {
      const attributes = [{ AttributeKey: key, AttributeValue: value }];
      const page = await nobody
        .cloudtrail(region)
        .lookupEvents({ LookupAttributes: attributes, StartTime: begun, ...more, NextToken });
      found.push(...(page.Events ?? []));
      NextToken = page.NextToken;
    } while (NextToken);
    return found;
  }
  const record = ({ CloudTrailEvent = "" }: Event) => JSON.parse(CloudTrailEvent) as CloudTrailRecord;
  const the = async (name: string, region?: string) => record((await lookUp("EventName", name, {}, region))[0]!);

  it("tells what a key called, the newest first, and whose it is", async () => {
    const events = await lookUp("AccessKeyId", breakIn.accessKeyId);
    const names = events.map(({ EventName }) => EventName);
    assert.equal(names.at(-1), "GetCallerIdentity");
    assert.ok(names.indexOf("CreateUser") > names.indexOf("CreateAccessKey"));
    assert.ok(events.every(({ Username }) => Username === breakIn.user));
    assert.deepEqual(
      [record(events[0]!).userIdentity.type, record(events[0]!).sourceIPAddress],
      ["IAMUser", "198.51.100.99"],
    );
    assert.deepEqual(
      (await lookUp("Username", breakIn.user)).map(({ EventId }) => EventId),
      events.map(({ EventId }) => EventId),
    );
  });

  it("keeps each region's own, IAM's where IAM reports", async () => {
    const home = (await lookUp("AccessKeyId", breakIn.accessKeyId)).map(({ EventName }) => EventName);
    const away = await lookUp("AccessKeyId", breakIn.accessKeyId, {}, "eu-north-1");
    assert.ok(home.includes("CreateUser") && !home.includes("RunInstances"));
    assert.ok(away.some(({ EventName }) => EventName === "RunInstances"));
    assert.deepEqual(await lookUp("AccessKeyId", breakIn.accessKeyId, {}, "sa-east-1"), []);
  });

  it("spells a record as CloudTrail does", async () => {
    const run = await the("RunInstances", "eu-north-1");
    const { items } = run.responseElements?.["instancesSet"] as {
      items: { instanceId: string; instanceType: string }[];
    };
    assert.deepEqual([run.requestParameters?.["instanceType"], items.length], ["g5.12xlarge", 4]);
    assert.match(items[0]!.instanceId, /^i-/);
    const open = await the("AuthorizeSecurityGroupIngress", "eu-north-1");
    const { items: rules } = open.requestParameters?.["ipPermissions"] as { items: { ipRanges: object }[] };
    assert.deepEqual(rules[0]?.ipRanges, { items: [{ cidrIp: "0.0.0.0/0" }] });
  });

  it("keeps no secret", async () => {
    const key = (await the("CreateAccessKey")).responseElements?.["accessKey"] as Record<string, string>;
    assert.match(key["accessKeyId"]!, /^AKIA/);
    assert.equal(key["secretAccessKey"], "HIDDEN_DUE_TO_SECURITY_REASONS");
    assert.doesNotMatch(JSON.stringify(await the("CreateLoginProfile")), /Not-a-secret/);
  });

  it("tells what AWS refused, with the code", async () => {
    const thief = createClients(emulator.endpoint, "us-east-1", breakIn.accessKeyId);
    await assert.rejects(thief.iam().deleteUser({ UserName: "not-there" }));
    thief.destroy();
    const refused = await the("DeleteUser");
    assert.deepEqual([refused.errorCode, refused.responseElements], ["NoSuchEntity", null]);
  });

  it("tells of a session whose role it is", async () => {
    const trust = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
    });
    const { Role } = await nobody.iam().createRole({ RoleName: "deploy", AssumeRolePolicyDocument: trust });
    const { Credentials } = await nobody.sts().assumeRole({ RoleArn: Role?.Arn, RoleSessionName: "night" });
    const session = createClients(emulator.endpoint, "us-east-1", Credentials?.AccessKeyId);
    await session.ec2().describeInstances({});
    session.destroy();
    const [event] = await lookUp("AccessKeyId", Credentials?.AccessKeyId ?? "");
    assert.ok(event);
    assert.match(record(event).userIdentity.arn, /:assumed-role\/deploy\/night$/);
    assert.equal(record(event).userIdentity.sessionContext?.sessionIssuer.arn, Role?.Arn);
  });

  it("answers in pages, within a time", async () => {
    const { Events = [], NextToken } = await nobody.cloudtrail().lookupEvents({
      LookupAttributes: [{ AttributeKey: "AccessKeyId", AttributeValue: breakIn.accessKeyId }],
      EndTime: begun,
      MaxResults: 50,
    });
    assert.deepEqual([Events.length, typeof NextToken], [50, "string"]);
    const before = await lookUp("AccessKeyId", breakIn.accessKeyId, { StartTime: undefined, EndTime: begun });
    assert.ok(before.length > 100, "two months of work were put there");
    assert.equal(new Set(before.map(({ EventId }) => EventId)).size, before.length);
  });
});
