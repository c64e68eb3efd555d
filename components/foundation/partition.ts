const partitionPrefixes: readonly [prefix: string, partition: string][] = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["us-isof-", "aws-iso-f"],
  ["us-isob-", "aws-iso-b"],
  ["us-iso-", "aws-iso"],
  ["eu-isoe-", "aws-iso-e"],
  ["eusc-", "aws-eusc"],
];

/** The partitions the baseline is made for. */
export const supportedPartitions: readonly string[] = ["aws", "aws-cn", "aws-us-gov"];

/**
 * The partition a region is in, by its name.
 *
 * Source: AWS SDK, `partitions.json`, `regionRegex`.
 */
export function partitionOf(region: string): string {
  return partitionPrefixes.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";
}

/**
 * The region that stands for the whole account: IAM, sign-in of root, billing and other account-wide services report
 * there and nowhere else.
 *
 * Source: EventBridge User Guide, "Events from global services"; AWS China and GovCloud user guides, IAM.
 *
 * @param partition `aws`, `aws-cn` or `aws-us-gov`
 */
export function globalRegion(partition: string): string {
  return { "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1" }[partition] ?? "us-east-1";
}

/** Where the console of a partition is, with the scheme and without a slash at the end. */
export function consoleAddress(partition: string): string {
  const hosts: Record<string, string> = {
    "aws-cn": "console.amazonaws.cn",
    "aws-us-gov": "console.amazonaws-us-gov.com",
  };
  return `https://${hosts[partition] ?? "console.aws.amazon.com"}`;
}
