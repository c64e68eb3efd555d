import { limiter } from "../../../common/limit";
import { type Looks } from "./look";

/** A session that somebody began of a role. */
export interface RoleSession {
  time: string;
  /** ARN of who began it, or the service. */
  by: string;
  sourceIp: string;
  region: string;
}

const parallel = limiter(12);
const NEWEST = 50;

/**
 * The newest sessions of a role, from CloudTrail's event history (90 days): one page of each region, which is within
 * what CloudTrail allows. STS writes an event where it was asked.
 */
export async function sessionsOf(looks: Looks, roleArn: string, regions: readonly string[]): Promise<RoleSession[]> {
  const pages = await Promise.all(
    regions.map((region) =>
      parallel(() =>
        looks.part(
          "cloudtrail:LookupEvents",
          () =>
            looks.aws.cloudtrail(region).lookupEvents({
              LookupAttributes: [{ AttributeKey: "ResourceName", AttributeValue: roleArn }],
              MaxResults: NEWEST,
            }),
          region,
        ),
      ),
    ),
  );
  const sessions = pages.flatMap((page, index) =>
    (page?.Events ?? [])
      .filter(({ EventName = "" }) => EventName.startsWith("AssumeRole"))
      .map(({ CloudTrailEvent, EventTime }) => sessionOf(CloudTrailEvent, EventTime, regions[index] ?? "")),
  );
  return sessions.sort((a, b) => (a.time < b.time ? 1 : -1)).slice(0, NEWEST);
}

interface EventRecord {
  userIdentity?: { arn?: string; invokedBy?: string; userName?: string };
  sourceIPAddress?: string;
  eventTime?: string;
}

function sessionOf(text: string | undefined, time: Date | undefined, region: string): RoleSession {
  let record: EventRecord = {};
  try {
    record = JSON.parse(text ?? "{}") as EventRecord;
  } catch {
    // What the event itself says is enough.
  }
  const { userIdentity: who = {}, sourceIPAddress = "" } = record;
  return {
    time: time?.toISOString() ?? record.eventTime ?? "",
    by: who.arn ?? who.invokedBy ?? who.userName ?? "unknown",
    sourceIp: sourceIPAddress,
    region,
  };
}
