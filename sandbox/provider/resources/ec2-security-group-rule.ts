import type { IpPermission } from "@aws-sdk/client-ec2";
import type { SecurityGroupEgressRuleArgs } from "@pulumi/aws/vpc/securityGroupEgressRule";
import type { SecurityGroupIngressRuleArgs } from "@pulumi/aws/vpc/securityGroupIngressRule";
import type { Unwrap } from "@pulumi/pulumi";
import { unlessGone } from "../../../aws/errors";
import { defineResource, type ResourceHandler } from "../resource-handler";
import { retagById } from "./ec2-tags";
import { tagList, tagMap } from "./tags";

type Args = SecurityGroupIngressRuleArgs & SecurityGroupEgressRuleArgs;
type Inputs = Unwrap<Args>;

const FIXED = [
  "region", "securityGroupId", "ipProtocol", "fromPort", "toPort", "cidrIpv4", "cidrIpv6", "prefixListId",
  "referencedSecurityGroupId", "description",
] as const; // prettier-ignore

export const securityGroupIngressRule = ruleResource(false);
export const securityGroupEgressRule = ruleResource(true);

/** The two differ in nothing but their calls. */
function ruleResource(isEgress: boolean): ResourceHandler {
  const side = isEgress ? "Egress" : "Ingress";
  return defineResource<Args>({
    type: `aws:vpc/securityGroup${side}Rule:SecurityGroup${side}Rule`,
    properties: [...FIXED, "tags"],
    required: ["securityGroupId", "ipProtocol"],
    // EC2 can change a rule in place, moto cannot.
    replaceOn: FIXED,

    async create({ clients, region }, inputs) {
      const ec2 = clients.ec2(region);
      const rule = {
        GroupId: inputs.securityGroupId,
        IpPermissions: [permission(inputs)],
        TagSpecifications: inputs.tags && [
          { ResourceType: "security-group-rule" as const, Tags: tagList(inputs.tags) },
        ],
      };
      const { SecurityGroupRules } = await (isEgress
        ? ec2.authorizeSecurityGroupEgress(rule)
        : ec2.authorizeSecurityGroupIngress(rule));
      return SecurityGroupRules?.[0]?.SecurityGroupRuleId ?? "";
    },

    async read({ clients, region }, id) {
      const lookUp = clients.ec2(region).describeSecurityGroupRules({ SecurityGroupRuleIds: [id] });
      const found = await unlessGone(lookUp, "InvalidSecurityGroupRuleId.NotFound");
      const rule = found?.SecurityGroupRules?.find(({ IsEgress }) => IsEgress === isEgress);
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
      await retagById(clients.ec2(region), id, olds.tags, news.tags);
    },

    async delete({ clients, region }, id, known) {
      const ec2 = clients.ec2(region);
      const rule = { GroupId: known.securityGroupId, SecurityGroupRuleIds: [id] };
      await unlessGone<unknown>(
        isEgress ? ec2.revokeSecurityGroupEgress(rule) : ec2.revokeSecurityGroupIngress(rule),
        "InvalidSecurityGroupRuleId.NotFound",
        "InvalidGroup.NotFound",
        "InvalidPermission.NotFound",
      );
    },
  });
}

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
