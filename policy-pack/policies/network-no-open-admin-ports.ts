import { formatRange, parseCidr } from "../network/cidr";
import { securityGroups } from "../network/ingress";
import { networkAcls } from "../network/network-acls";
import { findOpenings, type Limits, type Opening } from "../network/openings";
import { services } from "../network/services";
import { root } from "./evaluate";
import { exceptionsSchema } from "./exceptions";
import { networkSwitches } from "./network-switches";
import { type Finding, type Policy, type PolicyConfig } from "./types";

const defaultPorts = [22, 3389];

// About two and a half /8 networks: more than any one organisation holds, far less than half of the internet.
const defaultShare = 0.01;

const ingress = [...securityGroups, ...networkAcls, ...services];

/** Refuses SSH and RDP, or other admin ports, open to the internet. */
export const networkNoOpenAdminPorts: Policy = {
  id: "network-no-open-admin-ports",
  title: "No admin ports open to the internet",
  description: "SSH (22), RDP (3389) and other configured admin ports must not be reachable from the internet.",
  level: "mandatory",
  severity: "high",
  frameworks: [
    {
      name: "CIS AWS Foundations Benchmark",
      version: "7.0.0",
      reference: "6.3",
      specification: "Ensure no security groups allow ingress from 0.0.0.0/0 to remote server administration ports.",
    },
    {
      name: "AWS Security Hub",
      version: "1.0.0",
      reference: "EC2.13",
      specification: "Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 22.",
    },
    {
      name: "AWS Security Hub",
      version: "1.0.0",
      reference: "EC2.14",
      specification: "Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 3389.",
    },
  ],
  remediationSteps:
    "Remove the rule and connect through AWS Systems Manager Session Manager or EC2 Instance Connect Endpoint, which " +
    "need no open port; or limit the rule to the networks you connect from.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-13",
  configSchema: {
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
  },
  resourceTypes: [...ingress, ...networkSwitches].map(({ type }) => type),
  evaluate: (resource, config) => {
    const limits = limitsOf(config);
    const inputs = root(resource);
    const source = ingress.find(({ type }) => type === resource.type);
    const openings = findOpenings(source?.rules(inputs) ?? [], limits).map((opening) => describe(opening, limits));
    const found = source?.level === undefined ? openings : openings.map((each) => ({ ...each, level: source.level }));
    const other = networkSwitches.find(({ type }) => type === resource.type);
    return [...found, ...(other?.findings(inputs, limits) ?? [])];
  },
};

// Callers check the configuration against the schema; whatever comes without that switches nothing off.
function limitsOf(config: PolicyConfig): Limits {
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

function describe(opening: Opening, limits: Limits): Finding {
  switch (opening.kind) {
    case "open":
      return {
        certainty: "violation",
        message: `${portsOf(opening.ports)} open to the internet.`,
        path: listed(opening.paths),
        witness: `${listed(opening.ranges.map(formatRange))} may connect: ${percent(opening.share)} of all public addresses.`,
        fix: "use Session Manager or EC2 Instance Connect, or name the networks you connect from.",
      };
    case "unknown":
      return {
        certainty: "unknown",
        level: "advisory",
        message: `Cannot tell yet whether ${portsOf(opening.ports).toLowerCase()} open to the internet.`,
        path: listed(opening.inputs),
        witness: "this input is known only during the update; it is decided then, before the rule is created.",
        fix: `nothing, if it covers less than ${percent(limits.internetShare)} of the internet.`,
      };
    case "prefix-list":
      return {
        certainty: "violation",
        level: "advisory",
        message: `${portsOf(opening.ports)} open to a prefix list that nobody has looked into.`,
        path: listed(opening.paths),
        witness: "what a prefix list holds is not part of the program.",
        fix: "look into it, then add its id to allowedPrefixLists of this policy.",
      };
    case "invalid":
      return {
        certainty: "violation",
        level: "advisory",
        message: "Not a CIDR block; AWS will refuse it, and nothing is known about what it was to open.",
        path: listed(opening.paths),
        witness: "it cannot be read as an IPv4 or IPv6 address with a prefix length.",
        fix: "write it like 203.0.113.0/24 or 2001:db8::/32.",
      };
  }
}

function portsOf(ports: readonly number[]): string {
  return ports.length === 1 ? `Port ${ports[0]} is` : `Ports ${ports.slice(0, -1).join(", ")} and ${ports.at(-1)} are`;
}

function listed(parts: readonly string[]): string {
  const distinct = [...new Set(parts)];
  return `${distinct.slice(0, 3).join(", ")}${distinct.length > 3 ? ` and ${distinct.length - 3} more` : ""}`;
}

function percent(share: number): string {
  return `${share === 1 ? 100 : Number((share * 100).toPrecision(2))} %`;
}
