import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Timeline } from "../../operations/respond/timeline/model";
import { type Emulator } from "../../sandbox/emulator";
import { type Clients, createClients } from "../../sandbox/provider/clients";
import { cli } from "../support/cli";
import { apiCall } from "../support/cloudtrail-records";
import { startEmulator } from "../support/emulator";
import { scratch } from "../support/scratch";
import { TrailFiles } from "../support/trail-bucket";

const region = "us-east-1";
const seconds = (text: string) => Date.parse(text) / 1000;

describe("log files of a trail, validated through the SDK with the keys that CloudTrail lists", function () {
  this.timeout(120_000);
  let emulator: Emulator;
  let aws: Clients;
  let parent: string;
  before(async () => {
    emulator = await startEmulator();
    aws = createClients(emulator.endpoint, region);
    await aws.iam().createUser({ UserName: "mina" });
    await aws.s3().createBucket({ Bucket: "logs" });
  });
  beforeEach(() => (parent = scratch("digests")));
  afterEach(() => rmSync(parent, { recursive: true, force: true }));
  after(async () => {
    aws?.destroy();
    await emulator?.stop();
  });

  const post = (keys: object[]) =>
    fetch(`${emulator.endpoint}/sandbox/trail-keys`, { method: "POST", body: JSON.stringify({ keys }) });
  const listed = (fingerprint: string, value: Uint8Array, from = "2026-01-01T00:00:00Z") => ({
    region,
    fingerprint,
    value: Buffer.from(value).toString("base64"),
    validFrom: seconds(from),
    validTo: seconds("2027-12-31T00:00:00Z"),
  });
  const event = (eventName: string, eventTime: string) =>
    apiCall("iam", eventName, { eventTime, eventID: `${eventName}-1`, requestParameters: { userName: "x" } });
  const upload = async (files: TrailFiles) => {
    for (const [Key, { body, metadata }] of files.objects) {
      await aws.s3().putObject({ Bucket: "logs", Key, Body: body, ...(metadata && { Metadata: metadata }) });
    }
  };
  const timeline = async () => {
    const folder = join(parent, `evidence-${Math.random()}`);
    const where = ["--bucket", "logs", "--regions", region, "--from", "2026-11-20", "--to", "2026-11-21"];
    const command = ["respond", "user/mina", "timeline", "--json", ...where, "--evidence", folder];
    const { stdout, stderr } = await cli(...command, "--endpoint", emulator.endpoint);
    assert.ok(stdout, stderr);
    const { events, reasons, ...rest } = JSON.parse(stdout) as Timeline;
    return { events, said: `${JSON.stringify(rest)} ${reasons.join(" ")}` };
  };

  it("counts what CloudTrail signed, and leaves out and names what was changed", async () => {
    const files = new TrailFiles();
    const first = files.log("20261120T0305Z", [event("CreateUser", "2026-11-20T03:01:00Z")]);
    const second = files.log("20261120T0315Z", [event("DeleteUser", "2026-11-20T03:11:00Z")], "ghiJKL");
    files.digest("2026-11-20T03:00:00Z", "2026-11-20T04:00:00Z", [first, second]);
    await upload(files);

    const unknown = await timeline();
    assert.equal(unknown.events, 2);
    assert.match(unknown.said, /LOG FILES (CHANGED|NOT VALIDATED)/, "CloudTrail lists no key yet");

    const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({
      format: "der",
      type: "pkcs1",
    });
    await post([listed("f0", other), listed("f1", files.publicKey)]);
    const valid = await timeline();
    assert.equal(valid.events, 2);
    assert.match(valid.said, /Log files validated by CloudTrail's digests: 2\./);

    files.overwrite(second, (text) => text.replace("DeleteUser", "ListUsers"));
    await upload(files);
    const changed = await timeline();
    assert.equal(changed.events, 1);
    assert.match(changed.said, /LOG FILES CHANGED/);
    assert.ok(changed.said.includes(`${second} (changed)`), changed.said);
  });
});
