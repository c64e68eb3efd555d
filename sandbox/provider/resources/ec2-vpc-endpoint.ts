import type { ModifyVpcEndpointRequest, VpcEndpoint, VpcEndpointType } from "@aws-sdk/client-ec2";
import type { VpcEndpointArgs } from "@pulumi/aws/ec2/vpcEndpoint";
import type { Unwrap } from "@pulumi/pulumi";
import { unlessGone } from "../../../aws/errors";
import { isSame } from "../../../common/compare-inputs";
import { type Context, defineResource } from "../resource-handler";
import { type Props, withoutBlanks } from "../../../common/properties";
import { retagById } from "./ec2-tags";
import { tagList, tagMap } from "./tags";

type Inputs = Unwrap<VpcEndpointArgs>;

const UNTOLD = "the emulator does not keep it";

export const vpcEndpoint = defineResource<VpcEndpointArgs>({
  type: "aws:ec2/vpcEndpoint:VpcEndpoint",
  properties: [
    "region", "vpcId", "serviceName", "vpcEndpointType", "policy", "privateDnsEnabled", "routeTableIds",
    "securityGroupIds", "subnetIds", "tags",
  ], // prettier-ignore
  required: ["vpcId", "serviceName"],
  defaults: { vpcEndpointType: "Gateway" },
  replaceOn: ["region", "vpcId", "serviceName", "serviceRegion", "vpcEndpointType", "privateDnsEnabled"],
  steering: ["autoAccept"],
  recordedOnly: { dnsOptions: UNTOLD, ipAddressType: UNTOLD, serviceRegion: UNTOLD, subnetConfigurations: UNTOLD },

  async create({ clients, region }, inputs) {
    const { VpcEndpoint } = await clients.ec2(region).createVpcEndpoint({
      VpcId: inputs.vpcId,
      ServiceName: inputs.serviceName,
      VpcEndpointType: inputs.vpcEndpointType as VpcEndpointType | undefined,
      PolicyDocument: inputs.policy,
      // EC2 switches it on when it is left out, @pulumi/aws does not.
      PrivateDnsEnabled: inputs.privateDnsEnabled ?? false,
      RouteTableIds: inputs.routeTableIds,
      SecurityGroupIds: inputs.securityGroupIds,
      SubnetIds: inputs.subnetIds,
      TagSpecifications: inputs.tags && [{ ResourceType: "vpc-endpoint", Tags: tagList(inputs.tags) }],
    });
    return VpcEndpoint?.VpcEndpointId ?? "";
  },

  async read(context, id) {
    const found = await find(context, id);
    return found && { ...shown(context.region, id, found), ...(await prefixList(context, found)) };
  },

  async update(context, id, news, olds) {
    const ec2 = context.clients.ec2(context.region);
    const before = await find(context, id);
    if (before !== undefined) {
      const change = changesOf(shown(context.region, id, before), news);
      if (Object.keys(change).length > 0) {
        await ec2.modifyVpcEndpoint({ VpcEndpointId: id, ...change });
      }
    }
    await retagById(ec2, id, olds.tags, news.tags);
  },

  async delete({ clients, region }, id) {
    const removal = clients.ec2(region).deleteVpcEndpoints({ VpcEndpointIds: [id] });
    const { Unsuccessful: [failure] = [] } = (await unlessGone(removal, GONE)) ?? {};
    if (failure?.Error !== undefined && failure.Error.Code !== GONE) {
      throw new Error(failure.Error.Message);
    }
  },
});

const GONE = "InvalidVpcEndpointId.NotFound";

/** EC2 goes on telling of a deleted endpoint for a while. */
async function find({ clients, region }: Context, id: string): Promise<VpcEndpoint | undefined> {
  const found = await unlessGone(clients.ec2(region).describeVpcEndpoints({ VpcEndpointIds: [id] }), GONE);
  return found?.VpcEndpoints?.find(({ State }) => State?.toLowerCase() !== "deleted");
}

function shown(region: string, id: string, found: VpcEndpoint): Partial<Inputs> & Props {
  return {
    region,
    arn: `arn:aws:ec2:${region}:${found.OwnerId}:vpc-endpoint/${id}`,
    ownerId: found.OwnerId,
    state: found.State,
    requesterManaged: found.RequesterManaged ?? false,
    vpcId: found.VpcId,
    serviceName: found.ServiceName,
    vpcEndpointType: found.VpcEndpointType,
    policy: found.PolicyDocument,
    privateDnsEnabled: found.PrivateDnsEnabled,
    routeTableIds: found.RouteTableIds ?? [],
    securityGroupIds: (found.Groups ?? []).map(({ GroupId = "" }) => GroupId),
    subnetIds: found.SubnetIds ?? [],
    networkInterfaceIds: found.NetworkInterfaceIds ?? [],
    dnsEntries: (found.DnsEntries ?? []).map(({ DnsName, HostedZoneId }) => ({
      dnsName: DnsName,
      hostedZoneId: HostedZoneId,
    })),
    tags: tagMap(found.Tags),
  };
}

/** The addresses behind a gateway endpoint, which routes and rules may name. */
async function prefixList({ clients, region }: Context, { ServiceName = "" }: VpcEndpoint): Promise<Props> {
  const { PrefixLists: [list] = [] } = await clients.ec2(region).describePrefixLists({
    Filters: [{ Name: "prefix-list-name", Values: [ServiceName] }],
  });
  return { prefixListId: list?.PrefixListId, cidrBlocks: list?.Cidrs ?? [] };
}

/** What the program leaves out is EC2's to choose, and stays as it is. */
function changesOf(before: Partial<Inputs>, news: Inputs): Partial<ModifyVpcEndpointRequest> {
  const { policy, privateDnsEnabled } = news;
  return withoutBlanks({
    PolicyDocument: isSame(before.policy, policy) ? undefined : policy,
    PrivateDnsEnabled: before.privateDnsEnabled === privateDnsEnabled ? undefined : privateDnsEnabled,
    AddRouteTableIds: beyond(before.routeTableIds, news.routeTableIds),
    RemoveRouteTableIds: news.routeTableIds && beyond(news.routeTableIds, before.routeTableIds),
    AddSecurityGroupIds: beyond(before.securityGroupIds, news.securityGroupIds),
    RemoveSecurityGroupIds: news.securityGroupIds && beyond(news.securityGroupIds, before.securityGroupIds),
    AddSubnetIds: beyond(before.subnetIds, news.subnetIds),
    RemoveSubnetIds: news.subnetIds && beyond(news.subnetIds, before.subnetIds),
  });
}

function beyond(known: readonly string[] = [], wanted: readonly string[] = []): string[] | undefined {
  const more = wanted.filter((each) => !known.includes(each));
  return more.length > 0 ? more : undefined;
}
