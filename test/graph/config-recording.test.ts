import assert from "node:assert/strict";
import { Region } from "@pulumi/aws";
import { type ComponentResourceOptions } from "@pulumi/pulumi";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import { ConfigRecording, type ConfigRecordingArgs } from "../../components/config-recording/config-recording";
import { globalTypesRegion } from "../../components/config-recording/global-types-region";
import { type Registration } from "../../engine/in-process/registration";
import { byRegion, declared, inputsText, place, removed } from "../support/declared";
import { ofType, only } from "../support/graph";

const recorderType = "aws:cfg/recorder:Recorder";
const iamTypes = ["AWS::IAM::User", "AWS::IAM::Group", "AWS::IAM::Role", "AWS::IAM::Policy"];
const regions = ["us-east-1", "eu-west-1", "ap-south-2"];

const recording =
  (args: Partial<ConfigRecordingArgs> = {}, opts?: ComponentResourceOptions) =>
  () => {
    const where = { ...place, regions, globalTypesRegion: "us-east-1", createServiceLinkedRole: true };
    const what = { frequency: "CONTINUOUS", excludeResourceTypes: [] };
    return new ConfigRecording("config", { ...where, ...what, ...args }, opts);
  };

interface Group {
  allSupported: boolean;
  includeGlobalResourceTypes: boolean;
  exclusionByResourceTypes?: { resourceTypes: string[] }[];
  recordingStrategies?: { useOnly: string }[];
}

/** Regions that record IAM, by AWS's rules. */
function recordingIam(all: Registration[]): string[] {
  return ofType(all, recorderType)
    .filter(({ inputs }) => {
      const group = inputs["recordingGroup"] as Group;
      const [excluded] = group.exclusionByResourceTypes ?? [];
      return excluded
        ? iamTypes.some((type) => !excluded.resourceTypes.includes(type))
        : group.allSupported && group.includeGlobalResourceTypes;
    })
    .map(({ inputs }) => inputs["region"] as string);
}

describe("ConfigRecording", () => {
  it("runs a recorder of everything in every region, and delivers daily to one bucket at home", async () => {
    const all = await declared(recording());
    const bucket = only(all, "aws:s3/bucket:Bucket").inputs;
    assert.deepEqual([bucket["region"], bucket["bucket"]], ["us-east-1", "baseline-config-123456789012-us-east-1"]);
    const of = (type: string) => byRegion(all, `aws:cfg/${type}`);
    assert.deepEqual(Object.keys(of("recorder:Recorder")).sort(), [...regions].sort());
    for (const region of regions) {
      const [recorder, ...others] = of("recorder:Recorder")[region] ?? [];
      const [channel] = of("deliveryChannel:DeliveryChannel")[region] ?? [];
      const [status] = of("recorderStatus:RecorderStatus")[region] ?? [];
      assert.deepEqual(others, []);
      assert.equal((recorder?.inputs["recordingGroup"] as Group).allSupported, true);
      assert.equal(
        recorder?.inputs["roleArn"],
        "arn:aws:iam::123456789012:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig",
      );
      assert.equal(channel?.inputs["s3BucketName"], bucket["bucket"]);
      assert.deepEqual(channel?.inputs["snapshotDeliveryProperties"], { deliveryFrequency: "TwentyFour_Hours" });
      assert.deepEqual([status?.inputs["isEnabled"], status?.inputs["name"]], [true, recorder?.inputs["name"]]);
    }
  });

  it("makes things in the order AWS asks for: role, recorder and bucket policy, channel, start", async () => {
    const all = await declared(recording());
    const dependsOn = (name: string) =>
      all.find((each) => each.name === name)?.dependencies.map((urn) => urn.split("::").at(-1)) ?? [];
    assert.ok(dependsOn("config-recorder-eu-west-1").includes("config-role"));
    // By then the role is known in every region.
    assert.ok(dependsOn("config-recorder-eu-west-1").includes("config-delivery-lifecycle"));
    assert.ok(dependsOn("config-channel-eu-west-1").includes("config-recorder-eu-west-1"));
    assert.ok(dependsOn("config-channel-eu-west-1").includes("config-delivery-policy"));
    assert.ok(dependsOn("config-status-eu-west-1").includes("config-channel-eu-west-1"));
  });

  const groups: [what: string, args: Partial<ConfigRecordingArgs>, iam: string[]][] = [
    ["everything", {}, ["us-east-1"]],
    ["everything, IAM elsewhere", { globalTypesRegion: "eu-west-1" }, ["eu-west-1"]],
    ["everything, IAM nowhere", { globalTypesRegion: undefined }, []],
    ["all but one type", { excludeResourceTypes: ["AWS::Config::ResourceCompliance"] }, ["us-east-1"]],
    ["all but one type, IAM nowhere", { excludeResourceTypes: ["AWS::EC2::Volume"], globalTypesRegion: undefined }, []],
    ["all but IAM, because somebody said so", { excludeResourceTypes: iamTypes }, []],
  ];
  for (const [what, args, expected] of groups) {
    it(`records IAM in ${expected.join() || "no region"} when it records ${what}`, async () => {
      assert.deepEqual(recordingIam(await declared(recording(args))), expected);
    });
  }

  it("excludes by the strategy that AWS wants named, each type once", async () => {
    const exclude = ["AWS::EC2::Volume", "AWS::IAM::Role"];
    const recorders = byRegion(await declared(recording({ excludeResourceTypes: exclude })), recorderType);
    const group = (region: string) => recorders[region]?.[0]?.inputs["recordingGroup"] as Group;
    for (const region of regions) {
      assert.equal(group(region).allSupported, false);
      assert.deepEqual(group(region).recordingStrategies, [{ useOnly: "EXCLUSION_BY_RESOURCE_TYPES" }]);
    }
    assert.deepEqual(group("us-east-1").exclusionByResourceTypes, [{ resourceTypes: exclude }]);
    const [elsewhere] = group("eu-west-1").exclusionByResourceTypes ?? [];
    assert.deepEqual([...(elsewhere?.resourceTypes ?? [])].sort(), ["AWS::EC2::Volume", ...iamTypes].sort());
  });

  const never = ["ResourceCompliance", "ConformancePackCompliance", "ConfigurationRecorder"].map(
    (each) => `AWS::Config::${each}`,
  );
  const modes: [frequency: string, exclude: string[], continuous: string[] | undefined][] = [
    ["CONTINUOUS", [], undefined],
    ["CONTINUOUS", ["AWS::EC2::Volume"], undefined],
    ["DAILY", [], undefined],
    ["DAILY", ["AWS::EC2::Volume"], never],
    ["DAILY", [never[0] ?? ""], never.slice(1)],
    ["DAILY", never, undefined],
  ];
  for (const [frequency, exclude, continuous] of modes) {
    it(`records ${frequency} without ${exclude.join() || "exception"}: overrides ${continuous?.length ?? 0} types`, async () => {
      const all = await declared(recording({ frequency, excludeResourceTypes: exclude }));
      for (const { inputs } of ofType(all, recorderType)) {
        const mode = inputs["recordingMode"] as Record<string, unknown>;
        assert.equal(mode["recordingFrequency"], frequency);
        const override = mode["recordingModeOverride"] as Record<string, unknown> | undefined;
        assert.deepEqual(override?.["resourceTypes"], continuous);
        assert.equal(override?.["recordingFrequency"], continuous && "CONTINUOUS");
      }
    });
  }

  it("takes the account's role as it finds it, and makes it only when told to", async () => {
    const type = "aws:iam/serviceLinkedRole:ServiceLinkedRole";
    const [with_, without] = await Promise.all([
      declared(recording()),
      declared(recording({ createServiceLinkedRole: false })),
    ]);
    assert.equal(only(with_, type).inputs["awsServiceName"], "config.amazonaws.com");
    // By its tag the program knows it for its own on the next run.
    assert.deepEqual(only(with_, type).inputs["tags"], place.tags);
    assert.deepEqual(ofType(without, type), []);
    const role = (all: Registration[]) => ofType(all, recorderType)[0]?.inputs["roleArn"];
    assert.equal(role(without), role(with_));
  });

  it("keeps the evidence: the bucket is protected, and expires nothing before AWS Config would", async () => {
    const all = await declared(recording());
    assert.equal(only(all, "aws:s3/bucket:Bucket").protect, true);
    const [rule] = only(all, "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs["rules"] as {
      expiration: { days: number };
    }[];
    assert.ok((rule?.expiration.days ?? 0) >= 2557);
  });

  it("logs access to the bucket only where there is a bucket for that", async () => {
    const type = "aws:s3/bucketLogging:BucketLogging";
    assert.deepEqual(ofType(await declared(recording()), type), []);
    const logged = only(await declared(recording({ accessLogBucket: "logs" })), type);
    assert.equal(logged.inputs["targetBucket"], "logs");
  });

  it("loses exactly a region's own resources when the region goes", async () => {
    assert.deepEqual((await removed(recording(), recording({ regions: ["us-east-1", "ap-south-2"] }))).sort(), [
      "config-channel-eu-west-1",
      "config-recorder-eu-west-1",
      "config-status-eu-west-1",
    ]);
  });

  const inChina: [home: string, regions: string[], delivery: string, logged: boolean][] = [
    ["cn-north-1", ["cn-north-1", "cn-northwest-1"], "cn-north-1", true],
    ["cn-northwest-1", ["cn-northwest-1", "cn-north-1"], "cn-north-1", false],
    ["cn-northwest-1", ["cn-northwest-1"], "cn-northwest-1", true],
  ];
  for (const [home, covered, delivery, logged] of inChina) {
    it(`delivers to ${delivery} at home in ${home}, recording ${covered.join(" and ")}`, async () => {
      const where = { partition: "aws-cn", region: home, regions: covered, accessLogBucket: "access-logs" };
      const all = await declared(recording(where));
      const bucket = only(all, "aws:s3/bucket:Bucket").inputs;
      assert.deepEqual([bucket["region"], bucket["bucket"]], [delivery, `baseline-config-123456789012-${delivery}`]);
      for (const { inputs } of ofType(all, "aws:cfg/deliveryChannel:DeliveryChannel")) {
        assert.equal(inputs["s3BucketName"], bucket["bucket"]);
      }
      // The bucket of access logs is at home, and S3 writes them within a region only.
      assert.equal(ofType(all, "aws:s3/bucketLogging:BucketLogging").length, logged ? 1 : 0);
    });
  }

  for (const partition of ["aws-cn", "aws-us-gov"]) {
    it(`names nothing of another partition in ${partition}`, async () => {
      assert.doesNotMatch(inputsText(await declared(recording({ partition }))), /arn:aws:/);
    });
  }
});

describe("globalTypesRegion", () => {
  const cases: [home: string, regions: string[], expected: string | undefined][] = [
    ["eu-west-1", ["eu-west-1", "us-east-1"], "eu-west-1"],
    ["eu-central-2", ["eu-central-2", "eu-west-1", "us-east-1"], "us-east-1"],
    ["eu-central-2", ["eu-central-2", "mx-central-1", "eu-west-1"], "eu-west-1"],
    ["il-central-1", ["il-central-1", "me-central-1"], undefined],
    ["ap-southeast-3", ["ap-southeast-3", "us-east-1"], "ap-southeast-3"],
    ["cn-northwest-1", ["cn-northwest-1", "cn-north-1"], "cn-northwest-1"],
    ["us-gov-west-1", ["us-gov-west-1"], "us-gov-west-1"],
    ["xx-new-9", ["xx-new-9"], undefined],
  ];
  for (const [home, covered, expected] of cases) {
    it(`is ${expected ?? "none"} at home in ${home} among ${covered.join(", ")}`, () => {
      assert.equal(globalTypesRegion(home, covered), expected);
    });
  }

  it("leaves out exactly the regions AWS Config came to after February 2022", () => {
    const isolated = /^(us|eu)-iso|^eusc-/;
    const later = Object.values(Region).filter(
      (region) => !isolated.test(region) && globalTypesRegion(region, [region]) === undefined,
    );
    assert.deepEqual(
      later.sort(),
      [
        "ap-east-2", "ap-south-2", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7",
        "ca-west-1", "eu-central-2", "eu-south-2", "il-central-1", "me-central-1", "mx-central-1",
      ], // prettier-ignore
    );
  });
});

describe("the delivery bucket's policy", () => {
  const bucket = "arn:aws:s3:::baseline-config-123456789012-us-east-1";
  const file = `${bucket}/AWSLogs/123456789012/Config/eu-west-1/2026/11/21/ConfigHistory/x.json.gz`;
  const source = { "aws:SourceAccount": "123456789012", "aws:SecureTransport": "true" };
  const acl = { "s3:x-amz-acl": "bucket-owner-full-control" };
  const service = "config.amazonaws.com";
  const other = { ...source, "aws:SourceAccount": "999999999999" };
  const plain = { ...source, "aws:SecureTransport": "false" };
  const elsewhere = file.replace("AWSLogs/123456789012", "AWSLogs/999999999999");

  let policy: object;
  before(async () => {
    policy = JSON.parse(
      only(await declared(recording()), "aws:s3/bucketPolicy:BucketPolicy").inputs["policy"] as string,
    ) as object;
  });

  const cases: [
    what: string,
    allowed: boolean,
    principal: string,
    action: string,
    resource: string,
    context: Record<string, string>,
  ][] = [
    ["AWS Config delivers", true, service, "s3:PutObject", file, { ...source, ...acl }],
    ["AWS Config looks at the bucket's ACL", true, service, "s3:GetBucketAcl", bucket, source],
    ["AWS Config asks whether the bucket is there", true, service, "s3:ListBucket", bucket, source],
    ["another account's AWS Config delivers", false, service, "s3:PutObject", file, { ...other, ...acl }],
    ["another account's AWS Config lists", false, service, "s3:ListBucket", bucket, other],
    ["AWS Config delivers and keeps the file to itself", false, service, "s3:PutObject", file, source],
    ["AWS Config delivers for another account", false, service, "s3:PutObject", elsewhere, { ...source, ...acl }],
    ["AWS Config over plain HTTP", false, service, "s3:PutObject", file, { ...plain, ...acl }],
    ["AWS Config reads", false, service, "s3:GetObject", file, source],
    ["CloudTrail writes", false, "cloudtrail.amazonaws.com", "s3:PutObject", file, { ...source, ...acl }],
  ];
  for (const [what, allowed, principal, action, resource, contextVariables] of cases) {
    it(`${allowed ? "allows" : "refuses"}: ${what}`, async () => {
      const result = await runSimulation(
        {
          request: { action, principal, resource: { resource, accountId: "123456789012" }, contextVariables },
          identityPolicies: [],
          serviceControlPolicies: [],
          resourceControlPolicies: [],
          resourcePolicy: policy,
        },
        {},
      );
      assert.notEqual(result.resultType, "error", JSON.stringify(result).slice(0, 300));
      assert.equal((result as { overallResult: string }).overallResult === "Allowed", allowed);
    });
  }
});
