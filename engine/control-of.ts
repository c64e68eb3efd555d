/**
 * The control a resource is part of, by its URN: the component right below the composition root, or the topmost one.
 * `program` stands for what the program creates outside any component.
 */
export function controlOf(urn: string): string {
  const types = (urn.split("::")[2] ?? "").split("$").slice(0, -1);
  const below = types[0] === "baseline:index:AccountBaseline" ? types[1] : types[0];
  return (below ?? types[0])?.split(":").at(-1) ?? "program";
}
