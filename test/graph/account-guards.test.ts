import assert from "node:assert/strict";
import { AccountGuards, type AccountGuardsArgs } from "../../components/account-guards/account-guards";
import { type Registration } from "../../engine/in-process/registration";
import { byRegion, declared, inputsText, place, removed } from "../support/declared";
import { ofType, only } from "../support/graph";

const regions = ["us-east-1", "eu-west-1"];
const all = {
  blockPublicBuckets: true,
  encryptVolumes: true,
  blockPublicSnapshots: true,
  blockPublicImages: true,
  requireImdsV2: true,
  blockPublicDocuments: true,
  closeDefaultSecurityGroups: true,
};

const guards =
  (args: Partial<AccountGuardsArgs> = {}) =>
  () =>
    new AccountGuards("guards", { ...place, ...all, regions, defaultVpcs: { "eu-west-1": "vpc-1" }, ...args });

describe("AccountGuards", () => {
  let everything: Registration[];
  before(async () => (everything = await declared(guards())));

  it("makes no bucket of the account public, by any of the four ways", () => {
    const { inputs } = only(everything, "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock");
    assert.deepEqual(inputs, {
      accountId: place.accountId,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
  });

  const regional: [type: string, expected: Record<string, unknown>][] = [
    ["aws:ebs/encryptionByDefault:EncryptionByDefault", { enabled: true }],
    ["aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess", { state: "block-all-sharing" }],
    ["aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess", { state: "block-new-sharing" }],
    [
      "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
      { httpTokens: "required", httpPutResponseHopLimit: 2 },
    ],
  ];
  for (const [type, expected] of regional) {
    it(`sets ${type.split(":")[2]} in every region`, () => {
      const found = byRegion(everything, type);
      for (const region of regions) {
        assert.deepEqual(found[region]?.[0]?.inputs, { region, ...expected });
      }
      assert.equal(ofType(everything, type).length, regions.length);
    });
  }

  it("shares no document publicly, by the setting of each region's own ARN", () => {
    for (const { inputs } of ofType(everything, "aws:ssm/serviceSetting:ServiceSetting")) {
      assert.equal(
        inputs["settingId"],
        `arn:aws:ssm:${String(inputs["region"])}:123456789012:servicesetting/ssm/documents/console/public-sharing-permission`,
      );
      assert.equal(inputs["settingValue"], "Disable");
    }
    assert.equal(ofType(everything, "aws:ssm/serviceSetting:ServiceSetting").length, regions.length);
  });

  it("closes the default security groups that there are, and says outright that they have no rules", () => {
    const { inputs } = only(everything, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
    assert.deepEqual(
      [inputs["region"], inputs["vpcId"], inputs["ingress"], inputs["egress"]],
      ["eu-west-1", "vpc-1", [], []],
    );
  });

  it("leaves alone a default VPC in a region it does not cover", async () => {
    const elsewhere = await declared(guards({ regions: ["us-east-1"] }));
    assert.deepEqual(ofType(elsewhere, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"), []);
  });

  const switches: [name: keyof typeof all, type: string][] = [
    ["blockPublicBuckets", "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"],
    ["encryptVolumes", "aws:ebs/encryptionByDefault:EncryptionByDefault"],
    ["blockPublicSnapshots", "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess"],
    ["blockPublicImages", "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess"],
    ["requireImdsV2", "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults"],
    ["blockPublicDocuments", "aws:ssm/serviceSetting:ServiceSetting"],
    ["closeDefaultSecurityGroups", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"],
  ];
  for (const [name, type] of switches) {
    it(`${name}: false leaves out ${type.split(":")[2]}, and nothing else`, async () => {
      const gone = await removed(guards(), guards({ [name]: false }));
      assert.deepEqual(
        gone,
        ofType(everything, type).map((each) => each.name),
      );
    });
  }

  it("loses exactly a region's own settings when the region goes", async () => {
    const gone = await removed(guards(), guards({ regions: ["us-east-1"] }));
    assert.equal(gone.length, 6);
    assert.ok(
      gone.every((name) => name.endsWith("-eu-west-1")),
      gone.join(),
    );
  });

  for (const partition of ["aws-cn", "aws-us-gov"]) {
    it(`names nothing of another partition in ${partition}`, async () => {
      assert.doesNotMatch(inputsText(await declared(guards({ partition }))), /arn:aws:/);
    });
  }
});
