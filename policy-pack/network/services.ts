import { entries, isUnknown, type Located, property, word } from "../values";
import { type Ingress, ruleAt, rulesIn, unknownRule } from "./ingress";
import { type Rule } from "./rule";

const everywhere = (path: string): Located[] => ["0.0.0.0/0", "::/0"].map((value) => ({ value, path }));

// Without any of the three lists, Lightsail opens the port to every address.
function lightsailPort(entry: Located): Rule {
  const rule = ruleAt(entry, { cidrs: ["cidrs", "ipv6Cidrs"], prefixLists: ["cidrListAliases"] });
  const limited = rule.cidrs.length > 0 || rule.prefixLists.length > 0;
  return limited ? rule : { ...rule, cidrs: everywhere(entry.path) };
}

function lightsailNative(entry: Located): Rule {
  const outward = word(property(entry, "accessDirection").value) === "outbound";
  return outward ? { ...lightsailPort(entry), cidrs: [], prefixLists: [] } : lightsailPort(entry);
}

// aws_eks_node_group, remote_access: a key without source security groups opens 22 to the internet, 3389 on Windows.
function nodeGroup(inputs: Located, groupIds: string): Rule[] {
  const access = property(inputs, "remoteAccess");
  const key = isUnknown(access.value) ? access : property(access, "ec2SshKey");
  const groups = property(access, groupIds);
  const limited = entries(groups).length > 0 && !isUnknown(groups.value);
  if (key.value === undefined || key.value === "" || limited) {
    return [];
  }
  const { value: image } = property(inputs, "amiType");
  const windows = word(image).startsWith("windows");
  const port: Located = { value: windows ? 3389 : 22, path: access.path };
  // That a key is unknown says nothing about whether there is one; whether the groups are, does.
  const gate = isUnknown(access.value) ? access : groups;
  const protocol: Located = { value: "tcp", path: access.path };
  return [
    { path: access.path, protocol, fromPort: port, toPort: port, cidrs: everywhere(key.path), prefixLists: [], gate },
  ];
}

const gameServers =
  (list: string) =>
  (inputs: Located): Rule[] =>
    rulesIn(inputs, list, (entry) => ruleAt(entry, { cidrs: ["ipRange"] }));

/** Services that manage a firewall of their own. */
export const services: readonly Ingress[] = [
  {
    type: "aws:lightsail/instancePublicPorts:InstancePublicPorts",
    rules: (inputs) => rulesIn(inputs, "portInfos", lightsailPort),
  },
  { type: "aws:eks/nodeGroup:NodeGroup", rules: (inputs) => nodeGroup(inputs, "sourceSecurityGroupIds") },
  { type: "aws:gamelift/fleet:Fleet", rules: gameServers("ec2InboundPermissions") },
  {
    type: "aws-native:lightsail:Instance",
    rules: (inputs) => {
      const networking = property(inputs, "networking");
      return isUnknown(networking.value) ? [unknownRule(networking)] : rulesIn(networking, "ports", lightsailNative);
    },
  },
  { type: "aws-native:eks:Nodegroup", rules: (inputs) => nodeGroup(inputs, "sourceSecurityGroups") },
  { type: "aws-native:gamelift:Fleet", rules: gameServers("ec2InboundPermissions") },
  { type: "aws-native:gamelift:ContainerFleet", rules: gameServers("instanceInboundPermissions") },
];
