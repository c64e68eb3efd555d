import { type AwsClients } from "../../common/aws-clients";
import { ask } from "../aws/ask";

/** Regions of the partition, sorted: what can be asked, and what the account has not enabled. */
export async function regionsOf(aws: AwsClients): Promise<{ enabled: string[]; notEnabled: string[] }> {
  const { Regions: regions = [] } = await ask("ec2:DescribeRegions", aws.defaultRegion, () =>
    aws.ec2().describeRegions({ AllRegions: true }),
  );
  const named = regions.flatMap(({ RegionName: name, OptInStatus: status }) => (name ? [{ name, status }] : []));
  const those = (wanted: boolean) =>
    named
      .filter(({ status }) => (status !== "not-opted-in") === wanted)
      .map(({ name }) => name)
      .sort();
  return { enabled: those(true), notEnabled: those(false) };
}
