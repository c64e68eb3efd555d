import type { SecurityGroupArgs } from "@pulumi/aws/ec2/securityGroup";
import { unlessGone } from "../../../aws/errors";
import { defineResource } from "../resource-handler";
import { putRules, readGroup } from "./ec2-security-group-rules";
import { retagById } from "./ec2-tags";
import { tagList } from "./tags";

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

  async complete(context, id, { ingress, egress = [] }) {
    // @pulumi/aws takes AWS's "all out" off a new group unless it is asked for.
    await putRules(context, id, { ingress, egress });
  },

  read: readGroup,

  async update(context, id, news, olds) {
    await putRules(context, id, news);
    await retagById(context.clients.ec2(context.region), id, olds.tags, news.tags);
  },

  async delete({ clients, region }, id) {
    await unlessGone(clients.ec2(region).deleteSecurityGroup({ GroupId: id }), "InvalidGroup.NotFound");
  },
});
