import assert from "node:assert/strict";
import { evaluateResource, evaluateStack, type PackConfig, type StackResource } from "../../../policy-pack/policies";
import { unknownString as unknown } from "../../../policy-pack/values";
import { type Outcome } from "./decide";

const id = "network-no-open-admin-ports-combined";
const types = {
  group: "aws:ec2/securityGroup:SecurityGroup",
  defaultGroup: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  classicRule: "aws:ec2/securityGroupRule:SecurityGroupRule",
  rule: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  list: "aws:ec2/managedPrefixList:ManagedPrefixList",
  listEntry: "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry",
  acl: "aws:ec2/networkAcl:NetworkAcl",
  aclRule: "aws:ec2/networkAclRule:NetworkAclRule",
  nativeGroup: "aws-native:ec2:SecurityGroup",
  nativeRule: "aws-native:ec2:SecurityGroupIngress",
  nativeList: "aws-native:ec2:PrefixList",
};

const resource = (
  kind: keyof typeof types,
  name: string,
  props: Record<string, unknown>,
  on: Record<string, StackResource[]> = {},
): StackResource => {
  const type = types[kind];
  const propertyDependencies = Object.fromEntries(Object.entries(on).map(([key, of]) => [key, of.map((r) => r.urn)]));
  return { type, name, urn: `urn:pulumi:dev::shop::${type}::${name}`, props, propertyDependencies };
};

const ssh = { fromPort: 22, toPort: 22 };
const group = resource("group", "group", {});
const other = resource("group", "other", {});
const vpc = { ...resource("group", "vpc", {}), urn: "urn:pulumi:dev::shop::aws:ec2/vpc:Vpc::vpc" };
const list = resource("list", "list", {});

/** A rule of a group that is made in the same update. */
const rule = (name: string, cidrIpv4: unknown, of = group, more = {}) =>
  resource(
    "rule",
    name,
    { securityGroupId: unknown, ipProtocol: "tcp", ...ssh, cidrIpv4, ...more },
    { securityGroupId: [of] },
  );
/** A rule of a group that exists. */
const known = (name: string, cidrIpv4: unknown, securityGroupId = "sg-1") =>
  resource("rule", name, { securityGroupId, ipProtocol: "tcp", ...ssh, cidrIpv4 });
const eights = [12, 13, 14].map((first) => `${first}.0.0.0/8`);
const inline = (...cidrBlocks: unknown[]) => [{ protocol: "tcp", ...ssh, cidrBlocks }];
const nacl = (name: string, ruleNumber: number, cidrBlock: string, ruleAction = "allow") =>
  resource("aclRule", name, { networkAclId: "acl-1", ruleNumber, ruleAction, protocol: "tcp", ...ssh, cidrBlock });

const cases: [name: string, expected: Outcome, resources: StackResource[], config?: object][] = [
  ["three /8 in three rules of one group", "block", [group, ...eights.map((cidr, i) => rule(`r${i}`, cidr))]],
  ["two /8 are less than 1 %", "pass", [group, ...eights.slice(1).map((cidr, i) => rule(`r${i}`, cidr))]],
  ["three /8 in three groups", "pass", [rule("a", eights[0]), rule("b", eights[1], other), rule("c", eights[2], list)]],
  ["three /8, the group exists", "block", eights.map((cidr, i) => known(`r${i}`, cidr))],
  ["three /8, groups exist", "pass", eights.map((cidr, i) => known(`r${i}`, cidr, `sg-${i}`))],
  ["n06 two halves: each was refused by itself", "pass", [rule("a", "0.0.0.0/1"), rule("b", "128.0.0.0/1")]],
  [
    "n06 two halves, where a half is accepted",
    "block",
    [rule("a", "0.0.0.0/1"), rule("b", "128.0.0.0/1")],
    { internetShare: 0.9 },
  ],
  [
    "another port",
    "pass",
    eights.map((cidr, i) => rule(`r${i}`, cidr, group, i === 0 ? { fromPort: 23, toPort: 23 } : {})),
  ],
  [
    "overlapping ranges of ports",
    "block",
    eights.map((cidr, i) => rule(`r${i}`, cidr, group, { fromPort: 20 + i, toPort: 80 })),
  ],
  [
    "inline and separate",
    "block",
    [resource("group", "group", { ingress: inline(eights[0], eights[1]) }), rule("r", eights[2])],
  ],
  [
    "by id, once it is known",
    "block",
    [resource("group", "group", { id: "sg-1", ingress: inline(eights[0], eights[1]) }), known("r", eights[2])],
  ],
  [
    "some rules by id, others by what they depend on",
    "block",
    [rule("a", eights[0]), known("b", eights[1]), known("c", eights[2]), resource("group", "group", { id: "sg-1" })],
  ],
  [
    "outputs of the group repeat its separate rules",
    "block",
    [
      resource("group", "group", { id: "sg-1", ingress: inline(...eights) }),
      ...eights.map((cidr, i) => known(`r${i}`, cidr)),
    ],
  ],
  [
    "the group alone is open: said already",
    "pass",
    [resource("group", "group", { ingress: inline("0.0.0.0/0") }), rule("r", eights[0])],
  ],
  [
    "SecurityGroupRule, DefaultSecurityGroup",
    "block",
    [
      resource("defaultGroup", "d", { id: "sg-1", ingress: inline(eights[0]) }),
      resource("classicRule", "r", {
        type: "ingress",
        protocol: "-1",
        securityGroupId: "sg-1",
        cidrBlocks: eights.slice(1),
      }),
    ],
  ],
  [
    "the way out does not count",
    "pass",
    [
      resource("defaultGroup", "d", { id: "sg-1", ingress: inline(eights[0]) }),
      resource("classicRule", "r", {
        type: "egress",
        protocol: "-1",
        securityGroupId: "sg-1",
        cidrBlocks: eights.slice(1),
      }),
    ],
  ],
  [
    "aws-native",
    "block",
    [
      resource("nativeGroup", "g", {
        groupId: "sg-1",
        securityGroupIngress: [{ ipProtocol: "-1", cidrIp: eights[0] }],
      }),
      ...eights.map((cidrIp, i) =>
        resource("nativeRule", `r${i}`, { groupId: "sg-1", ipProtocol: "6", ...ssh, cidrIp }),
      ),
    ],
  ],
  ["an unknown block may add to a known one", "unknown", [rule("a", eights[0]), rule("b", unknown)]],
  ["unknown blocks only: each was named", "pass", [rule("a", unknown), rule("b", unknown)]],
  ["an unknown block changes nothing", "block", [...eights.map((cidr, i) => rule(`r${i}`, cidr)), rule("u", unknown)]],
  ["perhaps one group: the same output of the VPC", "unknown", eights.map((cidr, i) => rule(`r${i}`, cidr, vpc))],
  ["allowed blocks", "pass", eights.map((cidr, i) => rule(`r${i}`, cidr)), { allowedCidrs: eights.slice(1) }],
  ["other ports", "pass", eights.map((cidr, i) => rule(`r${i}`, cidr)), { ports: [5986] }],

  [
    "a prefix list of the stack that is the internet",
    "block",
    [
      resource("list", "list", { entries: [{ cidr: "0.0.0.0/1" }, { cidr: "128.0.0.0/1" }] }),
      resource("rule", "r", { ipProtocol: "tcp", ...ssh, prefixListId: unknown }, { prefixListId: [list] }),
    ],
  ],
  [
    "a prefix list of offices",
    "pass",
    [
      resource("list", "list", { entries: [{ cidr: "198.51.100.0/24" }] }),
      resource("rule", "r", { ipProtocol: "tcp", ...ssh, prefixListId: unknown }, { prefixListId: [list] }),
    ],
  ],
  [
    "a prefix list with entries of their own, by id",
    "block",
    [
      resource("list", "list", { id: "pl-1", entries: [] }),
      resource("listEntry", "e", { prefixListId: "pl-1", cidr: "0.0.0.0/0" }),
      resource("group", "group", { ingress: [{ protocol: "tcp", ...ssh, prefixListIds: ["pl-0", "pl-1"] }] }),
    ],
  ],
  [
    "two lists in one rule",
    "block",
    [
      resource("list", "list", { entries: eights.slice(1).map((cidr) => ({ cidr })) }),
      resource("list", "more", { entries: [{ cidr: eights[0] }] }),
      resource(
        "classicRule",
        "r",
        { type: "ingress", protocol: "tcp", ...ssh, prefixListIds: [unknown, unknown] },
        { prefixListIds: [list, resource("list", "more", {})] },
      ),
    ],
  ],
  [
    "an entry that is unknown, beside one that is known",
    "unknown",
    [
      resource("nativeList", "list", { prefixListId: "pl-1", entries: [{ cidr: unknown }, { cidr: eights[0] }] }),
      resource("nativeRule", "r", { groupId: "sg-1", ipProtocol: "tcp", ...ssh, sourcePrefixListId: "pl-1" }),
    ],
  ],
  [
    "a prefix list of somebody else: said already",
    "pass",
    [
      resource("list", "list", { id: "pl-1", entries: [{ cidr: "0.0.0.0/0" }] }),
      resource("rule", "r", { ipProtocol: "tcp", ...ssh, prefixListId: "pl-2" }),
    ],
  ],

  ["NACL rules together", "warn", eights.map((cidr, i) => nacl(`r${i}`, 100 + i, cidr))],
  [
    "NACL rules, denied before",
    "pass",
    [nacl("deny", 99, "12.0.0.0/7", "deny"), ...eights.map((cidr, i) => nacl(`r${i}`, 100 + i, cidr))],
  ],
  [
    "NACL rules, denied too late",
    "warn",
    [nacl("deny", 200, "0.0.0.0/0", "deny"), ...eights.map((cidr, i) => nacl(`r${i}`, 100 + i, cidr))],
  ],
  [
    "NACL, inline and separate",
    "warn",
    [
      resource("acl", "acl", {
        id: "acl-1",
        ingress: eights
          .slice(1)
          .map((cidrBlock, i) => ({ protocol: "tcp", ...ssh, ruleNo: i + 1, action: "allow", cidrBlock })),
      }),
      nacl("r", 100, eights[0]!),
    ],
  ],
  ["nothing at all", "pass", [resource("group", "group", {}), resource("rule", "r", {}), resource("aclRule", "a", {})]],
];

const decide = (resources: StackResource[], config: object = {}) =>
  evaluateStack(resources, { [id]: config } as PackConfig);

describe(id, () => {
  for (const [name, expected, resources, config] of cases) {
    it(`${expected}: ${name}`, () => {
      for (const order of [resources, [...resources].reverse()]) {
        const found = decide(order, config);
        const worst = found.some(({ level }) => level === "mandatory")
          ? "block"
          : found.some(({ certainty }) => certainty === "violation")
            ? "warn"
            : found.length > 0
              ? "unknown"
              : "pass";
        assert.equal(worst, expected, JSON.stringify(found));
        assert.ok(found.every(({ message }) => message.split("\n").length <= 5 && !message.includes("internal error")));
      }
    });
  }

  it("says what the policy on single resources cannot, and only that", () => {
    for (const each of eights.map((cidr, i) => rule(`r${i}`, cidr))) assert.deepEqual(evaluateResource(each), []);
  });

  it("names the group, the rules and the addresses", () => {
    const [found, ...more] = decide([group, ...eights.map((cidr, i) => rule(`r${i}`, cidr))]);
    assert.deepEqual([found?.urn, found?.severity, more.length], [group.urn, "high", 0]);
    assert.match(
      found?.message ?? "",
      /^Port 22 is open to the internet by several resources together\.\nWhere: r0, r1, r2\n/,
    );
    assert.match(found?.message ?? "", /Why: 12\.0\.0\.0-14\.255\.255\.255 may connect: 1\.\d+ % of all public/);
  });

  it("names the input that is unknown", () => {
    assert.match(decide([rule("a", eights[0]), rule("b", unknown)])[0]?.message ?? "", /Where: b: cidrIpv4/);
    assert.match(decide(eights.map((cidr, i) => rule(`r${i}`, cidr, vpc)))[0]?.message ?? "", /r0: securityGroupId/);
  });

  it("exceptions: of the group, of a rule that then counts for nothing, expired", () => {
    const resources = [group, ...eights.map((cidr, i) => rule(`r${i}`, cidr))];
    const except = (name: string, expires: string) => ({ exceptions: [{ resource: name, reason: "tender", expires }] });
    assert.deepEqual(decide(resources, except("group", "2999-12-31")), []);
    assert.deepEqual(decide(resources, except("r1", "2999-12-31")), []);
    const [expired] = decide(resources, except("group", "2020-01-31"));
    assert.match(expired?.message ?? "", /expired on 2020-01-31/);
    assert.equal(decide([...resources, rule("more", "16.0.0.0/8")], except("r1", "2999-12-31")).length, 1);
  });

  it("levels", () => {
    const resources = eights.map((cidr, i) => rule(`r${i}`, cidr));
    assert.equal(decide(resources, { enforcementLevel: "advisory" })[0]?.level, "advisory");
    assert.deepEqual(decide(resources, { enforcementLevel: "disabled" }), []);
  });

  it("is linear enough: 5,000 rules of 1,000 groups", () => {
    const many = Array.from({ length: 5000 }, (_, i) => known(`r${i}`, `12.${i % 250}.0.0/16`, `sg-${i % 1000}`));
    const started = process.cpuUsage().user;
    assert.deepEqual(decide(many), []);
    assert.ok(process.cpuUsage().user - started < 2_000_000);
  });
});
