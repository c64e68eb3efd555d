/**
 * A name that @pulumi/aws also takes as the resource itself (`role: aRole`). The SDK sends the resource's id then, which
 * for these is the name or the ARN asked for; the type does not know.
 */
export function nameOf(given: unknown): string {
  if (typeof given !== "string") {
    throw new TypeError(`expected a name, not ${typeof given}`);
  }
  return given;
}
