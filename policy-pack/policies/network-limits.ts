import { type PolicyConfigSchema } from "@pulumi/policy";
import { parseCidr } from "../network/cidr";
import { type Limits } from "../network/openings";
import { exceptionsSchema } from "./exceptions";
import { type PolicyConfig } from "./types";

const defaultPorts = [22, 3389];

// About two and a half /8 networks: more than any one organisation holds, far less than half of the internet.
const defaultShare = 0.01;

/** The settings of the policies on open ports. */
export const limitsSchema: PolicyConfigSchema = {
  properties: {
    ports: {
      type: "array",
      items: { type: "integer", minimum: 0, maximum: 65535 },
      default: defaultPorts,
      description: "TCP ports that must not be open, e.g. also 23 (Telnet), 5985 and 5986 (WinRM).",
    },
    internetShare: {
      type: "number",
      exclusiveMinimum: 0,
      maximum: 1,
      default: defaultShare,
      description: "Share of the public IPv4 or IPv6 internet from which on a port counts as open; 0.01 is 1 %.",
    },
    allowedCidrs: {
      type: "array",
      items: { type: "string" },
      default: [],
      description: "CIDR blocks that do not count, e.g. those of your own offices.",
    },
    allowedPrefixLists: {
      type: "array",
      items: { type: "string" },
      default: [],
      description: "Prefix list ids (Lightsail: CIDR list aliases) that were looked into and are accepted.",
    },
    exceptions: exceptionsSchema,
  },
};

/** The limits a configuration sets. Callers check it against the schema; whatever comes without switches nothing off. */
export function limitsOf(config: PolicyConfig): Limits {
  const list = (key: string): unknown[] | undefined =>
    Array.isArray(config[key]) ? (config[key] as unknown[]) : undefined;
  const share = config["internetShare"];
  const ports = list("ports")?.map(Number).filter(Number.isInteger) ?? defaultPorts;
  return {
    ports: [...new Set(ports)],
    internetShare: typeof share === "number" && share > 0 ? Math.min(share, 1) : defaultShare,
    allowed: (list("allowedCidrs") ?? []).flatMap((cidr) => parseCidr(String(cidr)) ?? []),
    allowedPrefixLists: (list("allowedPrefixLists") ?? []).map(String),
  };
}

/** `Port 22 is`, `Ports 22 and 3389 are`. */
export function portsOf(ports: readonly number[]): string {
  return ports.length === 1 ? `Port ${ports[0]} is` : `Ports ${ports.slice(0, -1).join(", ")} and ${ports.at(-1)} are`;
}

export function percent(share: number): string {
  return `${share === 1 ? 100 : Number((share * 100).toPrecision(2))} %`;
}
