import { type AwsClients } from "../../../aws/clients";
import { limiter } from "../../../common/limit";
import { ask } from "../../../aws/ask";

/** What one more copy of the account's management events would cost. */
export interface CopyCost {
  /** Of all regions that answered, as far as the sample goes. */
  eventsPerMonth: number;
  /** US dollars a month. */
  usd: number;
  /** Regions whose events could not be looked up, and which are therefore missing in the sum. */
  untold: string[];
}

/** US dollars for an event of each copy after the first. Source: AWS CloudTrail pricing, 2.00 for 100,000. */
const usdPerEvent = 2 / 100_000;

const daysBack = 7;
// LookupEvents takes two calls a second in a region. Source: CloudTrail API reference.
const pagesPerRegion = 4;
const dayMs = 24 * 3600 * 1000;

/**
 * An estimate from the newest events of each region: so many in so long a time.
 *
 * @returns undefined where no region could be asked
 */
export async function copyCost(aws: AwsClients, regions: string[], now = new Date()): Promise<CopyCost | undefined> {
  const limit = limiter(10);
  const rates = await Promise.all(
    regions.map((region) =>
      limit(() => eventsPerDay(aws, region, now)).then(
        (perDay) => ({ region, perDay }),
        () => ({ region, perDay: undefined }),
      ),
    ),
  );
  const untold = rates.filter(({ perDay }) => perDay === undefined).map(({ region }) => region);
  if (untold.length === regions.length) {
    return undefined;
  }
  const perDay = rates.reduce((sum, each) => sum + (each.perDay ?? 0), 0);
  const eventsPerMonth = Math.round(perDay * 30);
  return { eventsPerMonth, usd: Math.round(eventsPerMonth * usdPerEvent * 100) / 100, untold };
}

type Page = { times: number[]; next: string | undefined };

async function page(aws: AwsClients, region: string, StartTime: Date, token: string | undefined): Promise<Page> {
  const { Events: events = [], NextToken: next } = await ask("cloudtrail:LookupEvents", region, () =>
    aws
      .cloudtrail(region)
      .lookupEvents({ StartTime, MaxResults: 50, ...(token !== undefined && { NextToken: token }) }),
  );
  return { times: events.flatMap(({ EventTime: time }) => (time ? [time.getTime()] : [])), next };
}

async function eventsPerDay(aws: AwsClients, region: string, now: Date): Promise<number> {
  const StartTime = new Date(now.getTime() - daysBack * dayMs);
  let [count, oldest] = [0, now.getTime()];
  let token: string | undefined;
  for (let read = 0; read < pagesPerRegion; read += 1) {
    const { times, next } = await page(aws, region, StartTime, token);
    count += times.length;
    oldest = Math.min(oldest, ...times);
    token = next;
    if (token === undefined) {
      return count / daysBack;
    }
  }
  // Not less than a minute: some events bear the very second they are looked up in.
  return count / (Math.max(now.getTime() - oldest, 60_000) / dayMs);
}
