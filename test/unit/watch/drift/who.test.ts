import assert from "node:assert/strict";
import { type AwsClients } from "../../../../aws/clients";
import { accountClients } from "../../../../aws/account-clients";
import { type DriftItem } from "../../../../operations/watch/drift/model";
import { mentions } from "../../../../operations/watch/drift/cloudtrail-event";
import { callsBehind } from "../../../../operations/watch/drift/deeds";
import { whoLines } from "../../../../operations/watch/drift/words";
import { whoChanged } from "../../../../operations/watch/drift/who";
import { type ExportedResource } from "../../../../engine/pulumi/engine-events";
import { everything, graph } from "../../../support/graph";
import { type FakeCloudTrail, fakeCloudTrail } from "../../../support/fake-cloudtrail";

const trailArn = "arn:aws:cloudtrail:us-east-1:123456789012:trail/baseline-trail";

function drifted(type: string, more: Partial<DriftItem> = {}): DriftItem {
  return {
    state: "drifted",
    change: "changed",
    severity: "critical",
    control: "AuditTrail",
    urn: `urn:pulumi:s::p::${type}::x`,
    type,
    name: "x",
    id: "x",
    differences: [],
    consequences: [],
    ...more,
  };
}

const trail = drifted("aws:cloudtrail/trail:Trail", { region: "us-east-1", id: trailArn });
const detector = drifted("aws:guardduty/detector:Detector", {
  region: "eu-west-1",
  id: "0123456789abcdef0123456789abcdef",
  change: "deleted",
});
const password = drifted("aws:iam/accountPasswordPolicy:AccountPasswordPolicy", { id: "iam-account-password-policy" });
const stateOf = (item: DriftItem, more: Partial<ExportedResource> = {}): ExportedResource => ({
  urn: item.urn,
  type: item.type,
  id: item.id,
  custom: true,
  ...more,
});

describe("who changed it, by CloudTrail", () => {
  let cloudtrail: FakeCloudTrail;
  let aws: AwsClients;

  beforeEach(async () => {
    cloudtrail = await fakeCloudTrail();
    aws = accountClients({ endpoint: cloudtrail.endpoint });
  });
  afterEach(async () => {
    aws.destroy();
    await cloudtrail.close();
  });

  const ask = (items: DriftItem[], state: ExportedResource[] = [], more = {}) =>
    whoChanged(aws, items, state, { partition: "aws", interval: 0, ...more });

  it("tells user, event, time and address of the last change, and of no read and no refused call", async () => {
    const { items, problems } = await ask([trail], [stateOf(trail)]);
    assert.deepEqual(problems, []);
    assert.deepEqual(items[0]?.changes, [
      {
        time: "2026-11-20T10:00:00.000Z",
        event: "StopLogging",
        source: "cloudtrail.amazonaws.com",
        user: "arn:aws:iam::123456789012:user/mina",
        sourceIp: "203.0.113.7",
        region: "us-east-1",
      },
    ]);
  });

  it("tells everything since the state was written", async () => {
    const { items } = await ask([trail], [stateOf(trail, { modified: "2026-11-18T12:00:00Z" })]);
    assert.deepEqual(
      items[0]?.changes?.map(({ event }) => event),
      ["StopLogging", "UpdateTrail"],
    );
  });

  it("marks a call from before the state was written, which the last update itself may have made", async () => {
    const { items } = await ask([trail], [stateOf(trail, { modified: "2026-11-21T00:00:00Z" })]);
    assert.deepEqual(
      items[0]?.changes?.map(({ event, before }) => [event, before]),
      [["StopLogging", true]],
    );
    assert.match(whoLines(items[0]).join(), /from before the last update: hardly the cause/);
  });

  it("finds by its id what events name nowhere as a resource, and takes nobody else's", async () => {
    const { items } = await ask([detector], [stateOf(detector)]);
    assert.deepEqual(
      items[0]?.changes?.map(({ event, time }) => [event, time]),
      [["DeleteDetector", "2026-11-20T10:04:00.000Z"]],
    );
  });

  it("asks for account-wide things where they are recorded, by the calls that change them", async () => {
    const { items } = await ask([password]);
    assert.equal(items[0]?.changes?.[0]?.user, "arn:aws:iam::123456789012:root");
    assert.ok(cloudtrail.asked.every((each) => each.startsWith("us-east-1 EventName ")));
  });

  it("says so where nobody is on record", async () => {
    const { items } = await ask([drifted("aws:sns/topic:Topic", { region: "eu-west-1", id: "arn:nowhere" })]);
    assert.deepEqual(items[0]?.changes, []);
  });

  it("asks nothing twice, and nothing about what could not be read", async () => {
    await ask([trail, { ...trail, urn: "urn:other" }, { ...detector, state: "unknown" }]);
    assert.deepEqual(cloudtrail.asked, [`us-east-1 ResourceName ${trailArn}`]);
  });

  it("stops at the number of requests it may make, and says so", async () => {
    const { items, problems } = await ask([trail, detector, password], [], { requests: 1 });
    assert.equal(cloudtrail.asked.length, 1);
    assert.deepEqual(
      items.map(({ changes }) => changes?.length),
      [1, undefined, undefined],
    );
    assert.match(problems.join(), /too many requests/);
  });

  describe("names only a call that can have changed what differs", () => {
    const bucket = drifted("aws:s3/bucket:Bucket", {
      region: "us-east-1",
      id: "baseline-trail-123456789012-us-east-1",
    });
    const asksBucket = { bucketName: bucket.id };
    const differs = (...paths: string[]) => paths.map((path) => ({ path, expected: "a", found: "b" }));
    const cases: [what: string, item: DriftItem, asks: object, calls: string[], told: string[]][] = [
      [
        "a bucket's tags, and not the trail that was pointed at it",
        { ...bucket, differences: differs('tags["baseline:control"]') },
        { s3BucketName: bucket.id, ...asksBucket },
        ["CreateTrail", "PutBucketPolicy", "PutBucketTagging"],
        ["PutBucketTagging"],
      ],
      [
        "a bucket's tags, where nobody is on record",
        { ...bucket, differences: differs("tags.owner") },
        { s3BucketName: bucket.id },
        ["CreateTrail", "PutDeliveryChannel"],
        [],
      ],
      [
        "a trail's selectors, and not who stopped it",
        { ...trail, differences: differs("eventSelectors[0].readWriteType") },
        { name: trailArn },
        ["StopLogging", "PutEventSelectors", "UpdateTrail"],
        ["PutEventSelectors"],
      ],
      [
        "a trail's tags",
        { ...trail, differences: differs("tags.owner") },
        { resourceIdList: [trailArn] },
        ["StopLogging", "RemoveTags"],
        ["RemoveTags"],
      ],
      [
        "a role's boundary",
        drifted("aws:iam/role:Role", { id: "baseline-alert-relay", differences: differs("permissionsBoundary") }),
        { roleName: "baseline-alert-relay" },
        ["UpdateAssumeRolePolicy", "PutRolePermissionsBoundary"],
        ["PutRolePermissionsBoundary"],
      ],
      [
        "a resource of a type nobody wrote down",
        drifted("aws:new/thing:Thing", { id: "thing-1", differences: differs("a") }),
        { name: "thing-1" },
        ["PutThing"],
        [],
      ],
    ];
    for (const [what, item, asks, calls, told] of cases) {
      it(what, async () => {
        const all = calls.map((event) => ({ event, asks }));
        cloudtrail.answer(`us-east-1 ResourceName ${item.id}`, all);
        all.forEach((each) => cloudtrail.answer(`us-east-1 EventName ${each.event}`, [each]));
        const { items } = await ask([item], [stateOf(item)]);
        assert.deepEqual(
          (items[0]?.changes ?? []).map(({ event }) => event),
          told,
        );
      });
    }

    it("the target that was added to a rule, and not the rule's own", async () => {
      const added = drifted("aws:cloudwatch/eventTarget:EventTarget", {
        change: "unmanaged",
        region: "us-east-1",
        name: "baseline-iam-change copy",
        id: "baseline-iam-change-copy",
        knownAs: ["baseline-iam-change", "copy"],
      });
      const put = (rule: string, id: string) => ({ event: "PutTargets", asks: { rule, targets: [{ id }] } });
      cloudtrail.answer("us-east-1 EventName PutTargets", [put("baseline-iam-change", "mail"), put("other", "copy")]);
      assert.deepEqual((await ask([added])).items[0]?.changes, []);
      const again = await fakeCloudTrail();
      again.answer("us-east-1 EventName PutTargets", [
        put("baseline-iam-change", "mail"),
        put("baseline-iam-change", "copy"),
      ]);
      const clients = accountClients({ endpoint: again.endpoint });
      const { items } = await whoChanged(clients, [added], [], { partition: "aws", interval: 0 });
      clients.destroy();
      await again.close();
      assert.equal(items[0]?.changes?.length, 1);
    });

    it("a change from before the state was written, where a refresh wrote it there", async () => {
      const item = { ...trail, differences: differs("enableLogging"), inState: true as const };
      const { items } = await ask([item], [stateOf(item, { modified: "2026-11-21T00:00:00Z" })]);
      assert.deepEqual(
        items[0]?.changes?.map(({ event, before }) => [event, before]),
        [["StopLogging", undefined]],
      );
    });

    it("is written down for every type the program declares, and for everything that is looked for on them", async () => {
      const declared = (await graph({ settings: everything })).filter(({ custom }) => custom).map(({ type }) => type);
      const unknown = [...new Set(declared)].filter((type) => callsBehind(type, []).events.length === 0);
      assert.deepEqual(unknown, []);
    });
  });

  const refusals: [what: string, region: string, status: number, name: string, says: RegExp][] = [
    ["is denied", "*", 400, "AccessDeniedException", /may not call cloudtrail:LookupEvents/],
    ["has an expired token", "*", 400, "ExpiredTokenException", /credentials have expired/],
    ["is refused in one region", "us-east-1", 400, "InvalidMaxResultsException", /failed in us-east-1/],
  ];
  for (const [what, region, status, name, says] of refusals) {
    it(`ends nothing where it ${what}, and says so once`, async () => {
      cloudtrail.refuse(region, status, name);
      const { items, problems } = await ask([trail, detector], [stateOf(trail), stateOf(detector)]);
      assert.equal(items[0]?.changes, undefined);
      assert.equal(items[1]?.changes?.length, region === "*" ? undefined : 1);
      assert.equal(problems.length, 1);
      assert.match(problems[0] ?? "", says);
    });
  }
});

describe("what an event is about", () => {
  const event = (record: object) => ({ CloudTrailEvent: JSON.stringify(record) });
  const asked = (value: string) => event({ requestParameters: { name: value } });
  const cases: [what: string, event: object, is: boolean][] = [
    ["a name as a whole", asked("baseline-rule"), true],
    ["a name in an ARN", asked("arn:aws:events:us-east-1:123456789012:rule/baseline-rule"), true],
    ["a longer name", asked("baseline-rule-2"), false],
    ["a name with something in front", asked("my-baseline-rule"), false],
    ["a longer name, and then the name", asked("baseline-rule-2, baseline-rule"), true],
    ["an answer", event({ responseElements: { ruleArn: "x/baseline-rule" } }), true],
    ["who called", event({ userIdentity: { arn: "arn:aws:iam::123456789012:role/baseline-rule" } }), false],
  ];
  for (const [what, about, is] of cases) {
    it(`${is ? "is" : "is not"} ${what}`, () => assert.equal(mentions(about, ["baseline-rule"]), is));
  }
});
