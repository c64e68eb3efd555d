/**
 * The regions in which AWS Config can record IAM users, groups, roles and policies: those it served before February
 * 2022. The list is closed, so a region that AWS opens tomorrow needs no change here.
 *
 * Source: AWS Config Developer Guide, "Recording AWS Resources", global resources; checked against the regions that
 * the page of each IAM rule, such as iam-user-mfa-enabled, leaves out.
 */
const regionsWithGlobalTypes: ReadonlySet<string> = new Set([
  "us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1",
  "eu-central-1", "eu-west-1", "eu-west-2", "eu-west-3", "eu-north-1", "eu-south-1",
  "ap-east-1", "ap-south-1", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3",
  "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "af-south-1", "me-south-1",
  "cn-north-1", "cn-northwest-1", "us-gov-east-1", "us-gov-west-1",
]); // prettier-ignore

/** The global IAM types, as AWS Config names them. */
export const globalTypes = ["AWS::IAM::User", "AWS::IAM::Group", "AWS::IAM::Role", "AWS::IAM::Policy"];

/**
 * The one region where IAM resources are recorded and IAM rules are evaluated; elsewhere the same would be billed
 * again. The home region if AWS Config can do it there, else us-east-1 if covered, else the first that can.
 *
 * @param regions the covered regions
 * @returns undefined when no covered region can: then AWS Config knows nothing of IAM in this account
 */
export function globalTypesRegion(homeRegion: string, regions: string[]): string | undefined {
  const able = regions.filter((region) => regionsWithGlobalTypes.has(region));
  return [homeRegion, "us-east-1"].find((region) => able.includes(region)) ?? able[0];
}
