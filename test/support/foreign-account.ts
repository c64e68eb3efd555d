import { type Clients } from "../../sandbox/provider/clients";

/** What somebody had in an account before the baseline came. */
export interface Foreign {
  detectorId: string;
  /** What `adopt` should write, with the trail taken over. */
  imports: Record<string, string>;
  /** What is nobody's business but theirs. */
  before: unknown;
  /** The same, read again. */
  untouched(): Promise<unknown>;
}

/** Detector, recorder and channel, trail, password policy, public access block, role of AWS Config, budget, bucket. */
export async function seedForeign(aws: Clients, accountId: string, region: string): Promise<Foreign> {
  const bucket = "corp-logs";
  await aws.s3(region).createBucket({ Bucket: bucket });
  await aws.iam().createServiceLinkedRole({ AWSServiceName: "config.amazonaws.com" });
  const { DetectorId: detectorId = "" } = await aws
    .guardduty(region)
    .createDetector({ Enable: true, FindingPublishingFrequency: "SIX_HOURS", Tags: { team: "corp" } });
  const config = aws.config(region);
  const roleARN = `arn:aws:iam::${accountId}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;
  const recordingGroup = { allSupported: false, resourceTypes: ["AWS::EC2::Instance" as const] };
  await config.putConfigurationRecorder({ ConfigurationRecorder: { name: "default", roleARN, recordingGroup } });
  await config.putDeliveryChannel({ DeliveryChannel: { name: "default", s3BucketName: bucket } });
  await config.startConfigurationRecorder({ ConfigurationRecorderName: "default" });
  const cloudtrail = aws.cloudtrail(region);
  const { TrailARN: trailArn = "" } = await cloudtrail.createTrail({
    Name: "corp-trail",
    S3BucketName: bucket,
    IsMultiRegionTrail: true,
    IncludeGlobalServiceEvents: true,
  });
  await cloudtrail.startLogging({ Name: "corp-trail" });
  await aws.iam().updateAccountPasswordPolicy({ MinimumPasswordLength: 10, RequireSymbols: true });
  const PublicAccessBlockConfiguration = { BlockPublicAcls: true };
  await aws.s3control(region).putPublicAccessBlock({ AccountId: accountId, PublicAccessBlockConfiguration });
  const BudgetLimit = { Amount: "10", Unit: "USD" };
  await aws.budgets().createBudget({
    AccountId: accountId,
    Budget: { BudgetName: "corp", BudgetType: "COST", TimeUnit: "MONTHLY", BudgetLimit },
  });
  await aws.iam().createUser({ UserName: "mina" });

  const untouched = async () => ({
    budget: (await aws.budgets().describeBudget({ AccountId: accountId, BudgetName: "corp" })).Budget?.BudgetLimit,
    bucket: (await aws
      .s3(region)
      .getBucketTagging({ Bucket: bucket })
      .catch((error: Error) => error.name)) as unknown,
    role: (await aws.iam().getRole({ RoleName: "AWSServiceRoleForConfig" })).Role?.Tags ?? [],
    user: (await aws.iam().getUser({ UserName: "mina" })).User?.UserName,
  });
  return {
    detectorId,
    imports: {
      "baseline-audit-trail-trail": `${trailArn}@${region}`,
      [`baseline-threat-detection-${region}-detector`]: `${detectorId}@${region}`,
      [`baseline-config-recording-recorder-${region}`]: `default@${region}`,
      [`baseline-config-recording-channel-${region}`]: `default@${region}`,
      "baseline-password-policy-account": "iam-account-password-policy",
      "baseline-account-guards-buckets": accountId,
    },
    before: await untouched(),
    untouched,
  };
}
