import { awsCommand } from "../../common/command";
import { BaselineError, ExitCode } from "../../common/errors";

/** What is true of a VPC before endpoints are put into it. */
export interface VpcFacts {
  region: string;
  vpcId: string;
  /** IPv4 address ranges, the first one first. */
  cidrBlocks: string[];
  /** The VPC's DNS server answers. */
  enableDnsSupport: boolean;
  /** Instances get DNS names; private DNS names of endpoints need it too. */
  enableDnsHostnames: boolean;
  /** Where the interface endpoints go. */
  subnetIds: string[];
  /** Availability zones of these subnets, in the same order. */
  zones: string[];
  /** Route tables that get a way to S3. */
  routeTableIds: string[];
}

export interface SubnetInZone {
  id: string;
  /** Such as `eu-west-1a`. */
  zone: string;
}

/**
 * One subnet of each availability zone, always the same: an interface endpoint takes no two of one zone. Local and
 * Wavelength zones (`us-east-1-bos-1a`) are left out, because they have no interface endpoints.
 *
 * @returns sorted by zone; within a zone the lowest id wins
 */
export function oneSubnetPerZone(subnets: SubnetInZone[]): SubnetInZone[] {
  const byZone = new Map<string, SubnetInZone>();
  for (const subnet of subnets) {
    const rival = byZone.get(subnet.zone);
    if (/^[a-z]+(-[a-z]+)+-\d+[a-z]$/.test(subnet.zone) && (rival === undefined || subnet.id < rival.id)) {
      byZone.set(subnet.zone, subnet);
    }
  }
  return [...byZone.values()].sort((a, b) => (a.zone < b.zone ? -1 : 1));
}

/**
 * Refuses VPCs in which endpoints could not be made or would be of no use.
 *
 * Source: AWS PrivateLink guide, "Access an AWS service using an interface VPC endpoint", prerequisites and DNS.
 *
 * @throws BaselineError `vpc-not-ready` with everything that is wrong with any of them, and how to mend it
 */
export function checkVpcs(vpcs: VpcFacts[]): void {
  const problems = vpcs.flatMap(problemsOf);
  if (problems.length > 0) {
    throw new BaselineError(
      "vpc-not-ready",
      `The endpoints of Systems Manager cannot be put into every VPC of ssmEndpoints.vpcs:\n  ${problems.join("\n  ")}`,
      "Mend this (in the order above), or take the VPC out of ssmEndpoints.vpcs.",
      ExitCode.badInput,
    );
  }
}

function problemsOf(vpc: VpcFacts): string[] {
  const { region, vpcId, subnetIds, zones } = vpc;
  const where = `${vpcId} in ${region}`;
  const switchOn = (attribute: string) =>
    awsCommand("ec2", "modify-vpc-attribute", { region, "vpc-id": vpcId, [attribute]: '{"Value":true}' });
  const shared = zones.flatMap((zone, index) => {
    const first = zones.indexOf(zone);
    return first === index ? [] : [`${subnetIds[first]} and ${subnetIds[index]} are both in ${zone}`];
  });
  return [
    ...(vpc.enableDnsSupport ? [] : [`${where}: DNS support is off; run ${switchOn("enable-dns-support")}`]),
    ...(vpc.enableDnsHostnames ? [] : [`${where}: DNS hostnames are off; run ${switchOn("enable-dns-hostnames")}`]),
    ...(vpc.cidrBlocks.length > 0 ? [] : [`${where}: it has no IPv4 address range`]),
    ...(subnetIds.length > 0 ? [] : [`${where}: it has no subnet in an availability zone; create one`]),
    ...shared.map((pair) => `${where}: ${pair}; name one subnet per zone in its subnetIds`),
    ...(vpc.routeTableIds.length > 0 ? [] : [`${where}: no route table was found for the way to S3`]),
  ];
}
