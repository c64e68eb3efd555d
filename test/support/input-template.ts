/**
 * What EventBridge makes of an event by an input template, in two readings of its documentation. It says that values are
 * not escaped; should it escape them all the same, a message has to be right as well.
 *
 * Source: EventBridge User Guide, "Input transformation", "Common issues with transforming input".
 */
export type Reading = "raw" | "escaped";

/** @param paths JSON paths by variable name, such as `$.detail.list[0].name` */
export function inputOf(template: string, paths: Record<string, string>, event: object, reading: Reading): string {
  return template.replace(/<([\w-]+)>/g, (variable, name: string) => {
    const path = paths[name];
    return path === undefined ? variable : written(valueAt(event, path), reading);
  });
}

function written(value: unknown, reading: Reading): string {
  if (value === undefined || value === null) {
    return "";
  }
  if (typeof value !== "string") {
    // Within a string, EventBridge takes the quotation marks of an object or a list away.
    return JSON.stringify(value).replaceAll('"', "");
  }
  return reading === "raw" ? value : JSON.stringify(value).slice(1, -1);
}

function valueAt(event: object, path: string): unknown {
  let found: unknown = event;
  for (const [, name = "", number] of path.matchAll(/\.([\w/-]+)|\[(\d+)\]/g)) {
    found = (found as Record<string, unknown> | undefined)?.[number ?? name];
  }
  return found;
}

/** The lines of a delivered text message, each of them a JSON string. @throws SyntaxError where EventBridge would refuse it */
export function linesOf(delivered: string): string[] {
  return delivered.split("\n").map((line) => {
    const text: unknown = JSON.parse(line);
    if (typeof text !== "string") {
      throw new SyntaxError(`not a string: ${line}`);
    }
    return text;
  });
}
