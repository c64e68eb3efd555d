import { type AwsClients } from "./clients";
import { type Call } from "./attempt";
import { ask } from "./ask";

/**
 * Names of the regions that are enabled in the account, in AWS's order.
 *
 * @param region where it is asked
 * @param call how; by default at once
 */
export async function enabledRegions(
  aws: AwsClients,
  region: string,
  call: Call = (action, send) => ask(action, region, send),
): Promise<string[]> {
  const { Regions = [] } = await call("ec2:DescribeRegions", () => aws.ec2(region).describeRegions({}));
  return Regions.flatMap(({ RegionName: name }) => (name === undefined ? [] : [name]));
}
