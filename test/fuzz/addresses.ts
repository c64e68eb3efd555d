import assert from "node:assert/strict";
import fc from "fast-check";
import { results } from "../unit/policy-pack/decide";
import { type FuzzProperty } from "./property";

const type = "aws:ec2/securityGroup:SecurityGroup";
const blocksOf16 = 65536;
// IANA IPv4 Special-Purpose Address Registry, by hand: first block of 16 bits, number of blocks.
const special: [number, number][] = [
  [0, 256],
  [10 * 256, 256],
  [100 * 256 + 64, 64],
  [127 * 256, 256],
  [169 * 256 + 254, 1],
  [172 * 256 + 16, 16],
  [192 * 256 + 168, 1],
  [198 * 256 + 18, 2],
  [224 * 256, 32 * 256],
];
// Those of 256 addresses within a block that is otherwise public.
const partly: [number, number][] = [
  [192 * 256, 512],
  [198 * 256 + 51, 256],
  [203 * 256, 256],
];

/** How many public addresses each block of 65,536 has. */
const weights = new Float64Array(blocksOf16).fill(65536);
for (const [from, count] of special) weights.fill(0, from, from + count);
for (const [block, less] of partly) weights[block]! -= less;
const total = weights.reduce((sum, each) => sum + each, 0);

interface Rule {
  protocol: string;
  fromPort: number;
  toPort: number;
  /** First address in units of 65,536, and length of the prefix. */
  cidrs: [number, number][];
}

const cidr = fc.tuple(
  fc.integer({ min: 0, max: blocksOf16 - 1 }),
  fc.constantFrom(0, 1, 2, 3, 4, 6, 7, 8, 8, 9, 10, 12, 16),
);
const rule: fc.Arbitrary<Rule> = fc.record({
  protocol: fc.constantFrom("tcp", "6", "-1", "udp", "icmp", "TCP", "all"),
  fromPort: fc.constantFrom(0, 20, 22, 23, 443, 3389),
  toPort: fc.constantFrom(22, 443, 3388, 3389, 65535),
  cidrs: fc.array(cidr, { maxLength: 4 }),
});

function opens({ protocol, fromPort, toPort }: Rule, port: number): boolean {
  if (["-1", "all"].includes(protocol)) return true;
  return ["tcp", "6", "TCP"].includes(protocol) && fromPort <= port && port <= toPort;
}

/** The share of the public addresses from which a port can be reached, block by block. */
function share(rules: readonly Rule[], port: number): number {
  const open = new Uint8Array(blocksOf16);
  for (const [block, length] of rules.filter((each) => opens(each, port)).flatMap(({ cidrs }) => cidrs)) {
    const count = 2 ** (16 - length);
    const from = Math.floor(block / count) * count;
    open.fill(1, from, from + count);
  }
  return weights.reduce((sum, each, at) => sum + (open[at] === 1 ? each : 0), 0) / total;
}

const text = ([block, length]: [number, number]): string => `${block >> 8}.${block & 255}.7.7/${length}`;

function openExactlyWhenCounted([rules, internetShare]: [Rule[], number]): void {
  const sane = rules.filter(({ fromPort, toPort }) => fromPort <= toPort);
  const ingress = sane.map(({ cidrs, ...each }) => ({ ...each, cidrBlocks: cidrs.map(text) }));
  const found = results(type, { ingress }, { "network-no-open-admin-ports": { internetShare } });
  const expected = [22, 3389].some((port) => share(sane, port) >= internetShare);
  assert.equal(
    found.some(({ policyId, level }) => policyId === "network-no-open-admin-ports" && level === "mandatory"),
    expected,
  );
}

/** Random rules of a security group. */
export const addressProperties: readonly FuzzProperty[] = [
  {
    name: "rules are refused exactly when they open the share of the internet that counting comes to",
    runs: 300,
    property: fc.property(
      fc.tuple(fc.array(rule, { maxLength: 5 }), fc.constantFrom(0.01, 0.05, 0.25, 0.5, 0.9)),
      openExactlyWhenCounted,
    ),
  },
];
