import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type EngineEvent, type Stack } from "@pulumi/pulumi/automation";
import { AutomationHost } from "../../operations/engine/automation-host";
import { PulumiExit } from "../../operations/engine/pulumi-command";
import { root } from "../support/graph";

/** A stack whose refresh says what was recorded, and then fails. */
function host(name: string): AutomationHost {
  const path = join(root, "test", "fixtures", "events", `${name}.json`);
  const { state, events } = JSON.parse(readFileSync(path, "utf8")) as { state: unknown[]; events: EngineEvent[] };
  const stack = {
    exportStack: () => Promise.resolve({ deployment: { resources: state } }),
    previewRefresh: ({ onEvent }: { onEvent: (event: EngineEvent) => void }) => {
      events.forEach(onEvent);
      return Promise.reject(new PulumiExit(1, "", "error: the engine gave up at the end"));
    },
  } as unknown as Stack;
  return new AutomationHost({ engine: "fake", provider: "fake", stack: "s", open: () => Promise.resolve(stack) });
}

describe("a refresh that fails", () => {
  it("is doubt about what could not be read, where that is known", async () => {
    const observations = await host("failed-read").refresh();
    assert.ok(observations.some(({ state }) => state === "unknown"));
  });

  it("never passes for a clean stack, though every resource was read well", async () => {
    await assert.rejects(host("clean").refresh(), { code: "engine-failed", exitCode: 1 });
  });
});
