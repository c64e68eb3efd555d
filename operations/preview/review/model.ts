import { type BaselineError } from "../../../common/errors";
import { type RunResult, type Step } from "../../../engine/host";
import { isForAdministrator } from "./administrator";
import { type Identity } from "../../../aws/identity";
import { controlOf } from "../../../engine/control-of";
import { mandatoryFirst, type PolicyStatement } from "../../output/policies";

export type Operation = Step["op"];

/** One resource that an update would make, change or remove. */
export interface Change {
  op: Exclude<Operation, "same">;
  /** Class of the control it is part of, such as `AuditTrail`. */
  control: string;
  /** Absent for what is not regional, such as IAM. */
  region?: string;
  urn: string;
  type: string;
  name: string;
  /** True for what the role that applies in CI is refused. */
  forAdministrator: boolean;
}

/** What a policy says of one resource of the stack. */
export interface ReviewFinding extends PolicyStatement {
  severity: string;
  control: string;
  urn: string;
}

/** What an update of one stack would do, and whether it may. */
export interface StackReview {
  stack: string;
  /** Who previewed it, and in which account. */
  identity?: Identity;
  /** `blocked`: a mandatory policy stands in the way. `failed`: there was no preview, so nothing is known. */
  outcome: "passed" | "blocked" | "failed";
  /** Resources by operation. */
  counts: Record<Operation, number>;
  changes: Change[];
  /** Mandatory ones first. */
  findings: ReviewFinding[];
  /** What drives the bill of the controls that are made or changed. */
  costs: { control: string; cost: string }[];
  /** Why there was no preview. */
  error?: { code: string; message: string };
}

/** What of a control's description a review needs. */
export interface CostOfControl {
  id: string;
  /** What drives the monthly bill, or `free`. */
  cost: string;
}

const order: Operation[] = ["delete", "replace", "update", "import", "create", "same"];

/** Operations in the order in which people want to hear of them: what takes something away first. */
export const operations: readonly Operation[] = order;

/** @param controls in the order people read about them */
export function reviewOf(
  stack: string,
  { outcome, steps, findings }: RunResult,
  controls: CostOfControl[],
): StackReview {
  const changes = steps.flatMap((step) => (step.op === "same" ? [] : [changeOf(step, step.op)])).sort(byImpact);
  const building = new Set(changes.filter(({ op }) => op !== "delete").map(({ control }) => control));
  return {
    stack,
    outcome: outcome === "blocked" ? "blocked" : "passed",
    counts: counted(steps),
    changes,
    findings: mandatoryFirst(
      findings.map(({ policy, level, severity, urn, message }) => ({
        policy,
        level,
        severity,
        control: controlOf(urn),
        urn,
        resource: nameOf(urn),
        message,
      })),
    ),
    costs: controls
      .filter(({ id, cost }) => building.has(id) && cost !== "free")
      .map(({ id, cost }) => ({ control: id, cost })),
  };
}

export function failedReview(stack: string, { code, message }: BaselineError): StackReview {
  return {
    stack,
    outcome: "failed",
    counts: counted([]),
    changes: [],
    findings: [],
    costs: [],
    error: { code, message },
  };
}

/** "1 to delete, 2 to create, 40 unchanged"; what there is none of is left out. */
export function countText(counts: StackReview["counts"]): string {
  const words = order.flatMap((op) => {
    const number = counts[op];
    return number === 0 ? [] : [op === "same" ? `${number} unchanged` : `${number} to ${op}`];
  });
  return words.length > 0 ? words.join(", ") : "no resources";
}

function changeOf(step: Step, op: Change["op"]): Change {
  const { urn, type, name, region } = step;
  const forAdministrator = isForAdministrator(step);
  return { op, control: controlOf(urn), ...(region && { region }), urn, type, name, forAdministrator };
}

function counted(steps: readonly Step[]): StackReview["counts"] {
  const counts = { create: 0, import: 0, update: 0, replace: 0, delete: 0, same: 0 };
  for (const { op } of steps) {
    counts[op] += 1;
  }
  return counts;
}

function byImpact(a: Change, b: Change): number {
  const key = ({ op, control, region = "", name }: Change) => [order.indexOf(op), control, region, name].join("\n");
  return key(a) < key(b) ? -1 : 1;
}

// The stack itself bears what a policy says of the whole.
function nameOf(urn: string): string {
  return urn.split("::").at(-1) || "the stack";
}
