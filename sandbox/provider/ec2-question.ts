import type { Filter } from "@aws-sdk/client-ec2";
import { type Clients } from "./clients";
import { type Props } from "../../common/properties";

/** In which region is asked, and for what: `properties` are those that EC2 has a filter for. */
export function question(clients: Clients, inputs: Props, properties: Readonly<Record<string, string>> = {}) {
  const region = typeof inputs["region"] === "string" ? inputs["region"] : clients.defaultRegion;
  const given = (inputs["filters"] ?? []) as { name: string; values: string[] }[];
  const named = Object.entries(properties).filter(([property]) => inputs[property] !== undefined);
  const Filters: Filter[] = [
    ...given.map(({ name, values }) => ({ Name: name, Values: values })),
    ...named.map(([property, filter]) => ({ Name: filter, Values: [String(inputs[property])] })),
    ...Object.entries((inputs["tags"] ?? {}) as Record<string, string>).map(([key, value]) => ({
      Name: `tag:${key}`,
      Values: [value],
    })),
  ];
  return { ec2: clients.ec2(region), region, Filters: Filters.length > 0 ? Filters : undefined };
}

/** @pulumi/aws refuses to choose. */
export function only<T>(what: string, found: readonly T[] = []): T {
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new Error(`${first === undefined ? "no" : "multiple"} EC2 ${what} matched; use more specific arguments`);
  }
  return first;
}
