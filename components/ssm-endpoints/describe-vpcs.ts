import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BaselineError, ExitCode } from "../../common/errors";
import { type EndpointVpc } from "../foundation/settings/model";
import { knowsPatchManager } from "./aws-owned-buckets";
import { checkVpcs, oneSubnetPerZone, type SubnetInZone, type VpcFacts } from "./vpc-facts";

/**
 * Asks AWS, at preview as well as at update, about the VPCs that get endpoints: one subnet per availability zone and all
 * route tables, unless the settings name some.
 *
 * @throws BaselineError `vpc-unreadable` when a VPC, or a subnet named for it, is not there or may not be read
 * @throws BaselineError `vpc-not-ready` when endpoints could not be put into a VPC; see `checkVpcs`
 */
export async function describeVpcs(vpcs: EndpointVpc[]): Promise<VpcFacts[]> {
  const facts = await Promise.all(vpcs.map(describe));
  checkVpcs(facts);
  for (const region of new Set(vpcs.map((vpc) => vpc.region).filter((each) => !knowsPatchManager(each)))) {
    await pulumi.log.warn(
      `ssmEndpoints.vpcs: it is not known in which buckets Patch Manager keeps its files in ${region}. ` +
        "The S3 endpoint there may refuse them, so that patching fails. Sessions and commands are not affected.",
    );
  }
  return facts;
}

async function describe({ region, vpcId, subnetIds, routeTableIds }: EndpointVpc): Promise<VpcFacts> {
  try {
    const [vpc, subnets, tables] = await Promise.all([
      aws.ec2.getVpc({ region, id: vpcId }),
      subnetIds.length > 0 ? zonesOf(region, vpcId, subnetIds) : subnetsOf(region, vpcId),
      routeTableIds.length > 0 ? routeTableIds : aws.ec2.getRouteTables({ region, vpcId }).then(({ ids }) => ids),
    ]);
    const ranges = vpc.cidrBlockAssociations.filter(({ state }) => state === "associated");
    return {
      region,
      vpcId,
      // The first range is in the list of associations too, which comes in no order.
      cidrBlocks: [...new Set([vpc.cidrBlock, ...ranges.map(({ cidrBlock }) => cidrBlock).sort()])].filter(Boolean),
      enableDnsSupport: vpc.enableDnsSupport,
      enableDnsHostnames: vpc.enableDnsHostnames,
      subnetIds: subnets.map(({ id }) => id),
      zones: subnets.map(({ zone }) => zone),
      routeTableIds: [...tables].sort(),
    };
  } catch (error) {
    throw new BaselineError(
      "vpc-unreadable",
      `ssmEndpoints.vpcs: ${vpcId} in ${region} could not be read: ${error instanceof Error ? error.message : String(error)}`,
      "Check its region, its id and those of its subnets, and that these credentials may call ec2:Describe*.",
      ExitCode.badInput,
      { cause: error },
    );
  }
}

async function subnetsOf(region: string, vpcId: string): Promise<SubnetInZone[]> {
  const { ids } = await aws.ec2.getSubnets({ region, filters: [{ name: "vpc-id", values: [vpcId] }] });
  return oneSubnetPerZone(await zonesOf(region, vpcId, ids));
}

function zonesOf(region: string, vpcId: string, ids: string[]): Promise<SubnetInZone[]> {
  return Promise.all(
    ids.map(async (id) => ({ id, zone: (await aws.ec2.getSubnet({ region, id, vpcId })).availabilityZone })),
  );
}
