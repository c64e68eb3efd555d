import { formatRange } from "../network/cidr";
import { shareOfInternet } from "../network/internet";
import { findOpenings, type Limits, type Opening } from "../network/openings";
import { prefixListTypes, readPrefixLists } from "../network/prefix-lists";
import { subtract } from "../network/ranges";
import { opensPort, readSources } from "../network/rule";
import { type Part, readWalls, together, wallTypes } from "../network/walls";
import { limitsOf, limitsSchema, percent, portsOf } from "./network-limits";
import { networkNoOpenAdminPorts } from "./network-no-open-admin-ports";
import { type StackFinding, type StackPolicy } from "./types";
import { listed } from "./wording";

/** Refuses admin ports that are open to the internet only by several resources together. */
export const networkNoOpenAdminPortsCombined: StackPolicy = {
  id: "network-no-open-admin-ports-combined",
  title: "No admin ports open by several rules together",
  description:
    "Rules of one security group or network ACL that are resources of their own, and prefix lists of the same stack, " +
    "must not together open SSH (22), RDP (3389) or other configured admin ports to the internet.",
  level: "mandatory",
  severity: "high",
  frameworks: networkNoOpenAdminPorts.frameworks,
  remediationSteps: networkNoOpenAdminPorts.remediationSteps,
  url: networkNoOpenAdminPorts.url,
  configSchema: limitsSchema,
  resourceTypes: [...wallTypes, ...prefixListTypes],
  evaluateStack: (resources, config) => {
    const limits = limitsOf(config);
    return readWalls(resources, readPrefixLists(resources)).flatMap((parts) => ofWall(parts, limits));
  },
};

type Told = Extract<Opening, { kind: "open" | "unknown" }>;

function ofWall(parts: readonly Part[], limits: Limits): StackFinding[] {
  if (parts.length === 1 && parts[0]?.hasPrefixLists !== true) {
    return [];
  }
  const told = findOpenings(together(parts), limits).filter(
    (opening): opening is Told => opening.kind === "open" || opening.kind === "unknown",
  );
  const said = new Set(told.length === 0 ? [] : parts.flatMap((part) => openAlone(part, parts, limits)));
  return told
    .map((opening) => ({ ...opening, ports: opening.ports.filter((port) => !said.has(port)) }))
    .flatMap((opening) => {
      const sources = parts.filter((part) => opening.ports.some((port) => letsIn(part, port, limits)));
      return sources.length === 0 ? [] : describe(opening, parts, sources, limits);
    });
}

/** Ports that one part opens by itself: the policy on single resources has said so. */
function openAlone(part: Part, parts: readonly Part[], limits: Limits): number[] {
  // The outputs of a group list the rules of its other parts too; those are not its own.
  const others = part.input === undefined ? parts.filter((each) => each !== part).flatMap(({ alone }) => alone) : [];
  const own = part.alone.map((rule) => ({ ...rule, deniedBy: [...(rule.deniedBy ?? []), ...others] }));
  return findOpenings(own, limits).flatMap((opening) => (opening.kind === "open" ? opening.ports : []));
}

/** Whether a part lets in anybody on the internet for certain. */
function letsIn({ rules, acl }: Part, port: number, { allowed }: Limits): boolean {
  return [...rules, ...acl.map(({ rule }) => rule)].some(
    (rule) => opensPort(rule, port) !== "no" && shareOfInternet(subtract(readSources(rule).ranges, allowed)) > 0,
  );
}

function describe(opening: Told, parts: readonly Part[], sources: readonly Part[], limits: Limits): StackFinding[] {
  const whole = parts.find(({ input }) => input === undefined) ?? sources[0]!;
  const kind = whole.kind === "group" ? "security group" : "network ACL";
  const common = { urn: urnOf(parts, whole), ...(whole.kind === "acl" && { level: "advisory" as const }) };
  const fix = `remove from this ${kind} what lets the internet in, or name the networks you connect from.`;
  // One part with the prefix lists it names needs no others.
  const enough = sources.some(({ rules }) => findOpenings(rules, limits).some(({ kind }) => kind === "open"));
  const unsure = enough ? [] : parts.filter((part) => part.unsure);
  if (opening.kind === "open" && unsure.length === 0) {
    return [
      {
        ...common,
        certainty: "violation",
        message: `${portsOf(opening.ports)} open to the internet by several resources together.`,
        path: listed(opening.paths),
        witness: `${listed(opening.ranges.map(formatRange))} may connect: ${percent(opening.share)} of all public addresses.`,
        fix,
      },
    ];
  }
  // What is unknown for certain was named where it stands; here it matters that it adds to what is known.
  const inputs = opening.kind === "open" ? unsure.map(nameOfInput) : opening.inputs;
  return [
    {
      ...common,
      certainty: "unknown",
      level: "advisory",
      message: `Cannot tell yet whether ${portsOf(opening.ports).toLowerCase()} open to the internet by several resources together.`,
      path: listed(inputs),
      witness: "this input is known only during the update; it is decided at its end, when the rules are made.",
      fix: `nothing, if all rules of one ${kind} cover less than ${percent(limits.internetShare)} of the internet.`,
    },
  ];
}

function nameOfInput({ resource, input }: Part): string {
  return `${resource.name}: ${input}`;
}

// The group, if it is of this stack, even where an exception leaves its own rules out.
function urnOf(parts: readonly Part[], whole: Part): string {
  const named = parts.flatMap(({ keys }) => keys).find((key) => key.startsWith("urn:"));
  return whole.input === undefined ? whole.resource.urn : (named ?? whole.resource.urn);
}
