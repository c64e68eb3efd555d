import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type EngineEvent, type Stack } from "@pulumi/pulumi/automation";
import { AutomationHost } from "../../../engine/pulumi/automation-host";
import { PulumiExit } from "../../../engine/pulumi/pulumi-command";
import { root } from "../../support/graph";

interface Answer {
  events: EngineEvent[];
  /** What the CLI prints when it ends with exit code 1; absent where it ends well. */
  fails?: string;
}

type Run = (options: { onEvent: (event: EngineEvent) => void; refresh?: boolean }) => Promise<unknown>;

const gaveUp = "error: the engine gave up at the end";

function recorded(name: string): { state: { urn: string; type: string; custom?: boolean }[]; events: EngineEvent[] } {
  const path = join(root, "test", "fixtures", "events", `${name}.json`);
  return JSON.parse(readFileSync(path, "utf8")) as ReturnType<typeof recorded>;
}

/** A stack that answers a preview with refresh, a preview without, and a refresh. */
function host(state: unknown[], whole: Answer, refresh: Answer, preview: Answer = { events: [], fails: gaveUp }) {
  const runs: string[] = [];
  const run = (name: string, { events, fails }: Answer): Run => {
    return ({ onEvent }) => {
      runs.push(name);
      events.forEach(onEvent);
      return fails === undefined ? Promise.resolve() : Promise.reject(new PulumiExit(1, "", fails));
    };
  };
  const stack = {
    exportStack: () => Promise.resolve({ deployment: { resources: state } }),
    preview: (options: Parameters<Run>[0]) =>
      options.refresh ? run("preview --refresh", whole)(options) : run("preview", preview)(options),
    previewRefresh: run("refresh", refresh),
  } as unknown as Stack;
  const made = new AutomationHost({ engine: "fake", provider: "fake", stack: "s", open: () => Promise.resolve(stack) });
  return { runs, refresh: () => made.refresh() };
}

/** A preview in which the program wants every resource of a state as it is. */
function wanted(state: ReturnType<typeof recorded>["state"]): EngineEvent[] {
  return state.flatMap(({ urn, type, custom }) => {
    const side = { urn, type, custom, inputs: {}, outputs: {} };
    const metadata = { op: "same", urn, type, old: side, new: side };
    return custom && !type.startsWith("pulumi:") ? [{ resOutputsEvent: { metadata } } as unknown as EngineEvent] : [];
  });
}

describe("a comparison with the program that the engine does not finish", () => {
  const failed = recorded("failed-read");
  const clean = recorded("clean");
  const whole = { events: [], fails: gaveUp };

  it("leaves no other resource unknown: the account, the state and the program are compared one by one", async () => {
    const answers = { events: failed.events, fails: gaveUp };
    const { runs, refresh } = host(failed.state, whole, answers, { events: wanted(failed.state) });
    const seen = new Map((await refresh()).map(({ name, state }) => [name, state]));
    assert.deepEqual(runs, ["preview --refresh", "refresh", "preview"]);
    assert.deepEqual(
      ["same", "unreadable", "changed", "gone"].map((name) => seen.get(name)),
      ["same", "unknown", "changed", "deleted"],
    );
  });

  it("calls nothing as the program says where the program fails too", async () => {
    const { refresh } = host(failed.state, whole, { events: failed.events, fails: gaveUp });
    const seen = await refresh();
    assert.deepEqual(
      seen.filter(({ state }) => state === "same"),
      [],
    );
    assert.match(seen.find(({ name }) => name === "same")?.reason ?? "", /^The program could not be asked/);
    assert.ok(seen.some(({ state }) => state === "deleted"));
  });

  it("never passes for a clean stack, though every resource was read well", async () => {
    const { refresh } = host(clean.state, whole, { events: clean.events });
    await assert.rejects(refresh(), { code: "engine-failed", exitCode: 1 });
  });

  it("is refused at once where it is not about a resource", async () => {
    const locked = { events: [], fails: "error: the stack is currently locked by 1 lock(s)" };
    const { runs, refresh } = host(clean.state, locked, { events: clean.events });
    await assert.rejects(refresh(), { code: "stack-locked" });
    assert.deepEqual(runs, ["preview --refresh"]);
  });
});
