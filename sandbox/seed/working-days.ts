import { randomUUID } from "node:crypto";
import type { Clients } from "../provider/clients";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DAYS = 60;
const CALLS = ["ListBuckets", "GetBucketLocation", "GetBucketVersioning", "GetBucketPolicy"];

/** Whose key works, and from where. */
export interface Worker {
  readonly user: string;
  readonly arn: string;
  readonly accessKeyId: string;
  readonly address: string;
  readonly agent: string;
  readonly region: string;
}

/**
 * Puts two months of a robot's work into the account's event history, so that there is something to differ from: on
 * weekdays, by day, in one region, from one address. The emulator was not there then; it takes records as they are
 * (`POST /sandbox/event-history` in serve.py).
 *
 * @param now the last of it was yesterday
 */
export async function seedWorkingDays(clients: Clients, worker: Worker, now: Date): Promise<void> {
  const records = Array.from({ length: DAYS }, (_, day) => new Date(now.getTime() - (DAYS - day) * DAY_MS))
    .filter((day) => day.getUTCDay() % 6 !== 0)
    .flatMap((day) => CALLS.map((name, at) => record(worker, name, new Date(midnight(day) + (9 + 2 * at) * HOUR_MS))));
  const answer = await fetch(`${clients.endpoint}/sandbox/event-history`, {
    method: "POST",
    body: JSON.stringify({ records }),
  });
  if (!answer.ok) {
    throw new Error(`the emulator did not take the event history: HTTP ${answer.status}`);
  }
}

function midnight(day: Date): number {
  return Math.floor(day.getTime() / DAY_MS) * DAY_MS;
}

/** Source: CloudTrail User Guide, "CloudTrail record contents". */
function record({ user, arn, accessKeyId, address, agent, region }: Worker, eventName: string, at: Date): object {
  const accountId = arn.split(":")[4];
  const eventTime = `${at.toISOString().slice(0, 19)}Z`;
  return {
    eventVersion: "1.11",
    userIdentity: { type: "IAMUser", arn, accountId, accessKeyId, userName: user },
    eventTime,
    eventSource: "s3.amazonaws.com",
    eventName,
    awsRegion: region,
    sourceIPAddress: address,
    userAgent: agent,
    requestParameters: { bucketName: "shop-releases" },
    responseElements: null,
    eventID: randomUUID(),
    readOnly: true,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: "Management",
  };
}
