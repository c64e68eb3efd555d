import type { IpPermission } from "@aws-sdk/client-ec2";
import type { SecurityGroupIngressRuleArgs } from "@pulumi/aws/vpc/securityGroupIngressRule";
import type { Unwrap } from "@pulumi/pulumi";
import { unlessGone } from "../aws-errors";
import { defineResource } from "../resource-handler";
import { retag, tagList, tagMap } from "./tags";

type Inputs = Unwrap<SecurityGroupIngressRuleArgs>;

export const securityGroupIngressRule = defineResource<SecurityGroupIngressRuleArgs>({
  type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  properties: [
    "region", "securityGroupId", "ipProtocol", "fromPort", "toPort", "cidrIpv4", "cidrIpv6", "prefixListId",
    "referencedSecurityGroupId", "description", "tags",
  ], // prettier-ignore
  required: ["securityGroupId", "ipProtocol"],
  // EC2 can change a rule in place, moto cannot.
  replaceOn: [
    "region", "securityGroupId", "ipProtocol", "fromPort", "toPort", "cidrIpv4", "cidrIpv6", "prefixListId",
    "referencedSecurityGroupId", "description",
  ], // prettier-ignore

  async create({ clients, region }, inputs) {
    const { SecurityGroupRules } = await clients.ec2(region).authorizeSecurityGroupIngress({
      GroupId: inputs.securityGroupId,
      IpPermissions: [permission(inputs)],
      TagSpecifications: inputs.tags && [{ ResourceType: "security-group-rule", Tags: tagList(inputs.tags) }],
    });
    return SecurityGroupRules?.[0]?.SecurityGroupRuleId ?? "";
  },

  async read({ clients, region }, id) {
    const lookUp = clients.ec2(region).describeSecurityGroupRules({ SecurityGroupRuleIds: [id] });
    const found = await unlessGone(lookUp, "InvalidSecurityGroupRuleId.NotFound");
    const rule = found?.SecurityGroupRules?.[0];
    return (
      rule && {
        region,
        securityGroupRuleId: id,
        arn: rule.SecurityGroupRuleArn ?? `arn:aws:ec2:${region}:${rule.GroupOwnerId}:security-group-rule/${id}`,
        securityGroupId: rule.GroupId,
        ipProtocol: rule.IpProtocol,
        fromPort: rule.FromPort,
        toPort: rule.ToPort,
        cidrIpv4: rule.CidrIpv4,
        cidrIpv6: rule.CidrIpv6,
        prefixListId: rule.PrefixListId,
        referencedSecurityGroupId: rule.ReferencedGroupInfo?.GroupId,
        description: rule.Description,
        tags: tagMap(rule.Tags),
      }
    );
  },

  async update({ clients, region }, id, news, olds) {
    const ec2 = clients.ec2(region);
    await retag(
      olds.tags,
      news.tags,
      (Tags) => ec2.createTags({ Resources: [id], Tags }),
      (keys) => ec2.deleteTags({ Resources: [id], Tags: keys.map((Key) => ({ Key })) }),
    );
  },

  async delete({ clients, region }, id, known) {
    const GroupId = known.securityGroupId;
    const removal = clients.ec2(region).revokeSecurityGroupIngress({ GroupId, SecurityGroupRuleIds: [id] });
    await unlessGone(
      removal,
      "InvalidSecurityGroupRuleId.NotFound",
      "InvalidGroup.NotFound",
      "InvalidPermission.NotFound",
    );
  },
});

function permission(inputs: Inputs): IpPermission {
  const { cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId, description: Description } = inputs;
  return {
    IpProtocol: inputs.ipProtocol,
    FromPort: inputs.fromPort,
    ToPort: inputs.toPort,
    IpRanges: cidrIpv4 === undefined ? undefined : [{ CidrIp: cidrIpv4, Description }],
    Ipv6Ranges: cidrIpv6 === undefined ? undefined : [{ CidrIpv6: cidrIpv6, Description }],
    PrefixListIds: prefixListId === undefined ? undefined : [{ PrefixListId: prefixListId, Description }],
    UserIdGroupPairs:
      referencedSecurityGroupId === undefined ? undefined : [{ GroupId: referencedSecurityGroupId, Description }],
  };
}
