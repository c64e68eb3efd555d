import { isTree, unknownString } from "../values";

/** A value of a template with its functions worked out as far as the text alone says; the rest is unknown. */
export function resolved(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(resolved).filter((each) => each !== undefined);
  }
  if (!isTree(value)) {
    return value;
  }
  const [[key, argument] = ["", undefined], ...more] = Object.entries(value);
  if (more.length === 0 && (key === "Ref" || key.startsWith("Fn::"))) {
    return call(key, argument);
  }
  const entries = Object.entries(value).map(([name, each]) => [name, resolved(each)] as const);
  return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
}

function call(name: string, argument: unknown): unknown {
  switch (name) {
    case "Ref":
      return argument === "AWS::NoValue" ? undefined : unknownString;
    case "Fn::Sub": {
      const text: unknown = Array.isArray(argument) ? argument[0] : argument;
      return typeof text === "string" ? text.replace(/\$\{(!?)([^}]*)\}/g, substituted) : unknownString;
    }
    case "Fn::Join": {
      const [by, parts] = Array.isArray(argument) ? (argument as unknown[]) : [];
      return typeof by === "string" && Array.isArray(parts) ? parts.map(textOf).join(by) : unknownString;
    }
    default:
      return unknownString;
  }
}

function textOf(part: unknown): string {
  const value = resolved(part);
  return typeof value === "string" || typeof value === "number" ? String(value) : unknownString;
}

function substituted(_: string, literal: string, name: string): string {
  return literal === "!" ? `\${${name}}` : unknownString;
}
