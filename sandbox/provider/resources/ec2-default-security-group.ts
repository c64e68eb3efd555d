import type { DefaultSecurityGroupArgs } from "@pulumi/aws/ec2/defaultSecurityGroup";
import { defineResource } from "../resource-handler";
import { putRules, readGroup } from "./ec2-security-group-rules";
import { retagById } from "./ec2-tags";
import { tagMap } from "./tags";

/** Nothing is made here: the group that came with the VPC is taken over, and left behind as it is. */
export const defaultSecurityGroup = defineResource<DefaultSecurityGroupArgs>({
  type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  properties: ["region", "vpcId", "ingress", "egress", "tags"],
  replaceOn: ["region", "vpcId"],
  steering: ["revokeRulesOnDelete"],

  async create({ clients, region }, { vpcId, tags }) {
    const ec2 = clients.ec2(region);
    const vpc = vpcId ?? (await ec2.describeVpcs({ Filters: [IS_DEFAULT] })).Vpcs?.[0]?.VpcId ?? "";
    const { SecurityGroups } = await ec2.describeSecurityGroups({
      Filters: [
        { Name: "group-name", Values: ["default"] },
        { Name: "vpc-id", Values: [vpc] },
      ],
    });
    const [group] = SecurityGroups ?? [];
    if (group?.GroupId === undefined) {
      throw new Error(`${region} has no default security group${vpcId === undefined ? "" : ` in ${vpcId}`}`);
    }
    await retagById(ec2, group.GroupId, tagMap(group.Tags), tags);
    return group.GroupId;
  },

  async complete(context, id, { ingress = [], egress = [] }) {
    await putRules(context, id, { ingress, egress });
  },

  read: readGroup,

  async update(context, id, news, olds) {
    await putRules(context, id, news);
    await retagById(context.clients.ec2(context.region), id, olds.tags, news.tags);
  },

  delete: () => Promise.resolve(),
});

const IS_DEFAULT = { Name: "is-default", Values: ["true"] };
