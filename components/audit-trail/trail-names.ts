import { configBucketName } from "../config-recording/config-bucket-policy";

/** Everything about the trail that is known before anything exists: fixed names, so that policies can name ARNs. */
export interface TrailNames {
  partition: string;
  accountId: string;
  /** The trail's home region. */
  region: string;
  trail: string;
  trailArn: string;
  bucket: string;
  accessLogBucket: string;
  /** Buckets whose access logs go to `accessLogBucket`. */
  loggedBuckets: string[];
  logGroup: string;
  logGroupArn: string;
  role: string;
}

/**
 * Names are fixed, not generated: the bucket and key policies must name the trail (`aws:SourceArn`) before it exists,
 * and a policy whose every part is known can be judged at preview.
 *
 * @param trail name of a trail that exists already and is taken over
 */
export function trailNames(
  prefix: string,
  partition: string,
  accountId: string,
  region: string,
  trail = `${prefix}-trail`,
): TrailNames {
  const logGroup = `/${prefix}/cloudtrail`;
  const bucket = `${prefix}-trail-${accountId}-${region}`;
  return {
    partition,
    accountId,
    region,
    trail,
    trailArn: `arn:${partition}:cloudtrail:${region}:${accountId}:trail/${trail}`,
    bucket,
    accessLogBucket: `${prefix}-access-logs-${accountId}-${region}`,
    loggedBuckets: [bucket, configBucketName(prefix, accountId, region)],
    logGroup,
    logGroupArn: `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroup}`,
    role: `${prefix}-trail-to-log-group`,
  };
}
