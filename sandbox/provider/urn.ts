/** urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME; the name may hold `::` itself. */
export function parseUrn(urn: string): { type: string; name: string } {
  const [, , types = "", ...name] = urn.split("::");
  return { type: types.slice(types.lastIndexOf("$") + 1), name: name.join("::") };
}
