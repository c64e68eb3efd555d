import assert from "node:assert/strict";
import { type Outcome, outcome } from "./decide";

interface Simple {
  protocol: unknown;
  fromPort?: unknown;
  toPort?: unknown;
  v4?: string[];
  v6?: string[];
  lists?: string[];
  self?: boolean;
}

const tcp = (from: unknown, to: unknown, ...v4: string[]): Simple => ({
  protocol: "tcp",
  fromPort: from,
  toPort: to,
  v4,
});
const open = "0.0.0.0/0";
const eights = (count: number): string[] => Array.from({ length: count }, (_, index) => `${index + 11}.0.0.0/8`);

const cases: [name: string, expected: Outcome, rules: Simple[]][] = [
  // reference/policy-pack.md 6c
  ["s01 ssh", "block", [tcp(22, 22, open)]],
  ["s02 rdp", "block", [tcp(3389, 3389, open)]],
  ["s03 ssh over IPv6", "block", [{ ...tcp(22, 22), v6: ["::/0"] }]],
  ["s04 IPv6 spelt out", "block", [{ ...tcp(22, 22), v6: ["0:0:0:0:0:0:0:0/0"] }]],
  ["s06 every protocol", "block", [{ protocol: "-1", fromPort: 0, toPort: 0, v4: [open] }]],
  ["s08 every protocol, ports -1", "block", [{ protocol: "-1", fromPort: -1, toPort: -1, v4: [open] }]],
  ["s10 range", "block", [tcp(0, 65535, open)]],
  ["s12 protocol by number", "block", [{ ...tcp(22, 22, open), protocol: "6" }]],
  ["s14 halves", "block", [tcp(22, 22, "0.0.0.0/1", "128.0.0.0/1")]],
  ["s16 one half", "block", [tcp(22, 22, "128.0.0.0/1")]],
  ["s18 udp", "pass", [{ ...tcp(22, 22, open), protocol: "udp" }]],
  ["s20 icmp", "pass", [{ protocol: "icmp", fromPort: 0, toPort: 0, v4: [open] }]],
  ["s22 icmp, every type", "pass", [{ protocol: "icmp", fromPort: -1, toPort: -1, v4: [open] }]],
  ["s24 private", "pass", [tcp(22, 22, "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")]],
  ["s26 self and open", "block", [{ ...tcp(22, 22, open), self: true }]],
  ["s28 prefix list", "warn", [{ ...tcp(22, 22), lists: ["pl-1"] }]],
  ["s30 self first, then open", "block", [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }, tcp(22, 22, open)]],
  ["s32 GRE", "pass", [{ protocol: "47", fromPort: 0, toPort: 0, v4: [open] }]],
  ["s34 all global unicast IPv6", "block", [{ ...tcp(22, 22), v6: ["2000::/3"] }]],

  // 6d, those about the rule itself
  ["n28 ports as text", "block", [tcp("22", "22", open)]],
  ["n29 no ports, icmp", "pass", [{ protocol: "icmp", fromPort: null, v4: [open] }]],
  ["n30 not a CIDR block", "warn", [tcp(22, 22, "foo")]],
  ["n30 prefix too long", "warn", [tcp(22, 22, "0.0.0.0/33")]],
  ["n31 blanks", "block", [tcp(22, 22, " 0.0.0.0/0")]],
  ["n32 not the internet", "pass", [tcp(22, 22, "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8")]],
  ["n33 many /8", "block", [tcp(22, 22, ...eights(64))]],
  ["one /8", "pass", [tcp(22, 22, "17.0.0.0/8")]],

  ["port outside", "pass", [tcp(443, 443, open)]],
  ["range just below and above", "pass", [tcp(23, 3388, open), tcp(0, 21, open), tcp(3390, 65535, open)]],
  ["reversed range", "block", [tcp(30, 20, open)]],
  ["tcp in capitals", "block", [{ ...tcp(22, 22, open), protocol: "TCP" }]],
  ["protocol as a number", "block", [{ ...tcp(22, 22, open), protocol: 6 }]],
  ["tcp by number, with zeros", "block", [{ ...tcp(22, 22, open), protocol: "06" }]],
  ["tcp by number, with more zeros", "block", [{ ...tcp(22, 22, open), protocol: " 006 " }]],
  ["tcp in blanks", "block", [{ ...tcp(22, 22, open), protocol: " tcp " }]],
  ["every protocol, with a zero", "block", [{ protocol: "-01", v4: [open] }]],
  ["udp by number, with a zero", "pass", [{ ...tcp(22, 22, open), protocol: "017" }]],
  ["every protocol as a number", "block", [{ protocol: -1, v4: [open] }]],
  ["a protocol nobody knows", "block", [{ ...tcp(22, 22, open), protocol: "tpc" }]],
  ["no protocol", "block", [{ protocol: undefined, fromPort: 22, toPort: 22, v4: [open] }]],
  ["tcp without ports", "block", [{ protocol: "tcp", v4: [open] }]],
  ["udp beside tcp", "block", [{ ...tcp(22, 22, open), protocol: "udp" }, tcp(22, 22, open)]],
  ["halves in two rules", "block", [tcp(22, 22, "0.0.0.0/1"), tcp(20, 30, "128.0.0.0/1")]],
  ["halves on two ports, each enough", "block", [tcp(22, 22, "0.0.0.0/1"), tcp(3389, 3389, "128.0.0.0/1")]],
  ["host bits in the address", "block", [tcp(22, 22, "10.1.2.3/0")]],
  ["a quarter", "block", [tcp(22, 22, "64.0.0.0/2")]],
  ["IPv4 mapped into IPv6", "block", [{ ...tcp(22, 22), v6: ["::ffff:0:0/96"] }]],
  ["one registry's IPv6", "block", [{ ...tcp(22, 22), v6: ["2600::/12"] }]],
  ["one organisation's IPv6", "pass", [{ ...tcp(22, 22), v6: ["2a00:1450::/29"] }]],
  ["unique local IPv6", "pass", [{ ...tcp(22, 22), v6: ["fc00::/7", "fe80::/10"] }]],
  ["two blocks in one text", "block", [tcp(22, 22, "10.0.0.0/8, 0.0.0.0/0")]],
  ["open beside an invalid one", "block", [tcp(22, 22, "foo", open)]],
  ["an invalid one on another port", "pass", [tcp(443, 443, "foo")]],
  ["prefix list beside open", "block", [{ ...tcp(22, 22, open), lists: ["pl-1"] }]],
  ["nothing named", "pass", [tcp(22, 22)]],
];

type Form = (rules: Simple[]) => Record<string, unknown>[];

const classic = ({ v4, v6, lists, ...rule }: Simple) => ({
  ...rule,
  cidrBlocks: v4,
  ipv6CidrBlocks: v6,
  prefixListIds: lists,
});

const native = ({ protocol, fromPort, toPort, v4 = [], v6 = [], lists = [] }: Simple) => {
  const shape = { ipProtocol: protocol, fromPort, toPort };
  return [
    ...v4.map((cidrIp) => ({ ...shape, cidrIp })),
    ...v6.map((cidrIpv6) => ({ ...shape, cidrIpv6 })),
    ...lists.map((sourcePrefixListId) => ({ ...shape, sourcePrefixListId })),
  ];
};

/** Each form gives one or more resources; several when it holds one source each. */
const forms: Record<string, Form> = {
  "aws:ec2/securityGroup:SecurityGroup": (rules) => [{ ingress: rules.map(classic) }],
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": (rules) => [{ ingress: rules.map(classic) }],
  "aws:ec2/securityGroupRule:SecurityGroupRule": (rules) =>
    rules.map((rule) => ({ type: "ingress", ...classic(rule) })),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": (rules) =>
    rules.flatMap(({ protocol, fromPort, toPort, v4 = [], v6 = [], lists = [] }) => {
      const shape = { ipProtocol: protocol, fromPort, toPort };
      return [
        ...v4.map((cidrIpv4) => ({ ...shape, cidrIpv4 })),
        ...v6.map((cidrIpv6) => ({ ...shape, cidrIpv6 })),
        ...lists.map((prefixListId) => ({ ...shape, prefixListId })),
      ];
    }),
  "aws-native:ec2:SecurityGroup": (rules) => [{ securityGroupIngress: rules.flatMap(native) }],
  "aws-native:ec2:SecurityGroupIngress": (rules) => rules.flatMap(native),
};

const severity: Outcome[] = ["pass", "unknown", "warn", "block"];
const worst = (outcomes: Outcome[]): Outcome =>
  severity[Math.max(0, ...outcomes.map((each) => severity.indexOf(each)))]!;

// What only becomes open when several resources are seen together needs a policy on the stack.
const together = /halves in two rules|n33/;

describe("network-no-open-admin-ports: security groups", () => {
  for (const [type, form] of Object.entries(forms)) {
    describe(type, () => {
      for (const [name, expected, rules] of cases) {
        const resources = form(rules);
        if (resources.length > 1 && together.test(name)) continue;
        it(`${expected}: ${name}`, () => {
          assert.equal(worst(resources.map((props) => outcome(type, props))), expected);
        });
      }
    });
  }

  it("n03-n05: other groups as the source, and the way out, are no opening", () => {
    const group = { ipProtocol: "tcp", fromPort: 22, toPort: 22, referencedSecurityGroupId: "sg-1" };
    assert.equal(outcome("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", group), "pass");
    const egress = { type: "egress", ...classic(tcp(22, 22, open)) };
    assert.equal(outcome("aws:ec2/securityGroupRule:SecurityGroupRule", egress), "pass");
    const out = { ipProtocol: "-1", cidrIpv4: open };
    assert.equal(outcome("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", out), "pass");
    assert.equal(outcome("aws:ec2/securityGroup:SecurityGroup", { egress: [classic(tcp(0, 65535, open))] }), "pass");
  });
});

describe("network-no-open-admin-ports: configuration", () => {
  const type = "aws:ec2/securityGroup:SecurityGroup";
  const decide = (config: Record<string, unknown>, ...rules: Simple[]): Outcome =>
    outcome(type, { ingress: rules.map(classic) }, { "network-no-open-admin-ports": config });

  it("n34: more ports", () => {
    assert.equal(decide({ ports: [22, 5985, 5986, 23] }, tcp(5986, 5986, open)), "block");
    assert.equal(decide({}, tcp(5986, 5986, open)), "pass");
    assert.equal(decide({ ports: [3389] }, tcp(22, 22, open)), "pass");
    assert.equal(decide({ ports: [0] }, tcp(0, 0, open)), "block");
  });

  it("the share of the internet that counts as open", () => {
    assert.equal(decide({ internetShare: 0.004 }, tcp(22, 22, "17.0.0.0/8")), "block");
    assert.equal(decide({ internetShare: 0.5 }, tcp(22, 22, "64.0.0.0/2")), "pass");
    assert.equal(decide({ internetShare: 1 }, tcp(22, 22, open)), "block");
    assert.equal(decide({ internetShare: 1 }, tcp(22, 22, "0.0.0.0/1", "128.0.0.0/1")), "block");
  });

  it("blocks and prefix lists that are accepted", () => {
    assert.equal(decide({ allowedCidrs: ["64.0.0.0/2"] }, tcp(22, 22, "64.0.0.0/2")), "pass");
    assert.equal(decide({ allowedCidrs: ["64.0.0.0/2"] }, tcp(22, 22, open)), "block");
    assert.equal(decide({ allowedPrefixLists: ["pl-1"] }, { ...tcp(22, 22), lists: ["pl-1"] }), "pass");
    assert.equal(decide({ allowedPrefixLists: ["pl-1"] }, { ...tcp(22, 22), lists: ["pl-2"] }), "warn");
  });

  it("levels", () => {
    assert.equal(outcome(type, { ingress: [classic(tcp(22, 22, open))] }, { all: "advisory" }), "warn");
    assert.equal(decide({ enforcementLevel: "disabled" }, tcp(22, 22, open)), "pass");
  });
});
