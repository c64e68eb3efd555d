import assert from "node:assert/strict";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type AwsClients, lazyClients } from "../../../../aws/clients";
import { chronological } from "../../../../operations/respond/events/chronological";
import { gather } from "../../../../operations/respond/events/gather";
import { type Gathered, type GatherOptions, type GatherRequest } from "../../../../operations/respond/events/model";
import { apiCall, callers } from "../../../support/cloudtrail-records";
import { scratch } from "../../../support/scratch";
import { type TrailHistory, trailHistory } from "../../../support/trail-history";

const key = callers.user.accessKeyId;
const regions = ["eu-west-1", "us-east-1"];
const notEnabled = ["me-south-1"];
const minute = 60_000;
const end = Date.parse("2026-11-20T12:00:00Z");
const from = new Date(end - 1000 * minute);

/** So many calls of the leaked key, one a minute, the last one at noon. */
function calls(number: number, region: string, more: object = {}) {
  return Array.from({ length: number }, (_, at) =>
    apiCall("ec2", "DescribeInstances", {
      awsRegion: region,
      eventID: `${region}-${at}`,
      eventTime: new Date(end - at * minute).toISOString().replace(".000", ""),
      ...more,
    }),
  );
}

describe("gathering events", () => {
  let history: TrailHistory;
  let aws: AwsClients;
  let folder: string;

  beforeEach(() => {
    folder = scratch("gather");
  });

  afterEach(async () => {
    aws.destroy();
    rmSync(folder, { recursive: true, force: true });
    await history.close();
  });

  async function account(records: Record<string, unknown>[], attempts = 2) {
    history = await trailHistory(records, { regions, notEnabled });
    aws = clientsFor(history.endpoint, attempts);
  }

  const run = (request: Partial<GatherRequest> = {}, options: GatherOptions = {}) =>
    gather(aws, { suspect: { accessKeyId: key }, from, ...request }, folder, { interval: 0, ...options });

  async function idsIn({ folder: events }: Gathered): Promise<string[]> {
    const ids: string[] = [];
    for await (const { id } of chronological(events)) ids.push(id);
    return ids;
  }

  it("reads every page of every enabled region, and gives the events once, the oldest first", async () => {
    await account([...calls(120, "us-east-1"), ...calls(3, "eu-west-1")]);
    const gathered = await run({ suspect: { accessKeyId: key, userName: "mina" } });
    assert.equal(gathered.complete, true);
    assert.deepEqual(gathered.notEnabled, notEnabled);
    const ids = await idsIn(gathered);
    assert.equal(ids.length, 123);
    assert.equal(new Set(ids).size, 123);
    assert.equal(ids[0], "us-east-1-119");
  });

  it("keeps an event whose record has members of other types", async () => {
    await account([
      ...calls(2, "us-east-1"),
      ...calls(1, "eu-west-1", { userAgent: [], sourceIPAddress: 7, eventSource: {} }),
    ]);
    const gathered = await run();
    assert.equal(gathered.complete, true);
    assert.equal((await idsIn(gathered)).length, 3);
  });

  it("asks for the window only", async () => {
    await account(calls(10, "us-east-1"));
    const gathered = await run({ from: new Date(end - 4 * minute), to: new Date(end - 2 * minute) });
    assert.deepEqual(await idsIn(gathered), ["us-east-1-4", "us-east-1-3", "us-east-1-2"]);
  });

  it("keeps what others with the same user name did out", async () => {
    const role = { userIdentity: { ...callers.role("deploy"), userName: "mina" }, eventID: "not-hers" };
    await account([...calls(1, "us-east-1"), ...calls(1, "us-east-1", role)]);
    assert.deepEqual(await idsIn(await run({ suspect: { userName: "mina" } })), ["us-east-1-0"]);
  });

  it("finds what the sessions of a role did, by the calls that began them", async () => {
    const arn = "arn:aws:sts::123456789012:assumed-role/deploy/session";
    const begin = apiCall("sts", "AssumeRole", {
      eventTime: "2026-11-20T11:00:00Z",
      eventID: "begin",
      resources: [{ ARN: "arn:aws:iam::123456789012:role/deploy" }],
      responseElements: { assumedRoleUser: { arn }, credentials: { accessKeyId: "ASIA", sessionToken: "let-me-in" } },
    });
    const deed = calls(1, "eu-west-1", { userIdentity: callers.role("deploy"), eventID: "deed" });
    const other = calls(1, "eu-west-1", { userIdentity: callers.role("other"), eventID: "other" });
    await account([begin, ...deed, ...other]);
    const gathered = await run({ suspect: { roleName: "deploy" } });
    assert.deepEqual(await idsIn(gathered), ["begin", "deed"]);
    const kept = readdirSync(gathered.folder).map((each) => readFileSync(join(gathered.folder, each), "utf8"));
    assert.doesNotMatch(kept.join(""), /let-me-in/);
  });

  it("finds them by the role's whole ARN, path included", async () => {
    const path = "arn:aws:iam::123456789012:role/ci/deploy";
    const begin = apiCall("sts", "AssumeRole", {
      eventTime: "2026-11-20T11:00:00Z",
      eventID: "begin",
      resources: [{ ARN: path }],
      responseElements: { assumedRoleUser: { arn: "arn:aws:sts::123456789012:assumed-role/deploy/session" } },
    });
    const iam = createServer((_, response) =>
      response.end(`<GetRoleResponse><GetRoleResult><Role><Arn>${path}</Arn></Role></GetRoleResult></GetRoleResponse>`),
    );
    await new Promise<void>((resolve) => iam.listen(0, "127.0.0.1", resolve));
    try {
      const deed = calls(1, "eu-west-1", { userIdentity: callers.role("deploy"), eventID: "deed" });
      history = await trailHistory([begin, ...deed], {
        regions,
        rest: `http://127.0.0.1:${(iam.address() as AddressInfo).port}`,
      });
      aws = clientsFor(history.endpoint, 2);
      const gathered = await run({ suspect: { roleName: "deploy" } });
      assert.deepEqual([await idsIn(gathered), gathered.complete], [["begin", "deed"], true]);
    } finally {
      iam.closeAllConnections();
      iam.close();
    }
  });

  it("is not complete where IAM does not tell the role's path, and says so", async () => {
    await account([]);
    const gathered = await run({ suspect: { roleName: "deploy" } });
    assert.equal(gathered.complete, false);
    assert.match(gathered.notes.join(" "), /did not tell the role's path/);
  });

  it("is not complete where more was asked for than the event history has", async () => {
    await account(calls(1, "us-east-1"));
    const gathered = await run({ from: new Date(Date.now() - 200 * 24 * 60 * minute) });
    assert.equal(gathered.complete, false);
    assert.match(gathered.notes.join(" "), /Nothing older than 90 days/);
  });

  it("tells the rest when a region denies it, and says which and why", async () => {
    await account([...calls(3, "us-east-1"), ...calls(3, "eu-west-1")]);
    history.instead("eu-west-1", { status: 400, name: "AccessDeniedException" });
    const gathered = await run();
    assert.equal(gathered.complete, false);
    assert.equal(gathered.resumable, false);
    const [denied, fine] = gathered.lanes;
    assert.deepEqual([denied?.state, denied?.cause, denied?.events], ["partial", "denied", 0]);
    assert.match(denied?.reason ?? "", /may not call cloudtrail:LookupEvents in eu-west-1/);
    assert.deepEqual([fine?.state, fine?.events], ["complete", 3]);
  });

  const denied = { status: 400, name: "AccessDeniedException" };
  const laneIn = ({ lanes }: Gathered, region: string) => lanes.find((each) => each.region === region);
  const askedIn = (region: string, since = 0) =>
    history.asked.slice(since).filter((each) => each.region === region).length;

  for (const [whose, options] of [
    ["the next run", {}],
    ["whoever takes what was gathered lately", { notOlder: 30 * minute }],
  ] as const) {
    it(`asks only what refused again, for ${whose}, and has all where it is allowed meanwhile`, async () => {
      await account([...calls(120, "us-east-1"), ...calls(3, "eu-west-1")]);
      history.instead("eu-west-1", denied);
      const first = await run();
      history.instead("eu-west-1", () => undefined);
      const asked = history.asked.length;
      const second = await run({}, options);
      assert.deepEqual([second.folder, second.complete, second.events], [first.folder, true, 123]);
      assert.deepEqual([askedIn("us-east-1", asked), askedIn("eu-west-1", asked)], [0, 1]);
      assert.equal((await idsIn(second)).length, 123);
      assert.equal(second.to, first.to);
      const begun = first.to.slice(0, 16).replace("T", " ");
      assert.ok(second.notes.some((each) => each.startsWith(`This was begun at ${begun} UTC`)));
      assert.ok(!first.notes.some((each) => each.startsWith("This was begun")));
      assert.ok(first.notes.some((each) => each.startsWith("If what refused is allowed within 30 minutes")));
      assert.ok(!second.notes.some((each) => each.startsWith("If what refused")));
    });
  }

  it("goes on from the page at which a region began to refuse", async () => {
    await account(calls(120, "us-east-1"));
    history.instead("us-east-1", ({ NextToken: token }) => (token === "token-50" ? denied : undefined));
    const first = await run();
    assert.deepEqual([laneIn(first, "us-east-1")?.cause, first.events], ["denied", 50]);
    history.instead("us-east-1", () => undefined);
    const asked = history.asked.length;
    const second = await run();
    assert.deepEqual([second.folder, second.complete, second.events], [first.folder, true, 120]);
    assert.deepEqual(
      history.asked.slice(asked).map(({ NextToken: token }) => token),
      ["token-50", "token-100"],
    );
  });

  it("is partial as before where a region still refuses, and begins anew for what came meanwhile", async () => {
    await account([...calls(3, "us-east-1"), ...calls(3, "eu-west-1")]);
    history.instead("eu-west-1", denied);
    const first = await run();
    const second = await run();
    assert.notEqual(second.folder, first.folder);
    assert.deepEqual([second.complete, second.resumable, second.events], [false, false, 3]);
    assert.deepEqual([laneIn(second, "eu-west-1")?.state, laneIn(second, "eu-west-1")?.cause], ["partial", "denied"]);
    assert.equal(askedIn("us-east-1"), 2);
    assert.equal((await idsIn(first)).length, 3);
  });

  it("serves whoever takes what was gathered lately, though a region still refuses", async () => {
    await account([...calls(3, "us-east-1"), ...calls(3, "eu-west-1")]);
    history.instead("eu-west-1", denied);
    const first = await run();
    const asked = history.asked.length;
    const second = await run({}, { notOlder: 30 * minute });
    assert.deepEqual([second.folder, second.complete, second.events], [first.folder, false, 3]);
    assert.deepEqual([askedIn("us-east-1", asked), askedIn("eu-west-1", asked)], [0, 1]);
  });

  it("serves whoever takes what was gathered lately without asking anything, where nothing refused", async () => {
    await account(calls(3, "us-east-1"));
    const first = await run();
    const asked = history.asked.length;
    const second = await run({}, { notOlder: 30 * minute });
    assert.deepEqual([second.folder, history.asked.length - asked], [first.folder, 0]);
  });

  it("begins anew where a region refused long ago, and asking it again makes nothing else newer", async () => {
    await account([...calls(3, "us-east-1"), ...calls(3, "eu-west-1")]);
    history.instead("eu-west-1", denied);
    const first = await run();
    const file = join(first.folder, "gather.json");
    const ended = (at: number) => {
      const manifest = JSON.parse(readFileSync(file, "utf8")) as object;
      writeFileSync(file, JSON.stringify({ ...manifest, endedAt: new Date(at).toISOString() }));
    };
    const almost = Date.now() - 29 * minute;
    ended(almost);
    assert.equal((await run({}, { notOlder: 30 * minute })).folder, first.folder);
    const kept = JSON.parse(readFileSync(file, "utf8")) as { endedAt: string };
    assert.equal(kept.endedAt, new Date(almost).toISOString());
    ended(Date.now() - 31 * minute);
    history.instead("eu-west-1", () => undefined);
    const later = await run({}, { notOlder: 30 * minute });
    assert.notEqual(later.folder, first.folder);
    assert.deepEqual([later.complete, askedIn("us-east-1")], [true, 2]);
  });

  it("begins nothing where it is stopped before what refused was asked again", async () => {
    await account([...calls(3, "us-east-1"), ...calls(3, "eu-west-1")]);
    history.instead("eu-west-1", denied);
    const first = await run();
    const stopped = await run({}, { signal: AbortSignal.abort() });
    assert.deepEqual([stopped.folder, stopped.resumable, readdirSync(folder).length], [first.folder, true, 1]);
  });

  it("goes on where asking again what refused was stopped", async () => {
    await account([...calls(3, "us-east-1"), ...calls(220, "eu-west-1")]);
    history.instead("eu-west-1", denied);
    const first = await run();
    history.instead("eu-west-1", () => undefined);
    const stop = new AbortController();
    const onProgress = (text: string) => void (text.includes(" 100 events") && stop.abort());
    const stopped = await run({}, { signal: stop.signal, onProgress });
    assert.deepEqual([stopped.folder, stopped.resumable], [first.folder, true]);
    const asked = history.asked.length;
    const last = await run();
    assert.deepEqual([last.folder, last.complete, last.events], [first.folder, true, 223]);
    assert.equal(history.asked[asked]?.NextToken, "token-100");
    assert.equal(askedIn("us-east-1", asked), 0);
  });

  it("says so where a region takes no credentials because it was opted out meanwhile", async () => {
    await account(calls(3, "us-east-1"));
    history.instead("eu-west-1", { status: 400, name: "UnrecognizedClientException" });
    const { lanes } = await run();
    assert.deepEqual([lanes[0]?.cause, lanes[1]?.state], ["not-enabled", "complete"]);
    assert.match(lanes[0]?.reason ?? "", /not enabled/);
  });

  it("slows down where AWS throttles, and still reads all", async () => {
    await account(calls(120, "us-east-1"), 1);
    history.instead("us-east-1", { status: 400, name: "ThrottlingException", message: "Rate exceeded" }, 2);
    const gathered = await run();
    assert.equal(gathered.complete, true);
    assert.equal(gathered.lanes.find(({ region }) => region === "us-east-1")?.slowed, true);
    assert.equal((await idsIn(gathered)).length, 120);
  });

  it("slows down also where the SDK has tried again by itself", async () => {
    await account(calls(3, "us-east-1"), 3);
    history.instead("us-east-1", { status: 400, name: "ThrottlingException", message: "Rate exceeded" }, 1);
    const { lanes, complete } = await run();
    assert.deepEqual([complete, lanes.find(({ region }) => region === "us-east-1")?.slowed], [true, true]);
  });

  it("keeps what it had where AWS throttles for good", async () => {
    await account(calls(120, "us-east-1"), 1);
    const throttled = { status: 400, name: "ThrottlingException", message: "Rate exceeded" };
    history.instead("us-east-1", ({ NextToken: token }) => (token === "token-50" ? throttled : undefined), 4);
    const gathered = await run();
    const lane = gathered.lanes.find(({ region }) => region === "us-east-1");
    assert.deepEqual([lane?.state, lane?.cause, lane?.events], ["partial", "throttled", 50]);
    assert.equal((await idsIn(gathered)).length, 50);
    const later = await run();
    assert.deepEqual([later.folder, later.complete, later.events], [gathered.folder, true, 120]);
  });

  it("goes on where it was stopped, without asking again or losing an event", async () => {
    await account(calls(220, "us-east-1"));
    const stop = new AbortController();
    const { folder: first, ...stopped } = await run(
      {},
      {
        signal: stop.signal,
        onProgress: (text) => void (text.includes(" 100 events") && stop.abort()),
      },
    );
    assert.deepEqual([stopped.complete, stopped.resumable], [false, true]);
    assert.ok(stopped.lanes.some(({ cause }) => cause === "interrupted"));
    const pages = history.asked.length;
    const gathered = await run();
    assert.equal(gathered.folder, first);
    assert.equal(gathered.complete, true);
    assert.equal(gathered.events, 220);
    assert.equal((await idsIn(gathered)).length, 220);
    const again = history.asked.slice(pages).filter(({ region }) => region === "us-east-1");
    assert.equal(again[0]?.NextToken, "token-100");
  });

  it("goes on by time when AWS has forgotten the token meanwhile", async () => {
    await account(calls(120, "us-east-1"));
    const forgotten = { status: 400, name: "InvalidNextTokenException" };
    history.instead("us-east-1", ({ NextToken: token }) => (token === "token-50" ? forgotten : undefined), 1);
    const gathered = await run();
    assert.equal(gathered.complete, true);
    assert.equal((await idsIn(gathered)).length, 120);
  });

  it("ends everywhere when the credentials expire, keeps what it had, and goes on with new ones", async () => {
    await account([...calls(120, "us-east-1"), ...calls(900, "eu-west-1")]);
    const expired = { status: 400, name: "ExpiredTokenException" };
    history.instead("us-east-1", ({ NextToken: token }) => (token === "token-50" ? expired : undefined), 1);
    const first = await run();
    const lane = first.lanes.find(({ region }) => region === "us-east-1");
    assert.deepEqual([first.resumable, lane?.cause, lane?.events], [true, "expired", 50]);
    assert.match(lane?.reason ?? "", /credentials have expired/);
    assert.equal(first.lanes.find(({ region }) => region === "eu-west-1")?.cause, "expired");
    const second = await run();
    assert.deepEqual([second.folder, second.complete, second.events], [first.folder, true, 1020]);
  });

  it("is right also when our clock is wrong", async () => {
    await account(calls(10, "us-east-1"));
    const skew = 20 * minute;
    const refusal = (at: Date) => ({
      status: 403,
      name: "InvalidSignatureException",
      message: "Signature not yet current",
      headers: { date: new Date(at.getTime() + skew).toUTCString() },
    });
    const tooOld = ({ signedAt }: { signedAt: Date }) => signedAt.getTime() < Date.now() + skew - 5 * minute;
    for (const region of regions) {
      history.instead(region, (question) => (tooOld(question) ? refusal(new Date()) : undefined));
    }
    const gathered = await run();
    assert.equal(gathered.complete, true);
    assert.equal(gathered.events, 10);
  });

  it("begins anew, beside the old events, when everything was read", async () => {
    await account(calls(3, "us-east-1"));
    const [first, second] = [await run(), await run()];
    assert.notEqual(second.folder, first.folder);
    assert.equal((await idsIn(first)).length, 3);
    assert.equal((await idsIn(second)).length, 3);
  });
});

function clientsFor(endpoint: string, maxAttempts: number): AwsClients {
  const credentials = { accessKeyId: "practice", secretAccessKey: "practice" };
  return lazyClients("us-east-1", (_service, region) => ({ region, endpoint, credentials, maxAttempts }));
}
