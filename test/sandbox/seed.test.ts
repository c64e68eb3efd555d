import assert from "node:assert/strict";
import { type Emulator } from "../../sandbox/emulator";
import { type Clients, createClients } from "../../sandbox/provider";
import { seedAccountBefore, type SeedReport } from "../../sandbox/seed";
import { startEmulator } from "../support/emulator";

const YEAR_MS = 365 * 86_400_000;

describe("the account before", function () {
  this.timeout(60_000);
  let emulator: Emulator;
  let clients: Clients;
  let report: SeedReport;

  before(async () => {
    emulator = await startEmulator();
    clients = createClients(emulator.endpoint);
    report = await seedAccountBefore(clients);
  });
  after(async () => {
    clients?.destroy();
    await emulator?.stop();
  });

  it("has three users without MFA, one of them an administrator", () => {
    assert.deepEqual(
      report.users.map(({ name }) => name),
      ["ci-deploy", "mina", "old-contractor"],
    );
    assert.deepEqual(
      report.users.map(({ mfa }) => mfa),
      [false, false, false],
    );
    assert.deepEqual(
      report.users.filter(({ administrator }) => administrator).map(({ name }) => name),
      ["ci-deploy"],
    );
  });

  it("has access keys years old, one never used, as IAM tells", async () => {
    for (const { name } of report.users) {
      const { AccessKeyMetadata = [] } = await clients.iam().listAccessKeys({ UserName: name });
      const { User } = await clients.iam().getUser({ UserName: name });
      assert.equal(AccessKeyMetadata.length, 1);
      const age = Date.now() - (AccessKeyMetadata[0]?.CreateDate?.getTime() ?? Date.now());
      assert.ok(age >= 2 * YEAR_MS - 1000, `${name}'s key is ${Math.round(age / YEAR_MS)} years old`);
      assert.ok((User?.CreateDate?.getTime() ?? Infinity) <= Date.now() - 2 * YEAR_MS + 1000);
    }
    const neverUsed = report.users.filter(({ accessKeys }) =>
      accessKeys.every(({ lastUsed }) => lastUsed === undefined),
    );
    assert.deepEqual(
      neverUsed.map(({ name }) => name),
      ["old-contractor"],
    );
  });

  it("has SSH open to the world", async () => {
    const { id, region } = report.securityGroup;
    const { SecurityGroups = [] } = await clients.ec2(region).describeSecurityGroups({ GroupIds: [id] });
    const open = SecurityGroups[0]?.IpPermissions?.find(({ FromPort }) => FromPort === 22);
    assert.equal(open?.IpRanges?.[0]?.CidrIp, "0.0.0.0/0");
  });

  it("is told without a key or a password", () => {
    assert.doesNotMatch(JSON.stringify(report), /AKIA|LKIA|[A-Za-z0-9/+]{40}|Not-a-secret/);
  });
});
