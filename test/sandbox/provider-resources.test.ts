import assert from "node:assert/strict";
import { type Emulator } from "../../sandbox/emulator";
import { compareInputs, createSandboxProvider, type SandboxProvider } from "../../sandbox/provider";
import { handlers } from "../../sandbox/provider/resources";
import type { Props } from "../../common/properties";
import { type Case, cases, type Made } from "./resource-cases";
import { startEmulator } from "../support/emulator";

const urnOf = (type: string, name = "it") => `urn:pulumi:test::baseline::${type}::${name}`;

describe("sandbox provider: every resource type", function () {
  this.timeout(60_000);
  let emulator: Emulator;
  let provider: SandboxProvider;

  before(async () => {
    emulator = await startEmulator();
    provider = createSandboxProvider({ endpoint: emulator.endpoint });
  });
  after(async () => {
    provider?.clients.destroy();
    await emulator?.stop();
  });
  // What a case needs is taken away after it: resetting moto would load 1500 managed policies again each time.
  const undo: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) {
      await step();
    }
  });

  async function make(type: string, given: Props): Promise<Made> {
    const { inputs, failures } = (await provider.check(urnOf(type), {}, given)) as { inputs: Props; failures: [] };
    assert.deepEqual(failures, []);
    const { id, outs } = (await provider.create(urnOf(type), inputs)) as Made;
    undo.push(() => provider.delete(id, urnOf(type), outs));
    return { id, outs };
  }

  it("has a case for every type it knows", () => {
    assert.deepEqual(cases.map(({ type }) => type).sort(), [...handlers.keys()].sort());
  });

  for (const each of cases) {
    it(each.type, () => lifecycle(each));
  }

  async function lifecycle({ type, before, inputs: inputsOf, drift, update, stays }: Case): Promise<void> {
    const urn = urnOf(type);
    const there = (await before?.(make, provider.clients)) ?? {};
    const checked = await provider.check(urn, {}, inputsOf(there));
    const inputs = checked.inputs as Props;
    delete inputs["two"];
    const made = (await provider.create(urn, inputs)) as { id: string; outs: Props };
    assert.ok(made.id.length > 0, "an id");
    let state = made.outs;
    const read = async () => {
      const found = await provider.read(made.id, urn, state);
      state = found.props as Props;
      return { id: found.id, inputs: (found.inputs ?? {}) as Props };
    };
    const pathsOf = (found: Props, expected: Props) => compareInputs(expected, found).map(({ path }) => path);

    assert.equal((await provider.diff(made.id, urn, state, inputs)).changes, false, "no change right after create");
    const fresh = await read();
    assert.deepEqual(compareInputs(inputs, fresh.inputs), [], "a read right after create tells no drift");
    assert.deepEqual(
      Object.keys(fresh.inputs).sort(),
      Object.keys(inputs).sort(),
      "inputs of the program, and no others",
    );

    if (drift !== undefined) {
      await drift.change(provider.clients, made, there);
      const drifted = await read();
      assert.deepEqual(pathsOf(drifted.inputs, inputs).sort(), [...drift.paths].sort(), "drift");
      const { changes, replaces } = await provider.diff(made.id, urn, state, inputs);
      assert.equal(changes, true, "a refreshed state differs from the program");
      if (replaces?.length === 0) {
        state = (await provider.update(made.id, urn, state, inputs)).outs as Props;
        assert.deepEqual(pathsOf((await read()).inputs, inputs), [], "the update takes the drift back");
      }
    }
    if (update !== undefined) {
      const wanted = update({ ...there, ...inputs });
      const { inputs: news } = (await provider.check(urn, inputs, onlyKnown(wanted, inputs))) as { inputs: Props };
      assert.equal((await provider.diff(made.id, urn, state, news)).changes, true, "the program's change is one");
      state = (await provider.update(made.id, urn, state, news)).outs as Props;
      assert.deepEqual(compareInputs(news, (await read()).inputs), [], "the update holds");
    }
    await provider.delete(made.id, urn, state);
    if (stays === undefined) {
      assert.equal((await provider.read(made.id, urn, state)).id, "", "gone");
    }
    await provider.delete(made.id, urn, state);
  }

  const onlyKnown = (wanted: Props, inputs: Props): Props =>
    Object.fromEntries(Object.keys(inputs).flatMap((key) => (wanted[key] === undefined ? [] : [[key, wanted[key]]])));
});
