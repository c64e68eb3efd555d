import { type StepEventMetadata } from "@pulumi/pulumi/automation";
import { type PropertyDifference } from "../../common/observation";
import { valueAt } from "../../common/property-path";
import { hasSecret } from "../../common/pulumi-values";
import { compareInputs } from "../../common/compare-inputs";
import { containsUnknown } from "../../common/properties";
import { programInputs } from "./program-inputs";

/**
 * Which side of a step says what is wanted. A refresh goes from the state (`old`) to the account; a preview goes from the
 * account to the program (`new`).
 */
export type WantedSide = "old" | "new";

type Values = Record<string, unknown>;

/**
 * What a step says differs between what is wanted and what is there, by property.
 *
 * What is wanted is always read from inputs. What is there is read from outputs, or from inputs where the provider compared
 * inputs. Left out is what is no drift: outputs that no program can set, such as `tagsAll`; values that are known only after
 * `up`; and pairs that mean the same, such as a policy document in another order.
 *
 * Source: pulumi, pkg/engine/detailedDiff.go, `TranslateDetailedDiff`, and pkg/resource/deploy/step.go, `RefreshStep.Apply`:
 * a refresh compares the outputs it reads with the inputs of the state.
 * @returns undefined when the step has neither paths nor states to compare
 */
export function stepDifferences(step: StepEventMetadata, wanted: WantedSide): PropertyDifference[] | undefined {
  const paths = Object.entries((step.detailedDiff ?? {}) as Record<string, PathDiff>);
  if (paths.length > 0) {
    return paths
      .filter(([path]) => isSettable(step, path))
      .map(([path, { inputDiff = false }]) => ({ path, ...valuesAt(step, path, wanted, inputDiff) }))
      .filter((each) => isDifference(each) && !isComputed(each, step.detailedDiff as Record<string, PathDiff>));
  }
  return step.old && step.new ? comparedInputs(step, wanted) : undefined;
}

/** As the engine's events have it; the SDK's own type names the kind otherwise. Source: pulumi, apitype, `PropertyDiff`. */
interface PathDiff {
  kind?: string;
  diffKind?: string;
  inputDiff?: boolean;
}

// A provider that gives no paths leaves the comparison of inputs to the engine.
function comparedInputs(step: StepEventMetadata, wanted: WantedSide): PropertyDifference[] {
  const [before, after] = [inputsOf(step.old), inputsOf(step.new)];
  const [expected, found] = wanted === "old" ? [before, after] : [after, before];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => !key.startsWith("__"))
    .sort();
  const all = keys.map((path) => ({ path, expected: expected[path], found: found[path] }));
  const differing = all.filter((each) => !isSame(each) && !containsUnknown(each.expected));
  // Secrets all look the same here. Where nothing else differs, it is one of them.
  return differing.length > 0 ? differing : all.filter((each) => hasSecret(each.expected) || hasSecret(each.found));
}

function valuesAt(
  { old, new: now }: StepEventMetadata,
  path: string,
  wanted: WantedSide,
  inputDiff: boolean,
): Pick<PropertyDifference, "expected" | "found"> {
  const [declared, actual] = wanted === "old" ? [old, now] : [now, old];
  const inOutputs = inputDiff ? undefined : valueAt(outputsOf(actual), path);
  return { expected: valueAt(inputsOf(declared), path), found: inOutputs ?? valueAt(inputsOf(actual), path) };
}

function isSettable({ type, old, new: now }: StepEventMetadata, path: string): boolean {
  const [property = ""] = /^[^.[]+/.exec(path) ?? [];
  const declared = [old, now].some((state) => property in inputsOf(state));
  return property !== "tagsAll" && (declared || (programInputs(typeOf(type, old, now))?.has(property) ?? true));
}

function typeOf(type: string, ...states: StepEventMetadata["old"][]): string {
  return type || (states.find((each) => each)?.type ?? "");
}

function isDifference(each: PropertyDifference): boolean {
  return !containsUnknown(each.expected) && (hasSecret(each.expected) || hasSecret(each.found) || !isSame(each));
}

/** What the provider would set anew by itself: the program does not say it, and nothing is to be taken away. */
function isComputed({ path, expected }: PropertyDifference, diffs: Record<string, PathDiff>): boolean {
  const { kind, diffKind, inputDiff = false } = diffs[path] ?? {};
  return expected === undefined && !inputDiff && /^update/.test(kind ?? diffKind ?? "");
}

function isSame({ expected, found }: PropertyDifference): boolean {
  return compareInputs({ value: expected }, { value: found }).length === 0;
}

function inputsOf(state: StepEventMetadata["old"]): Values {
  return (state?.inputs ?? {}) as Values;
}

function outputsOf(state: StepEventMetadata["old"]): Values {
  return (state?.outputs ?? {}) as Values;
}
