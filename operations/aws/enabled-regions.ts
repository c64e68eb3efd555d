import { type AwsClients } from "../../common/aws-clients";
import { ask } from "./ask";

/**
 * Names of the regions that are enabled in the account, in AWS's order.
 *
 * @param region where it is asked
 */
export async function enabledRegions(aws: AwsClients, region: string): Promise<string[]> {
  const { Regions = [] } = await ask("ec2:DescribeRegions", region, () => aws.ec2(region).describeRegions({}));
  return Regions.flatMap(({ RegionName: name }) => (name === undefined ? [] : [name]));
}
