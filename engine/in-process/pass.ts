import { isDeepStrictEqual } from "node:util";
import { BaselineError } from "../../common/errors";
import { type PolicyFinding, type Step } from "../host";
import { type AnalyzedResource, type PolicyProcess, type PolicyResult } from "../policies/policy-process";
import { type Registration } from "./registration";
import { type State, type StoredResource } from "./state";
import { type ProgramProvider } from "../program-provider";

export interface PassOptions {
  provider: ProgramProvider;
  policies: PolicyProcess;
  state: State;
  onStep?: (step: Step) => void;
}

/** One pass over the program: a preview, or an update. */
export class Pass {
  readonly steps: Step[] = [];
  readonly findings: PolicyFinding[] = [];
  private readonly declared = new Set<string>();
  private readonly outcome: AnalyzedResource[] = [];

  constructor(
    private readonly options: PassOptions,
    private readonly preview: boolean,
    /** URNs; all when absent. */
    private readonly only?: Set<string>,
  ) {}

  readonly register = async (
    registration: Registration,
  ): Promise<{ id?: string; outputs: Record<string, unknown> }> => {
    const made = await this.make(registration);
    const { urn, type, name, parent, propertyDependencies } = registration;
    const properties = { ...made.outputs, ...(made.id !== undefined && { id: made.id }) };
    this.outcome.push({ urn, type, name, properties, propertyDependencies, ...(parent && { parent }) });
    return made;
  };

  /**
   * The policies on the whole stack, as the engine asks them: last, and with outputs. During an update everything is made
   * by then, so that a violation that only shows now fails the update and undoes nothing.
   */
  async judgeStack(): Promise<void> {
    const results = await this.options.policies.analyzeStack(this.outcome);
    results.forEach((result) => this.find(result));
  }

  private async make(registration: Registration): Promise<{ id?: string; outputs: Record<string, unknown> }> {
    const { urn, custom, inputs } = registration;
    if (!custom) {
      return { outputs: inputs };
    }
    this.declared.add(urn);
    const known = this.options.state.get(urn);
    if (this.only?.has(urn) === false) {
      return known ?? { outputs: inputs };
    }
    const stored = known ?? (await this.importExisting(registration));
    const checked = await this.check(registration, stored);
    await this.judge(registration, checked);
    const op = await this.operation(registration, stored, checked);
    if (op === "replace" && stored?.protect && registration.protect) {
      throw failed("protected", urn, "it is protected, and would be replaced");
    }
    const imported = stored !== known;
    if (this.preview) {
      this.note(registration, op, imported);
      return stored && op !== "replace"
        ? { id: stored.id, outputs: { ...stored.outputs, ...checked } }
        : { outputs: checked };
    }
    const result = await this.apply(op, registration, stored, checked);
    this.note(registration, op, imported);
    return result;
  }

  /** What exists under the id the program says, on record from now on. */
  private async importExisting(registration: Registration): Promise<StoredResource | undefined> {
    const { urn, importId } = registration;
    if (!importId) {
      return undefined;
    }
    const read = await this.options.provider.read(importId, urn);
    if (!read.id) {
      throw failed("not-found", urn, `there is no ${importId} to import`);
    }
    const [inputs = {}, outputs = {}] = [read.inputs, read.props] as (Record<string, unknown> | undefined)[];
    const stored = { ...onRecord(registration), id: read.id, inputs, outputs };
    if (!this.preview) {
      this.options.state.put(stored);
    }
    this.note(registration, "import");
    return stored;
  }

  /** Deletes, last created first, what the program no longer declares. */
  async removeWhatIsGone(): Promise<void> {
    const gone = this.options.state
      .list()
      .filter(({ urn }) => !this.declared.has(urn) && this.only?.has(urn) !== false);
    for (const stored of gone.reverse()) {
      if (stored.protect) {
        throw failed("protected", stored.urn, "it is protected, and the program no longer declares it");
      }
      if (!this.preview) {
        await this.remove(stored);
      }
      this.note(stored, "delete");
    }
  }

  private async remove({ id, urn, outputs, retainOnDelete }: StoredResource): Promise<void> {
    if (!retainOnDelete) {
      await this.options.provider.delete(id, urn, outputs);
    }
    this.options.state.remove(urn);
  }

  private async check({ urn, inputs }: Registration, stored?: StoredResource): Promise<Record<string, unknown>> {
    const result = await this.options.provider.check(urn, stored?.inputs ?? {}, inputs);
    const failures = (result.failures ?? []).map(({ property, reason }) => `${property}: ${reason}`);
    if (failures.length > 0) {
      throw failed("check-failed", urn, failures.join("; "));
    }
    return (result.inputs ?? inputs) as Record<string, unknown>;
  }

  private async judge(
    { urn, type, name, parent, protect }: Registration,
    properties: Record<string, unknown>,
  ): Promise<void> {
    const results = await this.options.policies.analyze({
      urn,
      type,
      name,
      properties,
      ...(parent && { parent }),
      options: { protect },
    });
    results.forEach((result) => this.find(result));
  }

  private find({ policyName, level, severity, message, urn }: PolicyResult): void {
    const mandatory = level === "mandatory" || level === "remediate";
    this.findings.push({ policy: policyName, level: mandatory ? "mandatory" : "advisory", severity, urn, message });
    if (mandatory && !this.preview) {
      // Known only now: the preview could not see the value.
      throw failed("policy-violation", urn, `refused by policy ${policyName}.\n${message}`);
    }
  }

  private async operation(
    { urn, replaceOnChanges }: Registration,
    stored: StoredResource | undefined,
    news: Record<string, unknown>,
  ): Promise<Step["op"]> {
    if (!stored) {
      return "create";
    }
    if (isDeepStrictEqual(stored.inputs, news)) {
      return "same";
    }
    const { changes, replaces = [] } = await this.options.provider.diff(stored.id, urn, stored.outputs, news);
    const replaced = replaceOnChanges.some((input) => !isDeepStrictEqual(stored.inputs[input], news[input]));
    return replaces.length > 0 || replaced ? "replace" : changes ? "update" : "same";
  }

  private async apply(
    op: Step["op"],
    registration: Registration,
    stored: StoredResource | undefined,
    inputs: Record<string, unknown>,
  ): Promise<{ id: string; outputs: Record<string, unknown> }> {
    const { provider, state } = this.options;
    const { urn } = registration;
    const declared = onRecord(registration);
    if (stored && op === "same") {
      // Protection and dependencies are the program's word, not the account's: the newest counts.
      state.put({ ...stored, ...declared });
      return stored;
    }
    try {
      if (stored && op === "update") {
        const updated = await provider.update(stored.id, urn, stored.outputs, inputs);
        const outputs = updated.outs as Record<string, unknown>;
        state.put({ ...declared, id: stored.id, inputs, outputs });
        return { id: stored.id, outputs };
      }
      if (stored) {
        await this.remove(stored);
      }
      const created = await provider.create(urn, inputs);
      const outputs = created.outs as Record<string, unknown>;
      const { id } = created;
      state.put({ ...declared, id, inputs, outputs });
      return { id, outputs };
    } catch (error) {
      if (isHalfMade(error)) {
        const outputs = error.properties;
        state.put({ ...declared, id: error.id, inputs, outputs });
      }
      throw error instanceof BaselineError ? error : failed("update-failed", urn, (error as Error).message, error);
    }
  }

  /** @param imported it was taken over in this very pass; that nothing had to be changed then goes without saying */
  private note({ urn, type, name, inputs }: Registration | StoredResource, op: Step["op"], imported = false): void {
    if (imported && op === "same") {
      return;
    }
    const region = regionOf(inputs);
    const step: Step = { urn, type, name, op, ...(region && { region }) };
    this.steps.push(step);
    if (!this.preview) {
      this.options.onStep?.(step);
    }
  }
}

/** What the state keeps of a registration. */
function onRecord({ urn, type, name, protect, retainOnDelete, dependencies, parent }: Registration) {
  return { urn, type, name, protect, retainOnDelete, dependencies, ...(parent !== undefined && { parent }) };
}

/** How a provider says that the resource exists, though not all of it was made. Source: pulumi SDK, provider/server. */
function isHalfMade(error: unknown): error is Error & { id: string; properties: Record<string, unknown> } {
  return error instanceof Error && "id" in error && "properties" in error;
}

export function regionOf({ region }: Record<string, unknown>): string | undefined {
  return typeof region === "string" ? region : undefined;
}

function failed(code: string, urn: string, why: string, cause?: unknown): BaselineError {
  const [, , types = "", name = ""] = urn.split("::");
  return new BaselineError(
    code,
    `${types.split("$").at(-1)} ${name}: ${why.replace(/\.$/, "")}.`,
    "What was done before stands, and is on record; correct the cause and run it again.",
    undefined,
    { cause },
  );
}
