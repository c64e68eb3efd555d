import assert from "node:assert/strict";
import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type AwsClients } from "../../aws/clients";
import { type BaselineError } from "../../common/errors";
import { accountClients } from "../../aws/account-clients";
import { openEvidence } from "../../operations/evidence/evidence";
import { readEvidence } from "../../operations/evidence/read";
import { type StepContext, type StepOutcome } from "../../operations/respond/step";
import { type Found } from "../../operations/respond/sweep/model";
import { sweep } from "../../operations/respond/sweep/step";
import { type Timeline } from "../../operations/respond/timeline/model";
import { timeline } from "../../operations/respond/timeline/step";
import { type Emulator } from "../../sandbox/emulator";
import { apiCall, callers, type CloudTrailRecord } from "../support/cloudtrail-records";
import { startEmulator } from "../support/emulator";
import { fakeSecret } from "../support/fake-keys";
import { scratch } from "../support/scratch";
import { type TrailHistory, trailHistory } from "../support/trail-history";

const regions = ["eu-west-1", "us-east-1"];
const key = callers.user.accessKeyId;
/** The shortest that unzips: an end of a directory, and nothing in it. */
const emptyZip = Buffer.concat([Buffer.from("PK\x05\x06"), Buffer.alloc(18)]);
const eventId = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`;
const ago = (hours: number) => `${new Date(Date.now() - hours * 3600_000).toISOString().slice(0, 19)}Z`;

describe("timeline and sweep, against an account", () => {
  let emulator: Emulator;
  let history: TrailHistory;
  let aws: AwsClients;
  let folder: string;
  const records: CloudTrailRecord[] = [];
  const made = { instance: "", gone: "", others: "", key: "", group: "", snapshot: "", image: "" };

  before(async () => {
    emulator = await startEmulator();
    const direct = accountClients({ endpoint: emulator.endpoint });
    await misuse(direct);
    await misuseMore(direct);
    direct.destroy();
    history = await trailHistory(records, { regions, rest: emulator.endpoint });
  });

  after(async () => {
    await history.close();
    await emulator.stop();
  });

  beforeEach(() => {
    folder = scratch("sweep");
    aws = accountClients({ endpoint: history.endpoint });
  });

  afterEach(() => {
    aws.destroy();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Does in the emulator what a thief does, and writes the records that CloudTrail would. */
  async function misuse(direct: AwsClients): Promise<void> {
    const iam = direct.iam();
    const record = (
      service: string,
      name: string,
      requestParameters: object,
      responseElements: object = {},
      more = {},
    ) =>
      void records.push(
        apiCall(service, name, {
          requestParameters,
          responseElements,
          eventTime: ago(2),
          eventID: eventId(records.length),
          ...more,
        }),
      );
    await iam.createUser({ UserName: "mina" });
    await iam.createUser({ UserName: "backdoor" });
    record("iam", "CreateUser", { userName: "backdoor" });
    record("iam", "CreateUser", { userName: "removed-again" });
    const { AccessKey } = await iam.createAccessKey({ UserName: "backdoor" });
    made.key = AccessKey!.AccessKeyId!;
    record(
      "iam",
      "CreateAccessKey",
      { userName: "backdoor" },
      { accessKey: { accessKeyId: made.key, userName: "backdoor" } },
    );
    await iam.putUserPolicy({
      UserName: "backdoor",
      PolicyName: "all",
      PolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
      }),
    });
    record("iam", "PutUserPolicy", { userName: "backdoor", policyName: "all" });
    await direct.s3().createBucket({ Bucket: "loot" });
    record("s3", "CreateBucket", { bucketName: "loot" });

    const ec2 = direct.ec2("eu-west-1");
    const { Images: [image] = [] } = await ec2.describeImages({ Owners: ["amazon"] });
    const launch = async () => {
      const { Instances: [instance] = [] } = await ec2.runInstances({
        ImageId: image!.ImageId!,
        InstanceType: "g4dn.xlarge",
        MinCount: 1,
        MaxCount: 1,
      });
      return instance!.InstanceId!;
    };
    const launched = (instanceId: string) =>
      record(
        "ec2",
        "RunInstances",
        { instanceType: "g4dn.xlarge" },
        { instancesSet: { items: [{ instanceId, instanceType: "g4dn.xlarge" }] } },
        { awsRegion: "eu-west-1" },
      );
    launched((made.instance = await launch()));
    launched((made.gone = await launch()));
    await ec2.terminateInstances({ InstanceIds: [made.gone] });
    made.others = await launch();
    const { GroupId: group = "" } = await ec2.createSecurityGroup({ GroupName: "open", Description: "open" });
    made.group = group;
    const CidrIp = "0.0.0.0/0";
    const permission = { IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp }] };
    await ec2.authorizeSecurityGroupIngress({ GroupId: group, IpPermissions: [permission] });
    record(
      "ec2",
      "AuthorizeSecurityGroupIngress",
      { groupId: group, ipPermissions: { items: [{ ipRanges: { items: [{ cidrIp: CidrIp }] } }] } },
      {},
      { awsRegion: "eu-west-1" },
    );
    const { VolumeId = "" } = await ec2.createVolume({ AvailabilityZone: "eu-west-1a", Size: 1 });
    const { SnapshotId = "" } = await ec2.createSnapshot({ VolumeId });
    made.snapshot = SnapshotId;
    await ec2.modifySnapshotAttribute({
      SnapshotId,
      Attribute: "createVolumePermission",
      OperationType: "add",
      UserIds: ["999999999999"],
    });
    record(
      "ec2",
      "ModifySnapshotAttribute",
      { snapshotId: SnapshotId, createVolumePermission: { add: { items: [{ userId: "999999999999" }] } } },
      {},
      { awsRegion: "eu-west-1" },
    );
  }

  /** What else it makes in the emulator, a kind at a time; each with its record, and whether it is gone again. */
  async function misuseMore(direct: AwsClients): Promise<void> {
    const record = (
      service: string,
      name: string,
      requestParameters: object,
      responseElements: object = {},
      more: object = { awsRegion: "eu-west-1" },
    ) =>
      void records.push(
        apiCall(service, name, {
          ...{ requestParameters, responseElements, eventTime: ago(2), eventID: eventId(records.length) },
          ...more,
        }),
      );
    const iam = direct.iam();
    const trusting = (arn: string) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { AWS: arn }, Action: "sts:AssumeRole" }],
      });
    const thief = "arn:aws:iam::999999999999:root";
    const { Role: role } = await iam.createRole({ RoleName: "helper", AssumeRolePolicyDocument: trusting(thief) });
    record("iam", "CreateRole", { roleName: "helper" }, {}, {});
    record("iam", "CreateRole", { roleName: "helper-gone" }, {}, {});
    await iam.createRole({ RoleName: "admin", AssumeRolePolicyDocument: trusting("arn:aws:iam::123456789012:root") });
    await iam.updateAssumeRolePolicy({ RoleName: "admin", PolicyDocument: trusting(thief) });
    record("iam", "UpdateAssumeRolePolicy", { roleName: "admin" }, {}, {});
    await iam.createLoginProfile({ UserName: "backdoor", Password: fakeSecret() });
    record("iam", "CreateLoginProfile", { userName: "backdoor" }, {}, {});
    record(
      "iam",
      "CreateAccessKey",
      { userName: "backdoor" },
      { accessKey: { accessKeyId: "AKIAGONE", userName: "backdoor" } },
      {},
    );

    const ec2 = direct.ec2("eu-west-1");
    for (const keyName of ["thief", "thief-gone"]) {
      await ec2.createKeyPair({ KeyName: keyName });
      record("ec2", "CreateKeyPair", { keyName });
    }
    await ec2.deleteKeyPair({ KeyName: "thief-gone" });
    const { Images: images = [] } = await ec2.describeImages({ Owners: ["amazon"] });
    const { Instances: [source] = [] } = await ec2.runInstances({
      ...{ ImageId: images[0]!.ImageId!, InstanceType: "t3.micro", MinCount: 1, MaxCount: 1 },
    });
    const { ImageId: imageId = "" } = await ec2.createImage({ InstanceId: source!.InstanceId!, Name: "copy" });
    await ec2.terminateInstances({ InstanceIds: [source!.InstanceId!] });
    await ec2.modifyImageAttribute({
      ImageId: imageId,
      LaunchPermission: { Add: [{ UserId: "999999999999" }] },
    });
    made.image = imageId;
    record("ec2", "ModifyImageAttribute", {
      ...{ imageId, launchPermission: { add: { items: [{ userId: "999999999999" }] } } },
    });

    await direct.lambda("eu-west-1").createFunction({
      FunctionName: "miner",
      Role: role!.Arn!,
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Code: { ZipFile: emptyZip },
    });
    record("lambda", "CreateFunction20150331", { functionName: "miner" });
    record("lambda", "CreateFunction20150331", { functionName: "miner-gone" });

    record(
      "ec2",
      "CreateLaunchTemplate",
      {},
      { CreateLaunchTemplateResponse: { launchTemplate: { launchTemplateId: "lt-1" } } },
    );
    record("newservice", "CreateWidget", { widgetName: "w-1" });
    record("newservice", "CreateWidget", { widgetName: "w-2" });
  }

  async function run(
    step: (context: StepContext) => Promise<StepOutcome>,
    options: Record<string, unknown> = {},
    more: Partial<StepContext> = {},
  ): Promise<StepOutcome> {
    const evidence = await openEvidence(folder);
    try {
      return await step({
        subject: { kind: "user", name: "mina", key },
        aws,
        bulk: aws,
        evidence,
        folder,
        apply: false,
        options: { prefix: "baseline", since: ago(24), ...options },
        signal: new AbortController().signal,
        say: () => undefined,
        now: () => new Date(),
        ...more,
      });
    } finally {
      evidence.close();
    }
  }

  const foundBy = ({ json }: StepOutcome) => (json as { found: Found[] }).found;
  const stateOf = async (id: string) => {
    const { Reservations } = await aws.ec2("eu-west-1").describeInstances({ InstanceIds: [id] });
    return Reservations?.[0]?.Instances?.[0]?.State?.Name;
  };
  const keyStatus = async () =>
    (await aws.iam().listAccessKeys({ UserName: "backdoor" })).AccessKeyMetadata?.[0]?.Status;

  it("writes a timeline in four forms beside the evidence, which vouches for the events", async () => {
    const { exitCode, json, text } = await run(timeline, { timeZone: "Asia/Seoul" });
    assert.equal(exitCode, 3);
    assert.equal((json as Timeline).partial, false);
    assert.match(text, /A user was created/);
    for (const name of ["timeline.txt", "timeline.json", "timeline.md", "timeline.html"]) {
      assert.match(readFileSync(join(folder, name), "utf8"), /backdoor/);
    }
    const entries = [];
    for await (const entry of readEvidence(folder)) entries.push(entry);
    assert.ok(entries.some(({ call }) => call === "events sealed"));
    await assert.doesNotReject(run(sweep));
    for (const name of [join("events", readdirSync(join(folder, "events"))[0]!, "gather.json"), "timeline.json"]) {
      const before = readFileSync(join(folder, name));
      appendFileSync(join(folder, name), " ");
      for (const step of [timeline, sweep]) {
        await assert.rejects(run(step), ({ code, message }: BaselineError) => {
          assert.equal(code, "evidence-file-changed");
          return message.includes(join(folder, name));
        });
      }
      writeFileSync(join(folder, name), before);
    }
  });

  it("gives a partial timeline with what there is when it is stopped, and ends with 130", async () => {
    const stop = new AbortController();
    const say = (text: string) => void (/ [1-9]\d* events/.test(text) && stop.abort());
    const { exitCode, json } = await run(timeline, {}, { signal: stop.signal, say });
    assert.equal(exitCode, 130);
    const { partial, events, reasons } = json as Timeline;
    assert.equal(partial, true);
    assert.ok(events > 0);
    assert.match(reasons.join(" "), /Run the same again/);
    const { json: whole } = await run(timeline);
    assert.equal((whole as Timeline).events, records.length);
  });

  it("tells what still exists and what is gone, in every region, and changes nothing", async () => {
    const outcome = await run(sweep);
    const found = foundBy(outcome);
    const stateFor = (id: string, kind?: string) =>
      found.find((each) => each.id === id && (!kind || each.kind === kind));
    assert.equal(stateFor("backdoor", "user")?.state, "exists");
    assert.equal(stateFor("removed-again")?.state, "gone");
    assert.equal(stateFor(made.key)?.detail, "Active");
    assert.equal(stateFor("all")?.detail, "inline");
    assert.equal(stateFor("loot")?.state, "exists");
    assert.equal(stateFor(made.group)?.detail, "open to the world: 22");
    assert.equal(stateFor(made.snapshot)?.detail, "shared with 999999999999");
    assert.deepEqual([stateFor(made.instance)?.detail, stateFor(made.instance)?.cost], ["running", "g4dn.xlarge"]);
    assert.equal(stateFor(made.gone)?.state, "gone");
    assert.equal(stateFor(made.others)?.unattributed, true);
    assert.match(outcome.text, /dry run/);
    assert.equal(outcome.exitCode, 3);
    assert.deepEqual([await stateOf(made.instance), await keyStatus()], ["running", "Active"]);
    assert.deepEqual(
      outcome.text
        .split("\n")
        .filter((line) => line.length > 80 && !/^ {6}(aws | {2}--)/.test(line) && line.includes(" ".repeat(3))),
      [],
    );
  });

  it("looks up every kind it knows, and names what it does not look up with a command that shows it", async () => {
    const outcome = await run(sweep);
    const found = foundBy(outcome);
    const told = (kind: string, id: string) => {
      const { state, detail } = found.find((each) => each.kind === kind && each.id === id) ?? {};
      return [state, detail];
    };
    const trusts = "trusts arn:aws:iam::999999999999:root";
    assert.deepEqual(told("role", "helper"), ["exists", trusts]);
    assert.deepEqual(told("role", "helper-gone"), ["gone", "gone"]);
    assert.deepEqual(told("trust of role", "admin"), ["exists", trusts]);
    assert.deepEqual(told("console password", "backdoor"), ["exists", "can sign in"]);
    assert.deepEqual(told("access key", "AKIAGONE"), ["gone", "gone"]);
    assert.deepEqual(told("key pair", "thief"), ["exists", "there"]);
    assert.deepEqual(told("key pair", "thief-gone"), ["gone", "gone"]);
    assert.deepEqual(told("shared image", made.image), ["exists", "shared with 999999999999"]);
    assert.match(String(told("function", "miner")[1]), /^nodejs22.x, changed /);
    assert.deepEqual(told("function", "miner-gone"), ["gone", "gone"]);
    const widget = found.find(({ what }) => what === "newservice:CreateWidget");
    assert.deepEqual([widget?.state, widget?.detail, widget?.more], ["unknown", "not looked up", 1]);
    assert.match(outcome.text, /launch template: lt-1[^]*\n {6}aws ec2 describe-launch-templates --region eu-west-1\n/);
    assert.match(
      outcome.text,
      /newservice:CreateWidget: w-[12] and 1 more; eu-west-1\n {6}aws cloudtrail lookup-events --region eu-west-1 --lookup-attributes AttributeKey=EventId,AttributeValue=[0-9a-f-]{36}\n/,
    );
  });

  it("takes a snapshot, stops the instance and makes the key Inactive, and leaves those of others", async () => {
    const dry = await run(sweep);
    const { text } = await run(sweep, {}, { apply: true });
    assert.match(text, /3 of 3 call\(s\) done/, dry.text);
    // What is listed below what was done is how it is then.
    assert.match(text, new RegExp(`${made.instance}; stop(ped|ping);`));
    assert.match(text.replace(/\s+/g, " "), new RegExp(`${made.key} of backdoor; Inactive;`));
    const kept = JSON.parse(readFileSync(join(folder, "sweep.json"), "utf8")) as { found: Found[] };
    assert.equal(kept.found.find(({ id }) => id === made.key)?.detail, "Inactive");
    assert.deepEqual([await stateOf(made.instance), await keyStatus()], ["stopped", "Inactive"]);
    assert.equal(await stateOf(made.others), "running");
    const { Snapshots = [] } = await aws.ec2("eu-west-1").describeSnapshots({
      Filters: [{ Name: "tag-key", Values: ["baseline:incident"] }],
    });
    assert.ok(Snapshots.length > 0);
    const calls: string[] = [];
    for await (const { call, input } of readEvidence(folder)) {
      if (call === "about to change") calls.push((input as { action: string }).action);
    }
    assert.deepEqual(calls.sort(), ["CreateSnapshots", "StopInstances", "UpdateAccessKey"]);
    const again = await run(sweep, {}, { apply: true });
    assert.match(again.text, /nothing to stop or to deactivate/);
  });

  it("reads a trail's log files beyond what the event history has, the suspect's only", async () => {
    const s3 = aws.s3();
    await s3.createBucket({ Bucket: "trail-logs" });
    const day = new Date(Date.now() - 200 * 24 * 3600_000);
    const eventTime = `${day.toISOString().slice(0, 10)}T12:00:00Z`;
    const object = { bucketName: "loot", key: 'quoted "}{" name' };
    const old = Array.from({ length: 150 }, (_, at) =>
      apiCall("s3", "GetObject", { eventTime, eventID: `old-${at}`, requestParameters: object }),
    );
    const others = {
      ...callers.user,
      userName: "jun",
      accessKeyId: "AKIAI44QH8DHBEXAMPLE",
      arn: "arn:aws:iam::1:user/jun",
    };
    const foreign = apiCall("s3", "GetObject", { eventTime, userIdentity: others, eventID: "foreign" });
    const name = `AWSLogs/123456789012/CloudTrail/us-east-1/${day.toISOString().slice(0, 10).replaceAll("-", "/")}`;
    const put = (file: string, body: Buffer) =>
      s3.putObject({ Bucket: "trail-logs", Key: `org/${name}/${file}.json.gz`, Body: body });
    await put("a", gzipSync(JSON.stringify({ Records: [...old.slice(0, 100), foreign] })));
    await put("b", gzipSync(JSON.stringify({ Records: old.slice(100) })));
    const window = {
      from: `${new Date(day.getTime() - 24 * 3600_000).toISOString().slice(0, 10)}`,
      bucket: "trail-logs/org",
    };
    const to = { to: `${new Date(day.getTime() + 48 * 3600_000).toISOString().slice(0, 10)}`, since: window.from };
    const { json } = await run(timeline, { ...window, ...to });
    const { events, findings, partial } = json as Timeline;
    assert.deepEqual([events, partial], [150, false]);
    assert.ok(findings.some(({ rule }) => rule === "bulk-reads"));

    await put("c", gzipSync(JSON.stringify({ Records: old })).subarray(0, 60));
    // Somebody who breaks a file must not hide what comes after it.
    await put("d", gzipSync(JSON.stringify({ Records: [{ ...old[0], eventID: "after" }] })));
    const broken = (await run(timeline, { ...window, ...to })).json as Timeline;
    assert.deepEqual([broken.events, broken.partial], [151, true]);
    assert.match(JSON.stringify(broken), /c\.json\.gz \(cannot be unpacked/);
  });
});
