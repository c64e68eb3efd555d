import { isDeepStrictEqual } from "node:util";
import { type EngineEvent, type StepEventMetadata } from "@pulumi/pulumi/automation";
import { hasSecret } from "../../common/pulumi-values";
import { type Observation, type PropertyDifference } from "../../common/observation";
import { type ExportedResource, type PolicyFinding, type Step } from "../../sandbox/host/host";

export { type ExportedResource } from "../../sandbox/host/host";

/** Policy findings among a run's events; `none` and `remediate` levels do not block. */
export function findingsIn(events: EngineEvent[]): PolicyFinding[] {
  return events.flatMap(({ policyEvent }) => {
    if (!policyEvent) {
      return [];
    }
    const { policyName, enforcementLevel, resourceUrn = "", message } = policyEvent;
    const { severity = "unspecified" } = policyEvent as { severity?: string };
    const level = enforcementLevel === "mandatory" ? "mandatory" : "advisory";
    return [{ policy: policyName, level, severity, urn: resourceUrn, message: plain(message) }];
  });
}

const operations: Record<string, Step["op"]> = {
  create: "create",
  import: "import",
  update: "update",
  delete: "delete",
  same: "same",
  replace: "replace",
  "create-replacement": "replace",
};

/** The steps of custom resources. `outputs` events come when a step is done, `pre` events before it begins. */
export function stepsIn(events: EngineEvent[], kind: "pre" | "outputs"): Step[] {
  return events.flatMap((event) => {
    const metadata = (kind === "pre" ? event.resourcePreEvent : event.resOutputsEvent)?.metadata;
    const op = metadata && operations[metadata.op];
    if (!metadata || !op || !isCustom(metadata)) {
      return [];
    }
    return [stepOf(metadata, op)];
  });
}

/**
 * What a refresh saw. Drift stands in the outputs events, never in those before the step.
 *
 * Source: pulumi, lifecycletest golden event streams of refresh.
 * @param events of `pulumi refresh --preview-only`
 * @param state the stack's resources as exported
 */
export function observationsIn(events: EngineEvent[], state: ExportedResource[]): Observation[] {
  // A URN may stand for two: the resource, and what a replacement has left behind. Only one of them is the program's.
  const seen = new Map(
    events.flatMap(({ resOutputsEvent: each }) =>
      each && !isLeftover(each.metadata) ? [[each.metadata.urn, each.metadata]] : [],
    ),
  );
  const failures = new Map(
    events.flatMap(({ resOpFailedEvent: each }) => (each ? [[each.metadata.urn, each.metadata]] : [])),
  );
  const reasons = new Map(
    events.flatMap(({ diagnosticEvent: each }) =>
      each?.urn && each.severity === "error" ? [[each.urn, plain(each.message)]] : [],
    ),
  );
  return state
    .filter(({ custom, type, delete: leftover }) => custom && !leftover && !type.startsWith("pulumi:"))
    .map((resource) => {
      const metadata = failures.has(resource.urn) ? undefined : seen.get(resource.urn);
      const region = resource.inputs?.["region"];
      const observed = {
        urn: resource.urn,
        type: resource.type,
        name: resource.urn.split("::").at(-1) ?? "",
        id: resource.id ?? "",
        ...(typeof region === "string" && { region }),
        dependsOn: resource.dependencies ?? [],
      };
      if (!metadata) {
        return {
          ...observed,
          state: "unknown",
          differences: [],
          reason: reasons.get(resource.urn) ?? "the engine did not read it",
        };
      }
      const state = ({ delete: "deleted", update: "changed" } as const)[metadata.op as string] ?? "same";
      return { ...observed, state, differences: state === "changed" ? differencesOf(metadata) : [] };
    });
}

/** Text as the engine sends it, without its colour marks. */
export function plain(text: string): string {
  return text.replace(/<\{%[^%]*%\}>/g, "").trimEnd();
}

// The engine's own list of paths may be absent; then old and new inputs tell.
function differencesOf({ old, new: now, detailedDiff }: StepEventMetadata): PropertyDifference[] {
  const [before, after] = [old?.inputs ?? {}, now?.inputs ?? {}];
  const paths = Object.keys(detailedDiff ?? {});
  const properties = paths.length > 0 ? paths : [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const all = properties.map((path) => ({ path, expected: at(before, path), found: at(after, path) }));
  const differing = all.filter(
    ({ path, expected, found }) => paths.includes(path) || !isDeepStrictEqual(expected, found),
  );
  // Secrets all look the same here. Where nothing else differs, it is one of them.
  return differing.length > 0
    ? differing
    : all.filter(({ expected, found }) => hasSecret(expected) || hasSecret(found));
}

function isLeftover({ old, new: now }: StepEventMetadata): boolean {
  return ((now ?? old) as { delete?: boolean } | undefined)?.delete === true;
}

function at(value: unknown, path: string): unknown {
  return path
    .split(/[.[\]]/)
    .filter((part) => part !== "")
    .reduce((each: unknown, part) => (each as Record<string, unknown> | undefined)?.[part], value);
}

function isCustom({ old, new: now }: StepEventMetadata): boolean {
  const state = now ?? old;
  return state?.custom === true && !state.type.startsWith("pulumi:");
}

function stepOf({ urn, type, old, new: now, detailedDiff, diffs }: StepEventMetadata, op: Step["op"]): Step {
  const region: unknown = (now ?? old)?.inputs?.["region"];
  const changed = detailedDiff ? Object.keys(detailedDiff) : (diffs ?? []);
  return {
    urn,
    type,
    name: urn.split("::").at(-1) ?? "",
    op,
    ...(typeof region === "string" && { region }),
    ...(changed.length > 0 && { changed }),
  };
}
