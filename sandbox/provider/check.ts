import { randomBytes } from "node:crypto";
import type { CheckFailure, CheckResult } from "@pulumi/pulumi/provider";
import { asSecret, hasSecret, unknownValue } from "../../common/pulumi-values";
import type { ResourceHandler } from "./resource-handler";
import { containsUnknown, type Props, unwrap, withoutBlanks } from "../../common/properties";

/** Fills in what @pulumi/aws fills in, and refuses what AWS would refuse at once. */
export function checkInputs(
  handler: ResourceHandler,
  { name, olds, news, defaultRegion }: { name: string; olds: Props; news: Props; defaultRegion: string },
): CheckResult {
  const inputs: Props = { ...handler.defaults, ...withoutBlanks(news) };
  if (handler.properties.includes("region")) {
    inputs["region"] ??= unwrap(olds["region"]) ?? defaultRegion;
  }
  for (const property of DOCUMENTS) {
    inputs[property] = documentOf(inputs[property]);
  }
  const { nameProperty } = handler;
  if (nameProperty !== undefined) {
    inputs[nameProperty] ??= unwrap(olds[nameProperty]) ?? autoname(handler, name, inputs);
  }
  const failures = (handler.required ?? [])
    .filter((property) => inputs[property] === undefined)
    .map((property): CheckFailure => ({ property, reason: `${handler.type} needs ${property}` }));
  return { inputs: withoutBlanks(inputs), failures };
}

/** @pulumi/aws takes these as text and as objects, and makes text of them. */
const DOCUMENTS = ["policy", "assumeRolePolicy"];

function documentOf(value: unknown): unknown {
  const plain = unwrap(value);
  if (typeof plain !== "object" || plain === null) {
    return value;
  }
  const text = containsUnknown(plain) ? unknownValue : JSON.stringify(plain);
  return hasSecret(value) ? asSecret(text) : text;
}

/** @pulumi/aws: the resource's name and seven hexadecimal digits; bucket names are in lower case. */
function autoname({ nameProperty }: ResourceHandler, name: string, inputs: Props): string {
  const prefix = unwrap(inputs[`${nameProperty}Prefix`]);
  const start = typeof prefix === "string" ? prefix : `${name}-`;
  const full = `${start}${randomBytes(4).toString("hex").slice(0, 7)}`;
  return nameProperty === "bucket" ? full.toLowerCase() : full;
}

export function unknownType(type: string): CheckResult {
  return {
    failures: [
      {
        property: "",
        reason: `The sandbox cannot provision ${type} yet; those it knows are listed in sandbox/provider/resources/index.ts.`,
      },
    ],
  };
}
