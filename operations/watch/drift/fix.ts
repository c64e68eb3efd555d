import { wrap } from "../../../common/table";
import { type ExportedResource, type RunResult } from "../../../engine/host";
import { BaselineError } from "../../../common/errors";
import { type StackHost } from "../../../engine/stack-host";
import { type DriftItem } from "./model";
import { stateType } from "./state-written";
import { byType, differencesOf, nameOf, titleOf } from "./words";

/** What a fix would do, and what it would leave alone. */
export interface FixPlan {
  /** Worst first. */
  items: DriftItem[];
  /** Of everything that is made as the program says: the drifted ones, what went with them, and what refers to them. */
  urns: string[];
  leftAlone: DriftItem[];
  /** Accepted drift of the same resources, which is set back with the rest: an update knows whole resources only. */
  accepted: DriftItem[];
}

/** Classes of resources that hold something no `up` brings back. */
const holdsEvidence = ["Bucket", "LogGroup", "Key", "Vault"];

/**
 * @param items of a drift report, without what is accepted
 * @param state the stack's resources; what depends on a deleted one is told its new id
 * @param accepted drift of the report that does not count
 */
export function planFix(items: DriftItem[], state: ExportedResource[], accepted: DriftItem[] = []): FixPlan {
  const managed = items.filter((each) => each.state === "drifted" && isPutRight(each));
  const gone = new Set(
    managed.flatMap((each) =>
      each.change === "deleted" ? [each.urn, ...each.consequences.map(({ urn }) => urn)] : [],
    ),
  );
  // A state lists what depends on something after it.
  for (const { urn, custom, dependencies = [] } of state) {
    if (custom && dependencies.some((each) => gone.has(each))) {
      gone.add(urn);
    }
  }
  const urns = [...new Set([...managed.flatMap(({ urn, includes = [urn] }) => includes), ...gone])];
  return {
    items: managed,
    urns,
    leftAlone: items.filter((each) => !managed.includes(each)),
    accepted: accepted.filter(({ urn }) => urns.includes(urn)),
  };
}

// An update would delete what the program no longer declares: that is for `pulumi up`, which shows everything. And the next
// update writes the state.
function isPutRight({ change, type }: DriftItem): boolean {
  return change !== "unmanaged" && change !== "undeclared" && type !== stateType;
}

/** The plan for people, before they are asked; at 80 columns as far as its words allow. */
export function fixAsText({ items, urns, leftAlone, accepted }: FixPlan): string {
  const lines = items.flatMap((item) => [
    `- ${item.change === "changed" ? "set back" : item.change === "deleted" ? "make again" : "make"}: ${titleOf(item)}, ${nameOf(item)}`,
    ...differencesOf(item).map(({ path, expected, found }) => `    ${path}: ${found} becomes ${expected}`),
    ...(item.consequences.length > 0 ? [`    with ${byType(item.consequences)}`] : []),
    ...(isEvidence(item) ? ["    What was in it stays lost; nothing brings that back."] : []),
  ]);
  const besides = accepted.map((item) => {
    const paths = item.differences.map(({ path }) => path).join(", ");
    return `- with it, though accepted: ${titleOf(item)}, ${item.name}${paths === "" ? "" : `: ${paths}`}`;
  });
  const alone = leftAlone.map((item) => `- left alone: ${titleOf(item)}, ${item.name}`);
  const most = items.length === 1 ? "1 resource" : `${items.length} resources`;
  const more =
    urns.length > items.length ? `, and ${urns.length - items.length} that went with them or refer to them` : "";
  return [`\`up\` of ${most}${more}, with the policy pack:`, ...lines, ...besides, ...alone]
    .flatMap(indented)
    .join("\n");
}

function indented(line: string): string[] {
  const indent = /^ */.exec(line)?.[0] ?? "";
  return wrap(line.trimStart(), 76 - indent.length).map((part, index) => `${indent}${index > 0 ? "  " : ""}${part}`);
}

function isEvidence({ change, type }: DriftItem): boolean {
  return change === "deleted" && holdsEvidence.includes(type.split(":").at(-1) ?? "");
}

/**
 * Makes what is drifted as the program says, and nothing else.
 *
 * @throws BaselineError `policy-violation` when a mandatory policy refuses, in which case nothing was done
 */
export async function applyFix(host: Pick<StackHost, "upOnly">, program: string, plan: FixPlan): Promise<RunResult> {
  const result = await host.upOnly(program, plan.urns);
  if (result.outcome === "blocked") {
    const refused = result.findings.filter(({ level }) => level === "mandatory");
    throw new BaselineError(
      "policy-violation",
      `The policy pack refuses the fix; nothing was changed.\n${refused.map(({ policy, message }) => `${policy}: ${message}`).join("\n")}`,
      "Correct the program or its settings; then look again.",
    );
  }
  return result;
}
