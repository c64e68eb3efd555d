import type { SecurityGroupArgs } from "@pulumi/aws/ec2/securityGroup";
import { unlessGone } from "../aws-errors";
import { isSame } from "../compare";
import { type Context, defineResource } from "../resource-handler";
import { fromPermissions, toPermission } from "./ec2-permissions";
import { retag, tagList, tagMap } from "./tags";

export const securityGroup = defineResource<SecurityGroupArgs>({
  type: "aws:ec2/securityGroup:SecurityGroup",
  properties: ["region", "name", "description", "vpcId", "ingress", "egress", "tags"],
  nameProperty: "name",
  defaults: { description: "Managed by Pulumi" },
  replaceOn: ["region", "name", "namePrefix", "description", "vpcId"],
  steering: ["namePrefix", "revokeRulesOnDelete"],

  async create({ clients, region }, inputs) {
    const { GroupId = "" } = await clients.ec2(region).createSecurityGroup({
      GroupName: inputs.name,
      Description: inputs.description,
      VpcId: inputs.vpcId,
      TagSpecifications: inputs.tags && [{ ResourceType: "security-group", Tags: tagList(inputs.tags) }],
    });
    return GroupId;
  },

  async complete(context, id, inputs) {
    await put(context, id, inputs, true);
  },

  async read({ clients, region }, id) {
    const found = await unlessGone(
      clients.ec2(region).describeSecurityGroups({ GroupIds: [id] }),
      "InvalidGroup.NotFound",
    );
    const group = found?.SecurityGroups?.[0];
    return (
      group && {
        region,
        arn: group.SecurityGroupArn ?? `arn:aws:ec2:${region}:${group.OwnerId}:security-group/${id}`,
        ownerId: group.OwnerId,
        name: group.GroupName,
        description: group.Description,
        vpcId: group.VpcId,
        ingress: fromPermissions(group.IpPermissions, id),
        egress: fromPermissions(group.IpPermissionsEgress, id),
        tags: tagMap(group.Tags),
      }
    );
  },

  async update(context, id, news, olds) {
    await put(context, id, news, false);
    const ec2 = context.clients.ec2(context.region);
    await retag(
      olds.tags,
      news.tags,
      (Tags) => ec2.createTags({ Resources: [id], Tags }),
      (keys) => ec2.deleteTags({ Resources: [id], Tags: keys.map((Key) => ({ Key })) }),
    );
  },

  async delete({ clients, region }, id) {
    await unlessGone(clients.ec2(region).deleteSecurityGroup({ GroupId: id }), "InvalidGroup.NotFound");
  },
});

interface Rules {
  readonly ingress?: Parameters<typeof toPermission>[0][];
  readonly egress?: Parameters<typeof toPermission>[0][];
}

/** Rules given here are the only ones. @pulumi/aws also takes AWS's "all out" off a new group unless it is asked for. */
async function put({ clients, region }: Context, GroupId: string, rules: Rules, isNew: boolean): Promise<void> {
  const ec2 = clients.ec2(region);
  const { SecurityGroups } = await ec2.describeSecurityGroups({ GroupIds: [GroupId] });
  const group = SecurityGroups?.[0];
  const { ingress, egress = isNew ? [] : undefined } = rules;
  // Rules are revoked by their ids: moto overlooks IPv6 ranges in a permission (`revoke_security_group_egress`).
  const ids = async (isEgress: boolean) => {
    const found = await ec2.describeSecurityGroupRules({ Filters: [{ Name: "group-id", Values: [GroupId] }] });
    const ofThatSide = found.SecurityGroupRules?.filter(({ IsEgress }) => IsEgress === isEgress) ?? [];
    return ofThatSide.map(({ SecurityGroupRuleId = "" }) => SecurityGroupRuleId);
  };
  if (egress !== undefined && !isSame(egress, fromPermissions(group?.IpPermissionsEgress, GroupId))) {
    if (group?.IpPermissionsEgress?.length) {
      await ec2.revokeSecurityGroupEgress({ GroupId, SecurityGroupRuleIds: await ids(true) });
    }
    if (egress.length > 0) {
      const IpPermissions = egress.map((each) => toPermission(each, GroupId));
      await ec2.authorizeSecurityGroupEgress({ GroupId, IpPermissions });
    }
  }
  if (ingress !== undefined && !isSame(ingress, fromPermissions(group?.IpPermissions, GroupId))) {
    if (group?.IpPermissions?.length) {
      await ec2.revokeSecurityGroupIngress({ GroupId, SecurityGroupRuleIds: await ids(false) });
    }
    if (ingress.length > 0) {
      const IpPermissions = ingress.map((each) => toPermission(each, GroupId));
      await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions });
    }
  }
}
