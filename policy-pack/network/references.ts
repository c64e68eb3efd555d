import { type StackResource } from "../policies/types";
import { isUnknown, property } from "../values";

/** Keys by which resources of a stack find each other: URNs, and ids once they are known. */
export interface Reference {
  readonly keys: readonly string[];
  /** It is not known who is meant: others with the same dependencies may mean the same. */
  readonly unsure?: true;
}

/** Keys of a resource itself. */
export function ownKeys({ urn, props }: StackResource): Reference {
  const ids = ["id", "groupId", "prefixListId"].map((name) => props[name]);
  return { keys: [urn, ...ids.flatMap((id) => (typeof id === "string" && !isUnknown(id) ? [idKey(id)] : []))] };
}

/** Keys of whom an input means: an id that is known, or the one resource of the right type it depends on. */
export function reference(resource: StackResource, input: string, isTarget: (type: string) => boolean): Reference {
  const { value } = property({ value: resource.props, path: "" }, input);
  const dependencies = resource.propertyDependencies[input] ?? [];
  const targets = dependencies.filter((urn) => isTarget(typeOf(urn)));
  const keys = [
    ...(typeof value === "string" && !isUnknown(value) ? [idKey(value)] : []),
    ...(targets.length === 1 ? targets : []),
  ];
  if (keys.length > 0) {
    return { keys };
  }
  return {
    keys: [`from ${dependencies.length > 0 ? [...dependencies].sort().join(" ") : resource.urn}`],
    unsure: true,
  };
}

export function idKey(id: string): string {
  return `id ${id}`;
}

// `urn:pulumi:stack::project::parent$type::name`
export function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}
