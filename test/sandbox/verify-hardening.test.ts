import assert from "node:assert/strict";
import { verify as accountGuards } from "../../components/account-guards/verify";
import { verify as backup } from "../../components/backup/verify";
import { verify as externalAccess } from "../../components/external-access/verify";
import { verify as securityContact } from "../../components/security-contact/verify";
import { verify as ssmEndpoints } from "../../components/ssm-endpoints/verify";
import { verify as supportRole } from "../../components/support-role/verify";
import { type Evidence, type Verifier, type VerifyScope } from "../../components/foundation/verify/verifier";
import { type Emulator } from "../../sandbox/emulator";
import { createSandboxProvider, type SandboxProvider } from "../../sandbox/provider";
import type { Props } from "../../common/properties";
import { startEmulator } from "../support/emulator";

const REGION = "eu-west-1";

describe("verifiers of hardening", function () {
  this.timeout(60_000);
  let emulator: Emulator;
  let provider: SandboxProvider;
  let scope: VerifyScope;

  before(async () => {
    emulator = await startEmulator();
    provider = createSandboxProvider({ endpoint: emulator.endpoint });
    const { clients: aws } = provider;
    const regions = ["us-east-1", REGION];
    scope = { aws, accountId: emulator.accountId, homeRegion: "us-east-1", regions, namePrefix: "baseline" };
  });
  after(async () => {
    provider?.clients.destroy();
    await emulator?.stop();
  });

  async function make(type: string, given: Props): Promise<string> {
    const urn = `urn:pulumi:test::baseline::${type}::it`;
    const { inputs } = (await provider.check(urn, {}, given)) as { inputs: Props };
    return ((await provider.create(urn, inputs)) as { id: string }).id;
  }
  const holds = (evidence: Evidence[]) => evidence.every((each) => each.holds);
  const failing = async (verifier: Verifier) =>
    (await verifier(scope)).filter((each) => !each.holds).map(({ says }) => says);

  it("say what the emulator cannot tell, once", async () => {
    for (const evidence of [await externalAccess(), await accountGuards(scope)]) {
      const recorded = evidence.filter(({ neutral }) => neutral);
      assert.ok(recorded.length > 0);
      assert.ok(recorded.every((each) => each.holds && each.says.startsWith("recorded only: the emulator has no API")));
      assert.equal(new Set(recorded.map(({ says }) => says)).size, recorded.length);
    }
  });

  it("account guards: buckets, volumes and default security groups", async () => {
    assert.deepEqual((await failing(accountGuards)).sort(), [
      "buckets may have new public ACLs, public ACLs, new public policies, public policies",
      "encryption of new volumes: off",
      "encryption of new volumes: off",
    ]);
    await make("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    for (const region of scope.regions) {
      await make("aws:ebs/encryptionByDefault:EncryptionByDefault", { region });
    }
    const { Vpcs } = await scope.aws.ec2(REGION).describeVpcs({});
    const group = await make("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", {
      region: REGION,
      vpcId: Vpcs?.[0]?.VpcId,
      ingress: [],
      egress: [],
      tags: { "baseline:control": "AccountGuards" },
    });
    const evidence = await accountGuards(scope);
    assert.ok(holds(evidence));
    assert.ok(evidence.some(({ says }) => /default security group of vpc-\w+ has no rules/.test(says)));
    await scope.aws.ec2(REGION).authorizeSecurityGroupIngress({
      GroupId: group,
      IpPermissions: [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
    });
    await scope.aws.ec2("us-east-1").disableEbsEncryptionByDefault({});
    const [volumes, rules] = await failing(accountGuards);
    assert.equal(volumes, "encryption of new volumes: off");
    assert.match(rules ?? "", /has 1 rule/);
  });

  it("endpoints for Systems Manager: services, names and ports", async () => {
    assert.deepEqual(await ssmEndpoints(scope), [{ holds: true, neutral: true, says: "no VPC is in the settings" }]);
    const ec2 = scope.aws.ec2(REGION);
    const vpcId = (await ec2.describeVpcs({})).Vpcs?.[0]?.VpcId;
    const group = await make("aws:ec2/securityGroup:SecurityGroup", { region: REGION, name: "endpoints", vpcId });
    const allow = (port: number, cidrIpv4: string) =>
      make("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {
        region: REGION,
        securityGroupId: group,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        cidrIpv4,
      });
    const endpoint = (service: string, more: Props) =>
      make("aws:ec2/vpcEndpoint:VpcEndpoint", {
        region: REGION,
        vpcId,
        serviceName: `com.amazonaws.${REGION}.${service}`,
        tags: { "baseline:control": "SsmEndpoints" },
        ...more,
      });
    const named = { vpcEndpointType: "Interface", securityGroupIds: [group], privateDnsEnabled: true };
    await endpoint("ssm", named);
    const messages = await endpoint("ssmmessages", named);
    assert.deepEqual(await failing(ssmEndpoints), [
      `${vpcId} has endpoints for ssm, ssmmessages, none for s3`,
      `${vpcId}: they let in nobody`,
    ]);
    await endpoint("s3", {});
    await allow(443, "172.31.0.0/16");
    const evidence = await ssmEndpoints(scope);
    assert.ok(holds(evidence));
    assert.deepEqual(
      evidence.map(({ region, says }) => `${region} ${says}`),
      [
        `${REGION} ${vpcId} has endpoints for s3, ssm, ssmmessages`,
        `${REGION} ${vpcId}: private DNS is on`,
        `${REGION} ${vpcId}: they let in 443 only, 22 is closed`,
      ],
    );
    await allow(22, "0.0.0.0/0");
    await ec2.modifyVpcEndpoint({ VpcEndpointId: messages, PrivateDnsEnabled: false });
    assert.deepEqual(await failing(ssmEndpoints), [
      `${vpcId}: private DNS is off for com.amazonaws.${REGION}.ssmmessages`,
      `${vpcId}: they let in 22 from 0.0.0.0/0`,
    ]);
  });

  it("backup: vault, lock and plan", async () => {
    assert.deepEqual(await backup(scope), [{ holds: true, neutral: true, says: "switched off" }]);
    await make("aws:backup/vault:Vault", { region: REGION, name: "baseline-backup" });
    assert.deepEqual(await failing(backup), ["vault baseline-backup is NOT locked", "there is no plan baseline-daily"]);
    const lock = { minRetentionDays: 35, maxRetentionDays: 400 };
    await make("aws:backup/vaultLockConfiguration:VaultLockConfiguration", {
      region: REGION,
      backupVaultName: "baseline-backup",
      ...lock,
    });
    const rule = { ruleName: "daily", schedule: "cron(0 5 * * ? *)", lifecycle: { deleteAfter: 35 } };
    await make("aws:backup/plan:Plan", {
      region: REGION,
      name: "baseline-daily",
      rules: [{ ...rule, targetVaultName: "baseline-backup" }],
    });
    const evidence = await backup(scope);
    assert.ok(holds(evidence));
    assert.deepEqual(
      evidence.map(({ says }) => says),
      [
        "vault baseline-backup is locked: a backup lives 35 to 400 days (those with the right to can lift it)",
        "plan baseline-daily fills it: cron(0 5 * * ? *), kept 35 days",
        "recorded only: the emulator has no API for what a plan covers",
      ],
    );
  });

  it("support role: what it may do, and who may take it", async () => {
    assert.deepEqual(await supportRole(scope), [{ holds: true, neutral: true, says: "switched off" }]);
    const statement = (sid: string, who: string, more: Props = {}) => ({
      Sid: sid,
      Effect: "Allow",
      Principal: { AWS: [`arn:aws:iam::${emulator.accountId}:${who}`] },
      Action: "sts:AssumeRole",
      ...more,
    });
    const withMfa = { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } };
    const trust = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
    const careful = [statement("People", "root", withMfa), statement("Roles", "role/oncall")];
    await make("aws:iam/role:Role", { name: "baseline-support", assumeRolePolicy: trust(...careful) });
    assert.deepEqual(await failing(supportRole), ["role baseline-support may use: nothing"]);
    const attach = (name: string) =>
      make("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
        role: "baseline-support",
        policyArn: `arn:aws:iam::aws:policy/${name}`,
      });
    await attach("AWSSupportAccess");
    assert.ok(holds(await supportRole(scope)));
    await attach("AdministratorAccess");
    const document = trust(statement("People", "user/mallory"));
    await scope.aws.iam().updateAssumeRolePolicy({ RoleName: "baseline-support", PolicyDocument: document });
    assert.deepEqual(await failing(supportRole), [
      "role baseline-support may use: AWSSupportAccess, AdministratorAccess",
      `taken without MFA by arn:aws:iam::${emulator.accountId}:user/mallory`,
    ]);
  });

  it("security contact: whom AWS calls", async () => {
    assert.deepEqual(await securityContact(scope), [{ holds: true, neutral: true, says: "switched off" }]);
    await make("aws:account/alternativeContact:AlternativeContact", {
      alternateContactType: "SECURITY",
      name: "Desk",
      title: "On call",
      emailAddress: "security@example.com",
      phoneNumber: "+1 555 0100",
    });
    assert.deepEqual(await securityContact(scope), [
      { holds: true, says: "AWS calls Desk (On call), security@example.com, +1 555 0100" },
    ]);
  });
});
