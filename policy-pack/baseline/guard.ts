import { type Finding, type Resource } from "../policies/types";
import { isUnknown, type Located, property, word } from "../values";

/** What the configuration of baseline-integrity says, defaults filled in. */
export interface IntegritySettings {
  /** What names of the baseline's own resources start with. */
  readonly namePrefix: string;
  /** Whether resources that do the baseline's work count although they are not its own. */
  readonly everywhere: boolean;
  /** Ids of alarms that may be silent. */
  readonly quietAlarms: readonly string[];
}

/** One type of resource that the baseline leans on, and what about it may not be changed. */
export interface Guard {
  readonly type: string;
  findings(inputs: Located, of: Subject): Finding[];
}

/** The resource a guard looks at. */
export interface Subject {
  readonly resource: Resource;
  readonly settings: IntegritySettings;
}

// A component's type stands in the URNs of all its children.
const component = "baseline:index:";

/** Whether a resource is the baseline's own: declared by one of its components, or named as its resources are. */
export function isOurs({ resource, settings }: Subject, name: Located): boolean {
  const { namePrefix } = settings;
  return resource.urn.includes(component) || (known(name) ?? "").startsWith(`${namePrefix}-`);
}

/** The name AWS gets; the program's name of the resource where AWS's is not known or left to Pulumi. */
export function nameOf({ resource }: Subject, name: Located): string {
  return known(name) ?? resource.name;
}

function known({ value }: Located): string | undefined {
  return typeof value === "string" && !isUnknown(value) ? value : undefined;
}

/** What must be so: the property, the words that will not do, and whether its absence will. */
export interface Demand {
  readonly name: string;
  readonly wrong: readonly string[];
  readonly absentIs: "right" | "wrong";
  readonly message: string;
  readonly why: string;
  readonly fix: string;
}

/** Judges one property: one finding, or none. */
export function judge(inputs: Located, demand: Demand): Finding[] {
  const found = property(inputs, demand.name);
  if (isUnknown(found.value)) return [cannotTell(found.path, demand.fix)];
  const bad = found.value === undefined ? demand.absentIs === "wrong" : demand.wrong.includes(word(found.value));
  return bad ? [broken(demand.message, found.path, demand.why, demand.fix)] : [];
}

/** A finding that blocks. */
export function broken(message: string, path: string, witness: string, fix: string): Finding {
  return { certainty: "violation", message, path, witness, fix };
}

/** A finding that is only reported. */
export function weakened(message: string, path: string, witness: string, fix: string): Finding {
  return { ...broken(message, path, witness, fix), level: "advisory" };
}

/** A finding for what is decided during the update. */
export function cannotTell(path: string, fix: string): Finding {
  return {
    certainty: "unknown",
    level: "advisory",
    message: "Cannot tell yet whether this undoes a part of the baseline.",
    path,
    witness: "this input is known only during the update; it is decided then, before the change is made.",
    fix,
  };
}
