import type { IpPermission } from "@aws-sdk/client-ec2";

/** A rule inside a SecurityGroup of @pulumi/aws. */
export interface Rule {
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly description?: string;
  readonly cidrBlocks?: string[];
  readonly ipv6CidrBlocks?: string[];
  readonly prefixListIds?: string[];
  readonly securityGroups?: string[];
  readonly self?: boolean;
}

export function toPermission(rule: Rule, ownGroup: string): IpPermission {
  const { protocol, description: Description } = rule;
  const groups = [...(rule.securityGroups ?? []), ...(rule.self ? [ownGroup] : [])];
  const everything = protocol === "-1" || protocol === "all";
  return {
    IpProtocol: everything ? "-1" : protocol,
    FromPort: everything ? undefined : rule.fromPort,
    ToPort: everything ? undefined : rule.toPort,
    IpRanges: rule.cidrBlocks?.map((CidrIp) => ({ CidrIp, Description })),
    Ipv6Ranges: rule.ipv6CidrBlocks?.map((CidrIpv6) => ({ CidrIpv6, Description })),
    PrefixListIds: rule.prefixListIds?.map((PrefixListId) => ({ PrefixListId, Description })),
    UserIdGroupPairs: groups.map((GroupId) => ({ GroupId, Description })),
  };
}

/** EC2 keeps one entry per protocol and ports; a program has one rule per description besides. */
export function fromPermissions(permissions: readonly IpPermission[] | undefined, ownGroup: string): Rule[] {
  return (permissions ?? []).flatMap((permission) => {
    const members = [
      ...(permission.IpRanges ?? []),
      ...(permission.Ipv6Ranges ?? []),
      ...(permission.PrefixListIds ?? []),
      ...(permission.UserIdGroupPairs ?? []),
    ];
    const descriptions = [...new Set(members.map(({ Description }) => Description))];
    return descriptions.map((description) => ruleOf(permission, ownGroup, description));
  });
}

function ruleOf(permission: IpPermission, ownGroup: string, description: string | undefined): Rule {
  const described = <T extends { Description?: string }>(members: T[] | undefined) =>
    (members ?? []).filter(({ Description }) => Description === description);
  const groups = described(permission.UserIdGroupPairs).map(({ GroupId = "" }) => GroupId);
  return {
    protocol: permission.IpProtocol ?? "-1",
    fromPort: permission.FromPort ?? 0,
    toPort: permission.ToPort ?? 0,
    description,
    cidrBlocks: described(permission.IpRanges).map(({ CidrIp = "" }) => CidrIp),
    ipv6CidrBlocks: described(permission.Ipv6Ranges).map(({ CidrIpv6 = "" }) => CidrIpv6),
    prefixListIds: described(permission.PrefixListIds).map(({ PrefixListId = "" }) => PrefixListId),
    securityGroups: groups.filter((group) => group !== ownGroup),
    self: groups.includes(ownGroup),
  };
}
