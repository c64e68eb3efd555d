import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type EngineEvent } from "@pulumi/pulumi/automation";
import { driftReport } from "../../../../operations/watch/drift/model";
import { driftAsText } from "../../../../operations/watch/drift/render";
import { type ExportedResource, observationsIn } from "../../../../engine/pulumi/engine-events";
import { root } from "../../../support/graph";

/** What the real engine said, as recorded with the sandbox's provider on Pulumi 3.260. */
function recorded(name: string): { state: ExportedResource[]; events: EngineEvent[] } {
  return JSON.parse(readFileSync(join(root, "test", "fixtures", "events", `${name}.json`), "utf8")) as {
    state: ExportedResource[];
    events: EngineEvent[];
  };
}

function seen(name: string) {
  const { state, events } = recorded(name);
  return observationsIn(events, state);
}

const all = ["changed", "external", "gone", "gone-with-it", "same", "secret", "twice", "unreadable"];

describe("refreshes of the real engine, recorded", () => {
  const streams: [name: string, states: Record<string, string>][] = [
    ["clean", {}],
    ["drifted", { changed: "changed", secret: "changed", gone: "deleted", "gone-with-it": "deleted" }],
    [
      "failed-read",
      { changed: "changed", secret: "changed", gone: "deleted", "gone-with-it": "deleted", unreadable: "unknown" },
    ],
    [
      // What the replaced group has left behind is gone; the group itself is not, though both have one URN.
      "pending-deletion-gone",
      { changed: "changed", secret: "changed", gone: "deleted", "gone-with-it": "deleted", external: "deleted" },
    ],
  ];
  for (const [name, states] of streams) {
    it(`${name}: one observation for each resource, components and providers left out`, () => {
      const found = seen(name).map((each) => [each.name, each.state]);
      assert.deepEqual(
        found.sort(),
        all.map((each) => [each, states[each] ?? "same"]),
      );
    });
  }

  it("has no list of paths from a provider that gives none, and compares inputs", () => {
    const events = recorded("drifted").events.map(({ resOutputsEvent }) => resOutputsEvent?.metadata);
    assert.ok(events.every((each) => !each?.detailedDiff));
    assert.deepEqual(seen("drifted").find(({ name }) => name === "changed")?.differences, [
      { path: "displayName", expected: "as declared", found: "somebody else's" },
    ]);
  });

  it("names a secret that changed, and shows neither value", () => {
    const { items } = driftReport(seen("drifted"));
    assert.deepEqual(items.find(({ name }) => name === "secret")?.differences, [
      { path: "displayName", expected: "[secret]", found: "[secret]" },
    ]);
  });

  it("folds what went with the log group into it", () => {
    const { items } = driftReport(seen("drifted"));
    assert.deepEqual(items.map(({ name }) => name).sort(), ["changed", "gone", "secret"]);
    assert.deepEqual(
      items.find(({ name }) => name === "gone")?.consequences.map(({ name }) => name),
      ["gone-with-it"],
    );
  });

  it("says why a read failed, in AWS's words, and that the rest was read", () => {
    const report = driftReport(seen("failed-read"));
    const unknown = report.items.filter(({ state }) => state === "unknown");
    assert.deepEqual([report.state, unknown.map(({ name }) => name)], ["drifted", ["unreadable"]]);
    assert.match(unknown[0]?.reason ?? "", /not authorized to perform: iam:GetRole/);
    assert.match(driftAsText(report), /1 more could not be read\.[^]*iam:GetRole/);
  });
});
