import { readFileSync } from "node:fs";

const known = new Map<string, ReadonlySet<string> | undefined>();

/**
 * The properties that a program can set on a type of resource of @pulumi/aws, read from the SDK's own class. What is not
 * among them is an output only.
 *
 * @param type token, such as `aws:sns/topic:Topic`
 * @returns undefined for a type the SDK does not have
 */
export function programInputs(type: string): ReadonlySet<string> | undefined {
  if (!known.has(type)) {
    known.set(type, read(type));
  }
  return known.get(type);
}

function read(type: string): ReadonlySet<string> | undefined {
  const [, module] = /^aws:([\w-]+\/\w+):\w+$/.exec(type) ?? [];
  if (module === undefined) {
    return undefined;
  }
  try {
    const source = readFileSync(require.resolve(`@pulumi/aws/${module}`), "utf8");
    const names = [...source.matchAll(/resourceInputs\["(\w+)"\] = [^;]*\bargs\?\./g)].map(([, name]) => name ?? "");
    return names.length > 0 ? new Set(names) : undefined;
  } catch {
    return undefined;
  }
}
