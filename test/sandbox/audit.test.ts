import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { audit } from "../../operations/watch/audit/audit";
import { applyFix } from "../../operations/watch/audit/fix/apply";
import { withEvidence } from "../../operations/watch/audit/fix/evidence";
import { readEvidence } from "../../operations/evidence/read";
import { startEmulator } from "../support/emulator";
import { scratch } from "../support/scratch";
import { planFix } from "../../operations/watch/audit/fix/plan";
import { type AuditReport } from "../../operations/watch/audit/model";
import { accountClients } from "../../aws/account-clients";
import { documentsOf } from "../../operations/account/identity/documents";
import { ownerOf } from "../../operations/account/identity/owner";
import { verdictOn } from "../../operations/account/identity/verdict";
import { type Emulator } from "../../sandbox/emulator";
import { type Clients, createClients } from "../../sandbox/provider";
import { seedAccountBefore } from "../../sandbox/seed";

const regions = ["us-east-1", "eu-west-1"];
const everything = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }],
});
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
const caller = { accessKeyId: "practice" };
const identity = {
  accountId: "123456789012",
  callerArn: "arn:aws:sts::123456789012:user/moto",
  partition: "aws",
  endpoint: "http://localhost",
};

/** The account before the baseline, with a group, a role, a secret and an instance on top, read by the real SDK. */
describe("audit, on an emulated account", function () {
  this.timeout(120_000);
  let emulator: Emulator;
  let seeded: Clients;
  let aws: ReturnType<typeof accountClients>;
  let report: AuditReport;

  before(async () => {
    emulator = await startEmulator();
    seeded = createClients(emulator.endpoint);
    aws = accountClients({ endpoint: emulator.endpoint });
    await seedAccountBefore(seeded);
    const iam = seeded.iam();
    await iam.createGroup({ GroupName: "ops" });
    await iam.putGroupPolicy({ GroupName: "ops", PolicyName: "all", PolicyDocument: everything });
    await iam.createUser({ UserName: "kim" });
    await iam.addUserToGroup({ GroupName: "ops", UserName: "kim" });
    await iam.createRole({ RoleName: "Deploy", AssumeRolePolicyDocument: trust });
    await iam.attachRolePolicy({ RoleName: "Deploy", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
    await seeded.ec2("eu-west-1").runInstances({
      ...{ ImageId: "ami-12c6146b", MinCount: 1, MaxCount: 1 },
      TagSpecifications: [{ ResourceType: "instance", Tags: [{ Key: "Owner", Value: "data-team" }] }],
    });
    await aws.secretsmanager("eu-west-1").createSecret({ Name: "db", SecretString: "not-a-secret" });
    report = await audit(aws, { regions, pause: 5 });
  });
  after(async () => {
    aws?.destroy();
    seeded?.destroy();
    await emulator?.stop();
  });

  it("finds what the articles tell people to look for, each with whose it is", () => {
    const found = new Set(report.findings.map(({ rule, who }) => `${rule} ${who}`));
    for (const each of [
      "administrator-aws-policy ci-deploy",
      "administrator-aws-policy Deploy",
      "administrator-wildcard kim",
      "user-direct-policies ci-deploy",
      "user-without-mfa mina",
      "user-without-mfa old-contractor",
      "console-unused-90 mina",
      "key-old ci-deploy",
      "key-unused-90 mina",
      "key-never-used old-contractor",
      "root-mfa root",
      "password-policy-weak account",
      "open-admin-ports account",
      "instance-imdsv1 data-team",
      "instance-without-role data-team",
    ]) {
      assert.ok(found.has(each), `${each} is missing of ${[...found].join("; ")}`);
    }
    assert.equal(report.users, 4);
    const role = report.findings.find(({ resource }) => resource === "role/Deploy");
    assert.equal(role?.severity, "medium");
    const kim = report.findings.find(({ rule }) => rule === "administrator-wildcard");
    assert.match(kim?.evidence ?? "", /inline policy all of group ops/);
  });

  it("tells apart what the emulator lacks, and nothing else", () => {
    assert.ok(report.partial);
    assert.deepEqual(
      report.problems.map(({ kind, region, cause }) => `${kind} ${region} ${cause}`),
      regions.map((region) => `accessAnalyzer ${region} unsupported`).sort(),
    );
  });

  it("finds a secret that nobody reads, as time goes by", async () => {
    const later = new Date(Date.now() + 91 * 86_400_000);
    const then = await audit(aws, { regions: ["eu-west-1"], pause: 5, now: later });
    const secret = then.findings.find(({ rule }) => rule === "secret-unused");
    assert.equal(secret?.resource, "secret/db");
    assert.doesNotMatch(JSON.stringify(then), /not-a-secret/);
  });

  it("says the same of a principal when asked for it alone", async () => {
    const kim = await documentsOf(aws, { user: "kim" });
    assert.deepEqual([kim.groups, kim.problems], [["ops"], []]);
    assert.deepEqual(verdictOn(kim).sources, ["inline policy all of group ops"]);
    const role = verdictOn(await documentsOf(aws, { role: "Deploy" }));
    assert.deepEqual([role.kind, role.by], ["administrator", "aws-managed-policy"]);
    await assert.rejects(documentsOf(aws, { user: "nobody" }), /no IAM user of the name "nobody"/);
  });

  it("finds whose a key is", async () => {
    const { AccessKeyMetadata: [key] = [] } = await seeded.iam().listAccessKeys({ UserName: "mina" });
    const owner = await ownerOf(aws, key?.AccessKeyId ?? "");
    assert.ok(owner.kind === "user" && owner.user === "mina" && owner.status === "Active");
    assert.equal(owner.lastUsed?.region, "eu-west-1");
    assert.equal((await ownerOf(aws, "AKIAIOSFODNN7EXAMPLE")).kind, "unknown");
    await assert.rejects(ownerOf(aws, "not a key"), { code: "not-an-access-key" });
  });

  it("deactivates what is unused and keeps the rest; twice changes nothing more", async () => {
    const iam = seeded.iam();
    const status = async (UserName: string) =>
      (await iam.listAccessKeys({ UserName })).AccessKeyMetadata?.map(({ Status }) => Status);
    const exemption = { resource: "user/old-contractor*", reason: "leaves in March", expires: "2999-01-01" };
    const options = { region: "us-east-1", now: new Date(), caller };

    const exempt = await audit(aws, { regions: [], pause: 5, accepted: [exemption] });
    const { deeds } = planFix(exempt.findings, caller);
    const folder = scratch("audit-evidence");
    const first = await withEvidence(folder, { clients: aws, identity }, planFix(exempt.findings, caller), (recorded) =>
      applyFix(recorded, deeds, options),
    );
    const entries = [];
    for await (const entry of readEvidence(folder)) entries.push(entry);
    const calls = entries.map(({ call }) => call);
    // The way back is on disk before anything is changed.
    assert.deepEqual([calls[0], calls[1], calls.at(-1)], ["identity", "planned", "outcome"]);
    assert.deepEqual(entries[0]?.result, identity);
    assert.ok(calls.includes("iam:UpdateAccessKey") && calls.includes("iam:DeleteLoginProfile"));
    assert.match(JSON.stringify(entries[1]?.result), /"undo":"aws iam update-access-key [^"]*--status Active"/);
    rmSync(folder, { recursive: true, force: true });
    assert.deepEqual(
      first.map(({ deed, outcome }) => `${deed.kind} ${deed.user} ${outcome}`),
      ["deactivate-key mina done", "delete-login-profile mina done"],
    );
    assert.deepEqual(await status("mina"), ["Inactive"]);
    assert.deepEqual(await status("old-contractor"), ["Active"]);
    assert.deepEqual(await status("ci-deploy"), ["Active"]);
    await assert.rejects(iam.getLoginProfile({ UserName: "mina" }), /Login Profile|NoSuchEntity/);

    const second = await applyFix(aws, deeds, options);
    assert.deepEqual(
      second.map(({ outcome }) => outcome),
      ["skipped", "skipped"],
    );
    const after = await audit(aws, { regions: [], pause: 5, accepted: [exemption] });
    assert.deepEqual(planFix(after.findings, caller).deeds, []);
  });

  it("leaves a key alone that was used since the report, and the one that signs", async () => {
    const iam = seeded.iam();
    const { AccessKeyMetadata: [busy] = [] } = await iam.listAccessKeys({ UserName: "ci-deploy" });
    const deed = { kind: "deactivate-key" as const, user: "ci-deploy", keyId: busy?.AccessKeyId ?? "", because: "" };
    const options = { region: "us-east-1", now: new Date() };
    const [used] = await applyFix(aws, [deed], { ...options, caller });
    const [own] = await applyFix(aws, [deed], { ...options, caller: { accessKeyId: deed.keyId } });
    assert.deepEqual([used?.outcome, own?.outcome], ["skipped", "skipped"]);
    assert.match(used?.reason ?? "", /used since/);
    assert.match(own?.reason ?? "", /signs/);
    assert.equal((await iam.listAccessKeys({ UserName: "ci-deploy" })).AccessKeyMetadata?.[0]?.Status, "Active");
  });
});
