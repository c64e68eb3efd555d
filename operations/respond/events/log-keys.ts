import { ask } from "../../../aws/ask";
import { pages } from "../../../aws/attempt";
import { type Lane } from "./lookup";

/** Where a trail puts its log files. */
export interface TrailBucket {
  name: string;
  /** The trail's S3 key prefix, without a slash at the end. */
  prefix?: string;
  /** Of the account whose events are wanted. */
  accountId: string;
  /** `o-...`, where the trail is the organization's. */
  organizationId?: string;
  /** Region of the bucket. Default: that of calls without a region. */
  region?: string;
}

/** What the keys of a region and a day begin with. Source: CloudTrail User Guide, "Finding your CloudTrail log files". */
export function prefixOf(
  { prefix, organizationId, accountId }: TrailBucket,
  kind: "CloudTrail" | "CloudTrail-Digest",
  region: string,
  day: Date,
): string {
  const parts = [prefix, "AWSLogs", organizationId, accountId, kind, region];
  return [...parts.filter(Boolean), ...day.toISOString().slice(0, 10).split("-"), ""].join("/");
}

/** The files below a prefix, the oldest first: their names grow with time. */
export async function keysIn({ aws, signal }: Lane, bucket: TrailBucket, prefix: string): Promise<string[]> {
  const s3 = aws.s3(bucket.region);
  const found = await pages(async (token) => {
    signal?.throwIfAborted();
    const answer = await ask("s3:ListBucket", bucket.region ?? aws.defaultRegion, () =>
      s3.listObjectsV2({
        Bucket: bucket.name,
        Prefix: prefix,
        ...(token !== undefined && { ContinuationToken: token }),
      }),
    );
    return { items: answer.Contents, next: answer.NextContinuationToken };
  });
  return found.flatMap(({ Key: key }) => (key?.endsWith(".json.gz") ? [key] : [])).sort();
}
