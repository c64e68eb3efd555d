/**
 * The keys and indexes of a property path, as Pulumi writes it: `rules[0].status`, `tags["cost.center"]`. A key in
 * quotation marks is one key, whatever it holds. Older bridges put a dot before the bracket (`tags.["cost.center"]`).
 *
 * Source: pulumi, sdk/go/common/resource/property_path.go, `ParsePropertyPath`.
 */
export function propertyKeys(path: string): string[] {
  const part = /\["((?:[^"\\]|\\.)*)"\]|\[([^\]"]*)\]|([^.[\]]+)/g;
  return [...path.matchAll(part)].map(([, quoted, index, plain]) =>
    quoted === undefined ? (index ?? plain ?? "") : quoted.replace(/\\(.)/g, "$1"),
  );
}

/** The value at a property path; undefined where there is none. */
export function valueAt(value: unknown, path: string): unknown {
  return propertyKeys(path).reduce(
    (each: unknown, key) =>
      typeof each === "object" && each !== null ? (each as Record<string, unknown>)[key] : undefined,
    value,
  );
}
