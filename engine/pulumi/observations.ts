import { type EngineEvent, type StepEventMetadata } from "@pulumi/pulumi/automation";
import { type Observation } from "../../common/observation";
import { type ExportedResource } from "../host";
import { plain } from "./plain-text";
import { stepDifferences } from "./step-differences";

const unnamed = "the engine reported a change without naming a difference";

/**
 * What a refresh saw: the account, compared with the stack's state. Drift is in the outputs events, never in those before the
 * step.
 *
 * Source: pulumi, lifecycletest golden event streams of refresh.
 * @param events of `pulumi refresh --preview-only`
 * @param state the stack's resources as exported
 */
export function observationsIn(events: EngineEvent[], state: ExportedResource[]): Observation[] {
  // Two resources may have one URN: the resource, and what a replacement has left behind. The program owns only the first.
  const seen = new Map(
    events.flatMap(({ resOutputsEvent: each }) =>
      each && !isLeftover(each.metadata) ? [[each.metadata.urn, each.metadata]] : [],
    ),
  );
  const failures = failuresIn(events);
  return managedIn(state).map((resource) => {
    const observed = observedOf(resource);
    const step = failures.has(resource.urn) ? undefined : seen.get(resource.urn);
    if (!step) {
      return unknown(observed, failures.get(resource.urn) ?? "the engine did not read it");
    }
    if (step.op === "delete") {
      return { ...observed, state: "deleted", differences: [] };
    }
    return step.op === "update" ? changed(observed, step, "old") : { ...observed, state: "same", differences: [] };
  });
}

/**
 * What a preview that refreshes first saw: the account, compared with the program.
 *
 * @param events of `pulumi preview --refresh` that ran to its end, or of `pulumi preview`, which reads nothing
 * @param state the stack's resources as exported before it
 */
export function comparedIn(events: EngineEvent[], state: ExportedResource[]): Observation[] {
  const managed = new Map(managedIn(state).map((each) => [each.urn, each]));
  const gone = new Set(stepsOf(events).flatMap(({ op, urn, new: now }) => (op === "refresh" && !now ? [urn] : [])));
  const failures = failuresIn(events);
  const steps = new Map<string, StepEventMetadata>();
  for (const step of stepsOf(events)) {
    const before = steps.get(step.urn);
    if (isProgramStep(step) && (before === undefined || weightOf(step) > weightOf(before))) {
      steps.set(step.urn, step);
    }
  }
  const declared = [...steps.values()].flatMap((step) => {
    const known = managed.get(step.urn);
    const observed = observedOf(known ?? { urn: step.urn, type: step.type }, step);
    const reason = failures.get(step.urn);
    return reason === undefined ? comparedStep(observed, step, known !== undefined) : [unknown(observed, reason)];
  });
  const rest = [...managed.values()].filter(({ urn }) => !steps.has(urn) && !gone.has(urn));
  return [
    ...declared,
    ...rest.map((each) => unknown(observedOf(each), failures.get(each.urn) ?? "the engine did not compare it")),
  ];
}

type Observed = Omit<Observation, "state" | "differences">;

function comparedStep(observed: Observed, step: StepEventMetadata, isInState: boolean): Observation[] {
  switch (step.op as string) {
    case "create":
    case "import":
      return [{ ...observed, state: isInState ? "deleted" : "missing", differences: [] }];
    case "delete":
    case "delete-replaced":
      return [{ ...observed, state: "undeclared", differences: [] }];
    case "same":
    case "read":
      return [{ ...observed, state: "same", differences: [] }];
    default:
      return [changed(observed, step, "new")];
  }
}

function changed(observed: Observed, step: StepEventMetadata, wanted: "old" | "new"): Observation {
  const differences = stepDifferences(step, wanted);
  if (!differences) {
    return unknown(observed, unnamed);
  }
  return { ...observed, state: differences.length > 0 ? "changed" : "same", differences };
}

function unknown(observed: Observed, reason: string): Observation {
  return { ...observed, state: "unknown", differences: [], reason };
}

function managedIn(state: ExportedResource[]): ExportedResource[] {
  return state.filter(({ custom, type, delete: leftover }) => custom && !leftover && !type.startsWith("pulumi:"));
}

function observedOf(resource: ExportedResource, step?: StepEventMetadata): Observed {
  const { urn, type, id = "", dependencies = [] } = resource;
  const inputs = step && (step.new?.inputs as Record<string, unknown> | undefined);
  const region = inputs?.["region"] ?? resource.inputs?.["region"];
  return {
    urn,
    type,
    name: urn.split("::").at(-1) ?? "",
    id,
    ...(typeof region === "string" && { region }),
    dependsOn: dependencies,
    ...(inputs && { inputs }),
  };
}

/** By URN, why it failed. */
function failuresIn(events: EngineEvent[]): Map<string, string> {
  const reasons = events.flatMap(({ diagnosticEvent: each }) =>
    each?.urn && each.severity === "error" ? [[each.urn, plain(each.message)] as const] : [],
  );
  const failed = events.flatMap(({ resOpFailedEvent: each }) =>
    each ? [[each.metadata.urn, "the engine did not read it"] as const] : [],
  );
  return new Map([...failed, ...reasons]);
}

function stepsOf(events: EngineEvent[]): StepEventMetadata[] {
  return events.flatMap(({ resourcePreEvent, resOutputsEvent }) => {
    const step = (resourcePreEvent ?? resOutputsEvent)?.metadata;
    return step && !isLeftover(step) ? [step] : [];
  });
}

function isProgramStep({ op, type, old, new: now }: StepEventMetadata): boolean {
  const custom = (now ?? old)?.custom === true;
  return custom && !type.startsWith("pulumi:") && !["refresh", "discard", "discard-replaced"].includes(op);
}

// A replacement is several steps; the one that names what differs counts most, a deletion that is part of it least.
function weightOf({ op, detailedDiff }: StepEventMetadata): number {
  const named = Object.keys(detailedDiff ?? {}).length > 0 ? 1 : 0;
  return (/^delete/.test(op) ? 0 : 2) + named;
}

function isLeftover({ old, new: now }: StepEventMetadata): boolean {
  return ((now ?? old) as { delete?: boolean } | undefined)?.delete === true;
}
