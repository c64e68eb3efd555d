import { hasSecret, shownSecret } from "../../common/pulumi-values";
import { type Observation } from "../../common/observation";
import { compareInputs } from "../../common/compare-inputs";
import { type ProgramProvider } from "../program-provider";
import { containsUnknown } from "../../common/properties";
import { regionOf } from "./pass";
import { type Registration } from "./registration";
import { type State, type StoredResource } from "./state";

/** A pass over the program that reads each resource back and compares it with what the program wants. Nothing is written. */
export class Comparison {
  private readonly compared = new Map<string, Observation>();

  constructor(private readonly options: { provider: ProgramProvider; state: State }) {}

  readonly register = async (
    registration: Registration,
  ): Promise<{ id?: string; outputs: Record<string, unknown> }> => {
    const { urn, custom, inputs } = registration;
    if (!custom) {
      return { outputs: inputs };
    }
    const stored = this.options.state.get(urn);
    const result = await this.options.provider.check(urn, stored?.inputs ?? {}, inputs);
    const checked = (result.inputs ?? inputs) as Record<string, unknown>;
    this.compared.set(urn, await this.observe(registration, stored, checked));
    return stored ? { id: stored.id, outputs: { ...stored.outputs, ...checked } } : { outputs: checked };
  };

  /** What the program declares, and what else the state has and the account still holds. */
  async observations(): Promise<Observation[]> {
    const rest = this.options.state.list().filter(({ urn }) => !this.compared.has(urn));
    const undeclared = await Promise.all(rest.map((each) => this.leftOver(each)));
    return [...this.compared.values(), ...undeclared.flatMap((each) => each ?? [])];
  }

  private async observe(
    registration: Registration,
    stored: StoredResource | undefined,
    inputs: Record<string, unknown>,
  ): Promise<Observation> {
    const { urn, type, name, dependencies } = registration;
    const region = regionOf(inputs);
    const id = stored?.id ?? "";
    const seen = { urn, type, name, id, ...(region && { region }), differences: [], dependsOn: dependencies, inputs };
    if (!stored) {
      return { ...seen, state: "missing" };
    }
    return this.reading(seen, async () => {
      const read = await this.options.provider.read(id, urn, stored.outputs, inputs);
      if (!read.id) {
        return { ...seen, state: "deleted" };
      }
      const differences = compareInputs(inputs, (read.inputs ?? {}) as Record<string, unknown>)
        .filter(({ expected }) => !containsUnknown(expected))
        .map((each) =>
          hasSecret(inputs[each.path.split(/[.[]/)[0] ?? ""])
            ? { ...each, expected: shownSecret, found: shownSecret }
            : each,
        );
      return { ...seen, state: differences.length > 0 ? "changed" : "same", differences };
    });
  }

  private leftOver({
    urn,
    type,
    name,
    id,
    inputs,
    outputs,
    dependencies,
  }: StoredResource): Promise<Observation | undefined> {
    const region = regionOf(inputs);
    const seen = { urn, type, name, id, ...(region && { region }), differences: [], dependsOn: dependencies };
    return this.reading<Observation | undefined>(seen, async () => {
      const read = await this.options.provider.read(id, urn, outputs);
      return read.id ? { ...seen, state: "undeclared" } : undefined;
    });
  }

  private async reading<T extends Observation | undefined>(
    seen: Omit<Observation, "state">,
    read: () => Promise<T>,
  ): Promise<T | Observation> {
    try {
      return await read();
    } catch (error) {
      return { ...seen, state: "unknown", reason: (error as Error).message };
    }
  }
}
