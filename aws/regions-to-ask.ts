import { type AwsClients } from "./clients";
import { BaselineError } from "../common/errors";
import { ask } from "./ask";

/**
 * Regions of the partition, sorted: what can be asked, and what the account has not enabled.
 *
 * @throws what `ask` throws; where it is denied, with the option that does without it
 */
export async function regionsOf(aws: AwsClients): Promise<{ enabled: string[]; notEnabled: string[] }> {
  const { Regions: regions = [] } = await ask("ec2:DescribeRegions", aws.defaultRegion, () =>
    aws.ec2().describeRegions({ AllRegions: true }),
  ).catch((error: unknown) => {
    throw error instanceof BaselineError && error.code === "access-denied" ? denied(aws.defaultRegion, error) : error;
  });
  const named = regions.flatMap(({ RegionName: name, OptInStatus: status }) => (name ? [{ name, status }] : []));
  const those = (wanted: boolean) =>
    named
      .filter(({ status }) => (status !== "not-opted-in") === wanted)
      .map(({ name }) => name)
      .sort();
  return { enabled: those(true), notEnabled: those(false) };
}

/** What to do about regions that nobody can list, for wherever a sentence of it is said. */
export const nameRegions = "name the regions to look at: --regions us-east-1,eu-west-1";

function denied(region: string, { cause }: BaselineError): BaselineError {
  return new BaselineError(
    "access-denied",
    `These credentials may not call ec2:DescribeRegions in ${region}; ${nameRegions}.`,
    "Or allow ec2:DescribeRegions, or use a role that may.",
    undefined,
    { cause },
  );
}
