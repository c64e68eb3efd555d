import type { EC2 } from "@aws-sdk/client-ec2";
import { unlessGone } from "../../../aws/errors";
import { isSame } from "../../../common/compare-inputs";
import type { Context } from "../resource-handler";
import type { Props } from "../../../common/properties";
import { fromPermissions, type Rule, toPermission } from "./ec2-permissions";
import { tagMap } from "./tags";

/** A security group with its rules, as @pulumi/aws shows it. */
export async function readGroup({ clients, region }: Context, id: string): Promise<Props | undefined> {
  const lookUp = clients.ec2(region).describeSecurityGroups({ GroupIds: [id] });
  const group = (await unlessGone(lookUp, "InvalidGroup.NotFound"))?.SecurityGroups?.[0];
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
}

interface Rules {
  readonly ingress?: Rule[];
  readonly egress?: Rule[];
}

/** Rules given here are the only ones; a side that is left out stays as it is. */
export async function putRules({ clients, region }: Context, GroupId: string, rules: Rules): Promise<void> {
  const ec2 = clients.ec2(region);
  const { SecurityGroups } = await ec2.describeSecurityGroups({ GroupIds: [GroupId] });
  const group = SecurityGroups?.[0];
  const { ingress, egress } = rules;
  if (egress !== undefined && !isSame(egress, fromPermissions(group?.IpPermissionsEgress, GroupId))) {
    if (group?.IpPermissionsEgress?.length) {
      await ec2.revokeSecurityGroupEgress({ GroupId, SecurityGroupRuleIds: await ruleIds(ec2, GroupId, true) });
    }
    if (egress.length > 0) {
      const IpPermissions = egress.map((each) => toPermission(each, GroupId));
      await ec2.authorizeSecurityGroupEgress({ GroupId, IpPermissions });
    }
  }
  if (ingress !== undefined && !isSame(ingress, fromPermissions(group?.IpPermissions, GroupId))) {
    if (group?.IpPermissions?.length) {
      await ec2.revokeSecurityGroupIngress({ GroupId, SecurityGroupRuleIds: await ruleIds(ec2, GroupId, false) });
    }
    if (ingress.length > 0) {
      const IpPermissions = ingress.map((each) => toPermission(each, GroupId));
      await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions });
    }
  }
}

/** Rules are revoked by their ids: moto overlooks IPv6 ranges in a permission (`revoke_security_group_egress`). */
async function ruleIds(ec2: EC2, group: string, isEgress: boolean): Promise<string[]> {
  const { SecurityGroupRules: found = [] } = await ec2.describeSecurityGroupRules({
    Filters: [{ Name: "group-id", Values: [group] }],
  });
  return found
    .filter(({ IsEgress }) => IsEgress === isEgress)
    .map(({ SecurityGroupRuleId = "" }) => SecurityGroupRuleId);
}
