import assert from "node:assert/strict";
import { SQS } from "@aws-sdk/client-sqs";
import { driftReport } from "../../operations/watch/drift/model";
import { defaultRegions } from "../../operations/preview/plan/offline-account";
import { verify } from "../../operations/account/verify";
import { type VerifyScope } from "../../components/foundation/verify/verifier";
import { type RunResult } from "../../engine/host";
import { apiCall, callers, type CloudTrailRecord, consoleLogin } from "../support/cloudtrail-records";
import { cli } from "../support/cli";
import { everything } from "../support/graph";
import { practice, type Practice } from "../support/practice";

const home = "ap-northeast-2";
const regions = [home, "us-east-1", "eu-west-1"];

describe("the whole baseline, everything switched on, at home in ap-northeast-2", function () {
  this.timeout(120_000);
  let stage: Practice;
  let up: RunResult;
  let scope: VerifyScope;
  let sqs: SQS;
  let mailbox: string;

  before(async () => {
    stage = await practice(undefined, { ...everything, "aws:region": home });
    await stage.aws.iam().createUser({ UserName: "mina" });
    await stage.aws.iam().createGroup({ GroupName: "developers" });
    const { Vpcs: [vpc] = [] } = await stage.aws.ec2("eu-west-1").describeVpcs({});
    stage.set(
      "excludeRegions",
      defaultRegions.filter((each) => !regions.includes(each)),
    );
    const optionalServices = ["ec2messages", "kms", "logs"];
    stage.set("ssmEndpoints", { vpcs: [{ region: "eu-west-1", vpcId: vpc?.VpcId }], optionalServices });
    up = await stage.host.up("index");
    const { accountId } = stage.emulator;
    scope = { aws: stage.aws, accountId, homeRegion: home, regions, namePrefix: "baseline" };
    const credentials = { accessKeyId: "sandbox", secretAccessKey: "sandbox" };
    sqs = new SQS({ endpoint: stage.emulator.endpoint, region: home, credentials });
    mailbox = (await sqs.createQueue({ QueueName: "mailbox" })).QueueUrl ?? "";
    const Endpoint = `arn:aws:sqs:${home}:${accountId}:mailbox`;
    const TopicArn = `arn:aws:sns:${home}:${accountId}:baseline-alerts`;
    await stage.aws.sns(home).subscribe({ TopicArn, Protocol: "sqs", Endpoint });
  });
  after(async () => {
    sqs?.destroy();
    await stage?.end();
  });

  /** What arrived since the last look. */
  async function mail(): Promise<string[]> {
    const texts: string[] = [];
    for (;;) {
      const { Messages = [] } = await sqs.receiveMessage({ QueueUrl: mailbox, MaxNumberOfMessages: 10 });
      if (Messages.length === 0) {
        return texts;
      }
      for (const { Body = "{}", ReceiptHandle } of Messages) {
        texts.push((JSON.parse(Body) as { Message: string }).Message);
        await sqs.deleteMessage({ QueueUrl: mailbox, ReceiptHandle });
      }
    }
  }

  it("is made in one go", () => {
    assert.deepEqual([up.outcome, up.findings], ["done", []]);
    assert.ok(up.steps.length > 150 && up.steps.every(({ op }) => op === "create"));
  });

  it("can be read back, control by control, or is said to be recorded only", async () => {
    const evidence = await verify(scope);
    assert.deepEqual(
      evidence.filter(({ holds }) => !holds),
      [],
    );
    // Read, not only recorded: every control but those the emulator knows nothing of.
    const unread = evidence.filter((each) => each.evidence.every(({ neutral }) => neutral));
    assert.deepEqual(
      unread.map(({ control }) => control),
      ["ExternalAccess"],
    );
  });

  it("says of each property what the emulator could not hold", () => {
    const types = new Set(stage.host.recordedOnly().map(({ type }) => type.split(":").at(-1)));
    assert.deepEqual([...types].sort(), [
      "Analyzer",
      "AnomalyMonitor",
      "AnomalySubscription",
      "ImageBlockPublicAccess",
      "InstanceMetadataDefaults",
      "RemediationConfiguration",
      "Selection",
      "ServiceSetting",
      "SlackChannelConfiguration",
      "SnapshotBlockPublicAccess",
      "TeamsChannelConfiguration",
    ]);
  });

  it("is found clean, and changes nothing the second time", async () => {
    const report = driftReport(await stage.host.refresh());
    assert.deepEqual([report.state, report.items], ["clean", []]);
    const { steps } = await stage.host.up("index");
    assert.deepEqual(
      steps.filter(({ op }) => op !== "same"),
      [],
    );
  });

  const alerts: [string, string, CloudTrailRecord, RegExp][] = [
    [
      "a new access key, far from home",
      "us-east-1",
      apiCall("iam", "CreateAccessKey", { requestParameters: { userName: "mina" } }),
      /^"IAM change in account 123456789012: CreateAccessKey"\n[^]*On: mina/,
    ],
    [
      "a quarantine taken off",
      "us-east-1",
      apiCall("iam", "DetachUserPolicy", {
        requestParameters: {
          userName: "mina",
          policyArn: "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3",
        },
      }),
      /^"ACCESS KEY LEAKED: AWS's quarantine of IAM user mina/,
    ],
    ["a trail stopped", "eu-west-1", apiCall("cloudtrail", "StopLogging"), /turns detection down[^]*StopLogging/],
    ["a detector deleted, at home", home, apiCall("guardduty", "DeleteDetector"), /turns detection down/],
    ["root signing in", "eu-west-1", consoleLogin(callers.root, "No"), /^"Console sign-in of Root/],
  ];
  for (const [what, region, record, expected] of alerts) {
    it(`tells a person of ${what}, once, in words`, async () => {
      await mail();
      const source = `aws.${String(record["eventSource"]).split(".")[0]}`;
      const DetailType = source === "aws.signin" ? "AWS Console Sign In via CloudTrail" : "AWS API Call via CloudTrail";
      const Entries = [{ Source: source, DetailType, Detail: JSON.stringify(record) }];
      await stage.aws.events(region).putEvents({ Entries });
      const texts = await mail();
      assert.equal(texts.length, 1, texts.join("\n---\n"));
      assert.match(texts[0] ?? "", expected);
      assert.doesNotMatch(texts[0] ?? "", /<\w+>/);
    });
  }

  it("answers AWS's quarantine: the user's key is Inactive, and a person is told once", async () => {
    const iam = stage.aws.iam();
    const { AccessKey } = await iam.createAccessKey({ UserName: "mina" });
    await mail();
    const policyArn = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3";
    // The emulator sends the event of a call that is made, as CloudTrail does.
    await iam.attachUserPolicy({ UserName: "mina", PolicyArn: policyArn });
    const texts: string[] = [];
    while (texts.length === 0) {
      texts.push(...(await mail()));
    }
    assert.equal(texts.length, 1, texts.join("\n---\n"));
    assert.match(
      texts[0] ?? "",
      new RegExp(`^"ACCESS KEY LEAKED [^]*${AccessKey?.AccessKeyId} of user mina: it is Inactive`),
    );
    const { AccessKeyMetadata = [] } = await iam.listAccessKeys({ UserName: "mina" });
    assert.deepEqual(
      AccessKeyMetadata.map(({ Status }) => Status),
      ["Inactive"],
    );
  });

  it("tells a person of a GuardDuty finding, and chat in the form chat shows", async () => {
    const chat = (await sqs.createQueue({ QueueName: "chat" })).QueueUrl;
    const { accountId } = stage.emulator;
    const TopicArn = `arn:aws:sns:${home}:${accountId}:baseline-chat-alerts`;
    const Endpoint = `arn:aws:sqs:${home}:${accountId}:chat`;
    await stage.aws.sns(home).subscribe({ TopicArn, Protocol: "sqs", Endpoint });
    await mail();
    const Detail = JSON.stringify({ severity: 8, type: "Recon:IAMUser/UserPermissions", title: "Odd calls", id: "f1" });
    const Entries = [{ Source: "aws.guardduty", DetailType: "GuardDuty Finding", Detail }];
    await stage.aws.events("eu-west-1").putEvents({ Entries });
    const [text = "", ...more] = await mail();
    assert.match(
      text,
      /GuardDuty finding of severity 8 in account 123456789012, eu-west-1:"\n"Recon:IAMUser\/UserPermissions"/,
    );
    assert.deepEqual(more, []);
    const { Messages: [message] = [] } = await sqs.receiveMessage({ QueueUrl: chat });
    const { Message } = JSON.parse(message?.Body ?? "{}") as { Message: string };
    const { version, source, content } = JSON.parse(Message) as Record<string, Record<string, string>>;
    assert.deepEqual([version, source], ["1.0", "custom"]);
    assert.match(content?.["title"] ?? "", /severity 8/);
    assert.match(content?.["description"] ?? "", /Recon:IAMUser/);
  });

  it("passes its own drill: every path reaches the mailbox", async () => {
    await mail();
    const { code, stdout, stderr } = await cli(
      ...["drill", "--json", "--endpoint", stage.emulator.endpoint, "--region", home, "--regions", regions.join(",")],
    );
    const report = JSON.parse(stdout) as { drill: string; paths: { path: string; sent: boolean }[] };
    assert.equal(code, 0, stderr + stdout);
    assert.ok(report.paths.every(({ sent }) => sent));
    const texts = await mail();
    assert.ok(texts.length >= 2 + regions.length, texts.join("\n---\n"));
    assert.ok(
      texts.every((text) => text.includes(report.drill)),
      texts.join("\n---\n"),
    );
  });
});
