import assert from "node:assert/strict";
import { unknownString } from "../../../policy-pack/values";
import { type Outcome, outcome } from "./decide";

const nacl = "aws:ec2/networkAcl:NetworkAcl";
const lightsail = "aws:lightsail/instancePublicPorts:InstancePublicPorts";
const nodeGroup = "aws:eks/nodeGroup:NodeGroup";
const fleet = "aws:gamelift/fleet:Fleet";
const emr = "aws:emr/blockPublicAccessConfiguration:BlockPublicAccessConfiguration";
const cluster = "aws:eks/cluster:Cluster";

const entry = (
  ruleNo: number,
  action: string,
  protocol: string,
  fromPort: number,
  toPort: number,
  cidrBlock = "0.0.0.0/0",
) => ({
  ruleNo,
  action,
  protocol,
  fromPort,
  toPort,
  cidrBlock,
});
const ssh = { protocol: "tcp", fromPort: 22, toPort: 22 };
const unknown = unknownString;

const cases: [name: string, expected: Outcome, type: string, props: Record<string, unknown>][] = [
  ["n11 allows ssh", "warn", nacl, { ingress: [entry(100, "allow", "tcp", 22, 22)] }],
  [
    "n12 denies ssh first",
    "warn",
    nacl,
    { ingress: [entry(90, "deny", "tcp", 22, 22), entry(100, "allow", "-1", 0, 0)] },
  ],
  [
    "n12 denies ssh and rdp first",
    "pass",
    nacl,
    {
      ingress: [entry(90, "deny", "tcp", 22, 22), entry(91, "deny", "6", 3389, 3389), entry(100, "allow", "-1", 0, 0)],
    },
  ],
  ["denies too late", "warn", nacl, { ingress: [entry(100, "allow", "tcp", 22, 22), entry(110, "deny", "-1", 0, 0)] }],
  [
    "order by number, not place",
    "pass",
    nacl,
    { ingress: [entry(100, "allow", "tcp", 22, 22), entry(90, "deny", "-1", 0, 0)] },
  ],
  [
    "denies a half only",
    "warn",
    nacl,
    { ingress: [entry(90, "deny", "-1", 0, 0, "0.0.0.0/1"), entry(100, "allow", "-1", 0, 0)] },
  ],
  ["denies udp only", "warn", nacl, { ingress: [entry(90, "deny", "17", 22, 22), entry(100, "allow", "tcp", 22, 22)] }],
  ["n14 range from 0", "warn", nacl, { ingress: [entry(100, "allow", "tcp", 0, 65535)] }],
  [
    "n14 default NACL",
    "warn",
    "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
    { ingress: [entry(100, "allow", "-1", 0, 0)] },
  ],
  ["private", "pass", nacl, { ingress: [entry(100, "allow", "-1", 0, 0, "10.0.0.0/8")] }],
  [
    "rule resource",
    "warn",
    "aws:ec2/networkAclRule:NetworkAclRule",
    { ruleNumber: 1, ruleAction: "allow", protocol: "tcp", fromPort: 22, toPort: 22, ipv6CidrBlock: "::/0" },
  ],
  [
    "n13 rule resource, egress",
    "pass",
    "aws:ec2/networkAclRule:NetworkAclRule",
    { egress: true, ruleNumber: 1, ruleAction: "allow", protocol: "-1", cidrBlock: "0.0.0.0/0" },
  ],
  [
    "rule resource, deny",
    "pass",
    "aws:ec2/networkAclRule:NetworkAclRule",
    { ruleNumber: 1, ruleAction: "deny", protocol: "-1", cidrBlock: "0.0.0.0/0" },
  ],

  ["n15 no cidrs", "block", lightsail, { portInfos: [ssh] }],
  ["n15 empty cidrs", "block", lightsail, { portInfos: [{ ...ssh, cidrs: [] }] }],
  ["n16 office", "pass", lightsail, { portInfos: [{ ...ssh, cidrs: ["198.51.100.7/32"] }] }],
  ["n17 alias", "warn", lightsail, { portInfos: [{ ...ssh, cidrListAliases: ["lightsail-connect"] }] }],
  ["protocol all", "block", lightsail, { portInfos: [{ protocol: "all", fromPort: 0, toPort: 65535 }] }],
  ["https only", "pass", lightsail, { portInfos: [{ protocol: "tcp", fromPort: 443, toPort: 443 }] }],

  ["n18 key without groups", "block", nodeGroup, { remoteAccess: { ec2SshKey: "k" } }],
  ["n18 key with no groups", "block", nodeGroup, { remoteAccess: { ec2SshKey: "k", sourceSecurityGroupIds: [] } }],
  ["n18 unknown key", "block", nodeGroup, { remoteAccess: { ec2SshKey: unknown } }],
  ["n18 Windows", "block", nodeGroup, { amiType: "WINDOWS_CORE_2022_x86_64", remoteAccess: { ec2SshKey: "k" } }],
  ["n19 with groups", "pass", nodeGroup, { remoteAccess: { ec2SshKey: "k", sourceSecurityGroupIds: ["sg-1"] } }],
  [
    "n19 with an unknown group",
    "pass",
    nodeGroup,
    { remoteAccess: { ec2SshKey: "k", sourceSecurityGroupIds: [unknown] } },
  ],
  ["unknown groups", "unknown", nodeGroup, { remoteAccess: { ec2SshKey: "k", sourceSecurityGroupIds: unknown } }],
  ["no remote access", "pass", nodeGroup, {}],
  ["no key", "pass", nodeGroup, { remoteAccess: {} }],

  [
    "n20 rdp",
    "block",
    fleet,
    { ec2InboundPermissions: [{ protocol: "TCP", fromPort: 3389, toPort: 3389, ipRange: "0.0.0.0/0" }] },
  ],
  [
    "office",
    "pass",
    fleet,
    { ec2InboundPermissions: [{ protocol: "TCP", fromPort: 22, toPort: 22, ipRange: "198.51.100.0/24" }] },
  ],

  ["n21 endpoint, default", "warn", cluster, { vpcConfig: { subnetIds: ["s"] } }],
  ["n22 endpoint, limited", "pass", cluster, { vpcConfig: { publicAccessCidrs: ["198.51.100.0/24"] } }],
  ["endpoint, halves", "warn", cluster, { vpcConfig: { publicAccessCidrs: ["0.0.0.0/1", "128.0.0.0/1"] } }],
  ["endpoint, private", "pass", cluster, { vpcConfig: { endpointPublicAccess: false } }],

  ["n24 block off", "block", emr, { blockPublicSecurityGroupRules: false }],
  [
    "n25 permits ssh",
    "warn",
    emr,
    { blockPublicSecurityGroupRules: true, permittedPublicSecurityGroupRuleRanges: [{ minRange: 22, maxRange: 22 }] },
  ],
  [
    "permits https",
    "pass",
    emr,
    { blockPublicSecurityGroupRules: true, permittedPublicSecurityGroupRuleRanges: [{ minRange: 443, maxRange: 443 }] },
  ],
  ["block on", "pass", emr, { blockPublicSecurityGroupRules: true }],
  ["block unknown", "unknown", emr, { blockPublicSecurityGroupRules: unknown }],
];

describe("network-no-open-admin-ports: other resources", () => {
  for (const [name, expected, type, props] of cases) {
    it(`${expected}: ${type.replace(/.*:/, "")}: ${name}`, () => {
      assert.equal(outcome(type, props), expected);
    });
  }
});
