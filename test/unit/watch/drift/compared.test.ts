import assert from "node:assert/strict";
import { type EngineEvent } from "@pulumi/pulumi/automation";
import { unknownValue } from "../../../../common/pulumi-values";
import { propertyKeys, valueAt } from "../../../../common/property-path";
import { driftReport } from "../../../../operations/watch/drift/model";
import { differencesOf } from "../../../../operations/watch/drift/words";
import { comparedIn, type ExportedResource, observationsIn } from "../../../../engine/pulumi/engine-events";

const type = "aws:cloudtrail/trail:Trail";
const urn = `urn:pulumi:s::p::baseline:index:AuditTrail$${type}::trail`;

interface Side {
  inputs?: object;
  outputs?: object;
}

interface Told {
  op?: string;
  type?: string;
  old?: Side;
  now?: Side;
  paths?: Record<string, { kind: string; inputDiff: boolean }>;
}

function event({ op = "update", type: of = type, old, now, paths }: Told): EngineEvent {
  const side = (each?: Side) => each && { urn, type: of, custom: true, id: "t", inputs: {}, outputs: {}, ...each };
  const metadata = { op, urn, type: of, old: side(old), new: side(now), detailedDiff: paths ?? null };
  return { resOutputsEvent: { metadata } } as unknown as EngineEvent;
}

function state(of = type): ExportedResource[] {
  return [{ urn, type: of, custom: true, id: "t", inputs: { region: "us-east-1" }, dependencies: [] }];
}

const update = (inputDiff: boolean) => ({ kind: "update", inputDiff });
const subscription = "aws:sns/topicSubscription:TopicSubscription";
const role = "aws:iam/role:Role";
const bucketPolicy = "aws:s3/bucketPolicy:BucketPolicy";
const statement = (Action: unknown, Sid: string) => ({ Sid, Effect: "Deny", Principal: "*", Action, Resource: "*" });
const document = JSON.stringify({
  Version: "2012-10-17",
  Statement: [statement(["s3:*"], "a"), statement("s3:Get*", "b")],
});
const reordered = JSON.stringify(
  { Statement: [statement(["s3:Get*"], "b"), statement("s3:*", "a")], Version: "2012-10-17" },
  undefined,
  2,
);
const narrowed = JSON.stringify({ Version: "2012-10-17", Statement: [statement(["s3:Put*"], "a")] });

describe("property paths", () => {
  const paths: [path: string, keys: string[]][] = [
    ["enableLogging", ["enableLogging"]],
    ["rules[0].status", ["rules", "0", "status"]],
    ['tags["baseline:control"]', ["tags", "baseline:control"]],
    ['tags.["cost.center"]', ["tags", "cost.center"]],
    ['a["x[0].y"].b[2]["say \\"it\\""]', ["a", "x[0].y", "b", "2", 'say "it"']],
    ['tags[""]', ["tags", ""]],
  ];
  for (const [path, keys] of paths) {
    it(path, () => assert.deepEqual(propertyKeys(path), keys));
  }

  it("lead to nothing where there is nothing", () => {
    assert.equal(valueAt({ tags: { a: "b" } }, 'tags["c:d"].e'), undefined);
    assert.equal(valueAt(undefined, "a.b"), undefined);
  });
});

describe("what an engine's refresh says is drift, and what is not", () => {
  const tags = (control: string) => ({ tags: { "baseline:control": control, "cost.center": control, owner: control } });
  const cases: [what: string, told: Told, expected: string[] | "same" | "unknown"][] = [
    [
      "a tag with a colon in its name",
      { old: { inputs: tags("a") }, now: { inputs: tags("x") }, paths: { 'tags["baseline:control"]': update(true) } },
      ['tags["baseline:control"]: "a" -> "x"'],
    ],
    [
      "a tag with a dot, as older bridges have it",
      { old: { inputs: tags("a") }, now: { inputs: tags("x") }, paths: { 'tags.["cost.center"]': update(true) } },
      ['tags.["cost.center"]: "a" -> "x"'],
    ],
    [
      "tagsAll goes with the tag, and is no drift beside it",
      {
        old: { inputs: tags("a"), outputs: { tagsAll: { owner: "a" } } },
        now: { inputs: tags("x"), outputs: { tagsAll: { owner: "x" } } },
        paths: { "tagsAll.owner": update(false), "tags.owner": update(true) },
      },
      ['tags.owner: "a" -> "x"'],
    ],
    [
      "tagsAll alone",
      {
        old: { inputs: tags("a"), outputs: { tagsAll: { owner: "a" } } },
        now: { inputs: tags("a"), outputs: { tagsAll: { owner: "x" } } },
        paths: { "tagsAll.owner": update(false) },
      },
      "same",
    ],
    [
      "an output that no program can set",
      {
        old: { inputs: {}, outputs: { arn: "a" } },
        now: { inputs: {}, outputs: { arn: "b" } },
        paths: { arn: update(false) },
      },
      "same",
    ],
    [
      "a change without paths, inputs the same",
      { old: { inputs: tags("a") }, now: { inputs: tags("a"), outputs: { more: true } } },
      "same",
    ],
    ["a change without paths or states", {}, "unknown"],
    [
      "an empty list for an absent one",
      { old: { inputs: {} }, now: { inputs: { insightSelectors: [] } }, paths: { insightSelectors: update(true) } },
      "same",
    ],
    [
      "a document in another order, one action as a list",
      {
        type: bucketPolicy,
        old: { inputs: { policy: document } },
        now: { inputs: { policy: reordered } },
        paths: { policy: update(true) },
      },
      "same",
    ],
    [
      "a document that says less",
      { type: bucketPolicy, old: { inputs: { policy: document } }, now: { inputs: { policy: narrowed } } },
      [`policy: ${JSON.stringify(document)} -> ${JSON.stringify(narrowed)}`],
    ],
    [
      "a property the program leaves unset, already in the state's outputs",
      {
        type: subscription,
        old: { inputs: {}, outputs: { filterPolicy: '{"x":["y"]}' } },
        now: { inputs: {}, outputs: { filterPolicy: '{"x":["y"]}' } },
        paths: { filterPolicy: { kind: "add", inputDiff: false } },
      },
      [`filterPolicy: undefined -> ${JSON.stringify('{"x":["y"]}')}`],
    ],
  ];
  for (const [what, told, expected] of cases) {
    it(what, () => {
      const [seen] = observationsIn([event(told)], state(told.type));
      assert.equal(seen?.state, Array.isArray(expected) ? "changed" : expected);
      const texts = seen?.differences.map((each) => `${each.path}: ${text(each.expected)} -> ${text(each.found)}`);
      assert.deepEqual(texts, Array.isArray(expected) ? expected : []);
    });
  }

  it("never says of nothing that it was expected or found to be nothing", () => {
    for (const [, told] of cases) {
      const { items } = driftReport(observationsIn([event(told)], state(told.type)));
      const texts = items.flatMap(differencesOf).map(({ expected, found }) => `${expected} ${found}`);
      assert.ok(!texts.includes("nothing nothing"));
    }
  });
});

describe("what a preview that refreshes first says of the program", () => {
  const stopped = { old: { inputs: { enableLogging: false } }, now: { inputs: { enableLogging: true } } };
  const gone = event({ op: "refresh", old: { inputs: {} } });
  const cases: [what: string, events: EngineEvent[], known: ExportedResource[], expected: string[]][] = [
    ["as the program wants it", [event({ op: "same", old: {}, now: {} })], state(), ["same"]],
    ["what a refresh wrote to the state", [event(stopped)], state(), ["changed", "enableLogging: true -> false"]],
    ["what is not in the account", [gone, event({ op: "create", now: { inputs: {} } })], state(), ["deleted"]],
    ["what was taken out of the state", [event({ op: "create", now: { inputs: {} } })], [], ["missing"]],
    ["what is to be imported", [event({ op: "import", now: { inputs: {} } })], [], ["missing"]],
    ["what the program no longer declares", [event({ op: "delete", old: {} })], state(), ["undeclared"]],
    ["what nobody has or wants", [gone], state(), []],
    ["what the engine never mentioned", [], state(), ["unknown"]],
    [
      "a replacement, by the step that says why",
      [
        event({ op: "delete-replaced", old: { inputs: { name: "b" } } }),
        event({ op: "create-replacement", old: { inputs: { name: "b" } }, now: { inputs: { name: "a" } } }),
        event({
          op: "replace",
          old: { inputs: { name: "b" } },
          now: { inputs: { name: "a" } },
          paths: { name: { kind: "update-replace", inputDiff: true } },
        }),
      ],
      state(),
      ["changed", 'name: "a" -> "b"'],
    ],
    [
      "what depends on a resource that has to be made again",
      [event({ old: { inputs: { s3BucketName: "b" } }, now: { inputs: { s3BucketName: unknownValue } } })],
      state(),
      ["same"],
    ],
    [
      "a property the program leaves unset",
      [
        event({
          type: role,
          old: { inputs: {}, outputs: { permissionsBoundary: "arn:x" } },
          now: { inputs: {} },
          paths: { permissionsBoundary: { kind: "delete", inputDiff: false } },
        }),
      ],
      state(role),
      ["changed", 'permissionsBoundary: undefined -> "arn:x"'],
    ],
    [
      "what the provider computes anew, which the program does not say",
      [
        event({
          type: role,
          old: { inputs: {}, outputs: { managedPolicyArns: ["a"] } },
          now: { inputs: {} },
          paths: { managedPolicyArns: update(false) },
        }),
      ],
      state(role),
      ["same"],
    ],
  ];
  for (const [what, events, known, expected] of cases) {
    it(what, () => {
      const seen = comparedIn(events, known).flatMap((each) => [
        each.state,
        ...each.differences.map(({ path, ...values }) => `${path}: ${text(values.expected)} -> ${text(values.found)}`),
      ]);
      assert.deepEqual(seen, expected);
    });
  }
});

function text(value: unknown): string {
  return String(JSON.stringify(value));
}
