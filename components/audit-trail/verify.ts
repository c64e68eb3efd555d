import { type Evidence, type VerifyScope } from "../foundation/verify/verifier";

/** Does one trail record every region, is it running, and can its record neither be forged nor read by strangers? */
export async function verify(scope: VerifyScope): Promise<Evidence[]> {
  const { aws, homeRegion, namePrefix } = scope;
  const cloudtrail = aws.cloudtrail(homeRegion);
  const name = scope.trailName ?? `${namePrefix}-trail`;
  const { trailList = [] } = await cloudtrail.describeTrails({ trailNameList: [name] });
  const [trail] = trailList;
  if (trail === undefined) {
    return [{ holds: false, region: homeRegion, says: `there is no trail ${name}` }];
  }
  const { IsLogging: logging } = await cloudtrail.getTrailStatus({ Name: name });
  const yes = (holds: boolean | undefined, says: string, otherwise: string): Evidence => ({
    holds: holds === true,
    region: homeRegion,
    says: holds ? says : otherwise,
  });
  return [
    yes(logging, "the trail is logging", "the trail is NOT logging"),
    yes(trail.IsMultiRegionTrail, "it records all regions", "it records one region only"),
    yes(trail.IncludeGlobalServiceEvents, "IAM and sign-in included", "IAM and sign-in left out"),
    yes(trail.LogFileValidationEnabled, "log files are validated", "log files are not validated"),
    ...(await key(scope, trail.KmsKeyId)),
    ...(await bucket(scope, trail.S3BucketName ?? "")),
    ...(await logGroup(scope, trail.CloudWatchLogsLogGroupArn)),
  ];
}

async function key({ aws, homeRegion }: VerifyScope, keyId: string | undefined): Promise<Evidence[]> {
  if (!keyId) {
    return [{ holds: false, region: homeRegion, says: "log files have no key of their own" }];
  }
  const { KeyRotationEnabled: rotates } = await aws.kms(homeRegion).getKeyRotationStatus({ KeyId: keyId });
  return [
    {
      holds: rotates === true,
      region: homeRegion,
      says: `encrypted with its own key, ${rotates ? "rotated" : "never rotated"}`,
    },
  ];
}

async function bucket({ aws, homeRegion }: VerifyScope, name: string): Promise<Evidence[]> {
  const s3 = aws.s3(homeRegion);
  const [access, versioning, policy, logging] = await Promise.all([
    s3.getPublicAccessBlock({ Bucket: name }),
    s3.getBucketVersioning({ Bucket: name }),
    s3.getBucketPolicy({ Bucket: name }),
    s3.getBucketLogging({ Bucket: name }),
  ]);
  const block = access.PublicAccessBlockConfiguration;
  const closed =
    block?.BlockPublicAcls && block.BlockPublicPolicy && block.IgnorePublicAcls && block.RestrictPublicBuckets;
  const onlyThisTrail = /"aws:SourceArn":/.test(policy.Policy ?? "");
  const onlyTls = /"aws:SecureTransport":\s*"false"/.test(policy.Policy ?? "");
  const region = homeRegion;
  return [
    {
      holds: closed === true,
      region,
      says: `bucket ${name} ${closed ? "cannot be made public" : "can be made public"}`,
    },
    { holds: versioning.Status === "Enabled", region, says: `versioning is ${versioning.Status ?? "off"}` },
    {
      holds: onlyThisTrail && onlyTls,
      region,
      says: onlyThisTrail && onlyTls ? "written by this trail only, over TLS only" : "its policy is too wide",
    },
    {
      holds: logging.LoggingEnabled !== undefined,
      region,
      says: `access is logged to ${logging.LoggingEnabled?.TargetBucket ?? "nowhere"}`,
    },
  ];
}

async function logGroup({ aws, homeRegion }: VerifyScope, arn: string | undefined): Promise<Evidence[]> {
  const name = arn?.split(":")[6];
  const { logGroups = [] } = name
    ? await aws.logs(homeRegion).describeLogGroups({ logGroupNamePrefix: name })
    : { logGroups: [] };
  const group = logGroups.find(({ logGroupName }) => logGroupName === name);
  return [
    {
      holds: group?.kmsKeyId !== undefined && group.retentionInDays !== undefined,
      region: homeRegion,
      says: group
        ? `log group ${name} keeps ${group.retentionInDays ?? "unlimited"} days, ${group.kmsKeyId ? "encrypted" : "not encrypted"}`
        : "no log group",
    },
  ];
}
