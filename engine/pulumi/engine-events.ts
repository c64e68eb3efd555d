import { plain } from "./plain-text";
import { type EngineEvent, type StepEventMetadata } from "@pulumi/pulumi/automation";
import { type PolicyFinding, type Step } from "../host";

export { type ExportedResource } from "../host";
export { comparedIn, observationsIn } from "./observations";
export { plain } from "./plain-text";

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

export function isCustom({ old, new: now }: StepEventMetadata): boolean {
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
