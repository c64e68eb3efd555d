import { shareOfInternet } from "../network/internet";
import { type Limits } from "../network/openings";
import { opensPort, readSources } from "../network/rule";
import { subtract } from "../network/ranges";
import { entries, isUnknown, type Located, property, word } from "../values";
import { type Finding } from "./types";

/** One type of resource that is no firewall, but decides what one may open. */
export interface NetworkSwitch {
  readonly type: string;
  readonly findings: (inputs: Located, limits: Limits) => Finding[];
}

const blockPath = "blockPublicSecurityGroupRules";

function emr(inputs: Located, { ports }: Limits): Finding[] {
  const block = property(inputs, blockPath);
  const fix = `set ${blockPath} to true and permit no admin port.`;
  const common = { path: block.path, fix } as const;
  if (isUnknown(block.value)) {
    const witness = "this input is known only during the update.";
    return [
      {
        ...common,
        certainty: "unknown",
        level: "advisory",
        message: "Cannot tell yet whether EMR clusters may be public.",
        witness,
      },
    ];
  }
  if (word(block.value) === "false") {
    const witness = `${blockPath} is false for this Region.`;
    return [
      {
        ...common,
        certainty: "violation",
        message: "Lets EMR clusters start with ports open to the internet.",
        witness,
      },
    ];
  }
  return entries(property(inputs, "permittedPublicSecurityGroupRuleRanges")).flatMap((range) =>
    permitted(range, ports, fix),
  );
}

function permitted(range: Located, ports: readonly number[], fix: string): Finding[] {
  const [from, to] = ["minRange", "maxRange"].map((name) => property(range, name)) as [Located, Located];
  const protocol = { value: "tcp", path: range.path };
  const rule = {
    path: range.path,
    protocol,
    fromPort: from,
    toPort: to.value === undefined ? from : to,
    cidrs: [],
    prefixLists: [],
  };
  const states = isUnknown(range.value) ? ["unknown"] : ports.map((port) => opensPort(rule, port));
  const open = ports.filter((_, index) => states[index] === "yes");
  const certainty = open.length > 0 ? "violation" : "unknown";
  const message =
    open.length > 0
      ? `Permits EMR clusters to open port ${open.join(" and ")} to the internet.`
      : "Cannot tell yet whether EMR clusters may open an admin port to the internet.";
  const witness =
    open.length > 0 ? "this range takes the port out of the block." : "this range is known only during the update.";
  const finding: Finding = { certainty, level: "advisory", message, path: range.path, witness, fix };
  return states.some((state) => state !== "no") ? [finding] : [];
}

// The Kubernetes API asks for credentials and is no admin port of a machine: reported, not refused.
function eksEndpoint(vpc: Located, limits: Limits): Finding[] {
  const enabled = property(vpc, "endpointPublicAccess");
  const cidrs = property(vpc, "publicAccessCidrs");
  const closed = word(enabled.value) === "false";
  // The whole of it unknown, or an outpost without it: nothing can be said that helps.
  if (closed || isUnknown(vpc.value) || isUnknown(enabled.value) || vpc.value === undefined) {
    return [];
  }
  const absent = entries(cidrs).length === 0;
  const rule = {
    path: cidrs.path,
    protocol: cidrs,
    fromPort: cidrs,
    toPort: cidrs,
    prefixLists: [],
    cidrs: entries(cidrs),
  };
  const { ranges } = readSources(rule);
  const open = absent || shareOfInternet(subtract(ranges, limits.allowed)) >= limits.internetShare;
  const unknown = [cidrs, ...entries(cidrs)].find(({ value }) => isUnknown(value));
  if (!open && unknown !== undefined) {
    return [
      {
        certainty: "unknown",
        level: "advisory",
        message: "Cannot tell yet whether the Kubernetes API of this cluster can be reached from the internet.",
        path: unknown.path,
        witness: "this input is known only during the update; it is decided then.",
        fix: "nothing, if it names the networks that need it.",
      },
    ];
  }
  const finding: Finding = {
    certainty: "violation",
    level: "advisory",
    message: "The Kubernetes API of this cluster can be reached from the internet.",
    path: cidrs.path,
    witness: absent ? "publicAccessCidrs is not set, and its default is 0.0.0.0/0." : "publicAccessCidrs covers it.",
    fix: "list the networks that need it in publicAccessCidrs, or set endpointPublicAccess to false.",
  };
  return open ? [finding] : [];
}

/** Settings that open admin ports, or the way to them, without a rule of their own. */
export const networkSwitches: readonly NetworkSwitch[] = [
  { type: "aws:emr/blockPublicAccessConfiguration:BlockPublicAccessConfiguration", findings: emr },
  { type: "aws:eks/cluster:Cluster", findings: (inputs, limits) => eksEndpoint(property(inputs, "vpcConfig"), limits) },
  {
    type: "aws-native:eks:Cluster",
    findings: (inputs, limits) => eksEndpoint(property(inputs, "resourcesVpcConfig"), limits),
  },
];
