import { formatRange } from "../network/cidr";
import { securityGroups } from "../network/ingress";
import { networkAcls } from "../network/network-acls";
import { findOpenings, type Limits, type Opening } from "../network/openings";
import { services } from "../network/services";
import { root } from "./evaluate";
import { limitsOf, limitsSchema, percent, portsOf } from "./network-limits";
import { networkSwitches } from "./network-switches";
import { type Finding, type Policy } from "./types";
import { listed } from "./wording";

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
  configSchema: limitsSchema,
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
