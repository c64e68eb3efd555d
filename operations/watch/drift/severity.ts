import { type PropertyDifference } from "../../../common/observation";
import { bySeverity, type Severity } from "../../output/severity";
import { controls } from "../../../components/controls";
import { driftOfAnyControl, type SeverityRule } from "../../../components/foundation/drift";

/** What a severity is decided by. */
export interface Drifted {
  control: string;
  /** Pulumi type token, such as `aws:cloudtrail/trail:Trail`. */
  type: string;
  change: "changed" | "deleted" | "missing" | "undeclared";
  differences: Pick<PropertyDifference, "path">[];
}

export interface Verdict {
  severity: Severity;
  /** What it means for the account, as the end of a sentence; absent where nobody has said. */
  means?: string;
}

/**
 * How bad a drift is: the worst of its properties, by the first rule that fits each. What no rule names is high when
 * deleted, medium when changed, and low when nothing but tags changed. What the program no longer declares is low.
 */
export function severityOf(drifted: Drifted): Verdict {
  const { change, differences } = drifted;
  if (change === "undeclared") {
    return { severity: "low", means: "the program no longer declares it" };
  }
  const paths = change !== "changed" ? [undefined] : differences.map(({ path }) => path);
  // Of a change without paths nothing is known but that there is one.
  const [first = defaultFor(change)] = (paths.length > 0 ? paths : [""])
    .map((path) => verdictOn(drifted, path))
    .sort(bySeverity);
  return first;
}

function verdictOn(drifted: Drifted, path: string | undefined): Verdict {
  const own = controls.find(({ id }) => id === drifted.control)?.drift ?? [];
  const rule = [...own, ...driftOfAnyControl].find((each) => fits(each, drifted, path));
  if (rule) {
    return { severity: rule.severity, ...(rule.means && { means: rule.means }) };
  }
  return path !== undefined && /^tags(All)?(?=$|[.[])/.test(path) ? { severity: "low" } : defaultFor(drifted.change);
}

function fits({ type, when }: SeverityRule, drifted: Drifted, path: string | undefined): boolean {
  const at = path === undefined ? when.deleted === true : when.property?.test(path) === true;
  return at && drifted.type.split(":").at(-1) === type;
}

function defaultFor(change: Drifted["change"]): Verdict {
  return { severity: change === "changed" ? "medium" : "high" };
}
