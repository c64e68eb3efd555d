import { type Event, type LookupEventsCommandOutput } from "@aws-sdk/client-cloudtrail";
import { type AwsClients } from "../../../aws/clients";
import { ask, awsErrorName } from "../../../aws/ask";
import { newTokens } from "../../../aws/attempt";
import { causeOf } from "../../../aws/problem";
import { HISTORY_DAYS, type Pace } from "./pace";
import { asRecord, type TrailRecord } from "./record";
import { type Spool } from "./spool";
import { type Question } from "./suspect";

/** What a lane works with. */
export interface Lane {
  aws: AwsClients;
  region: string;
  spool: Spool;
  from: Date;
  to?: Date;
  signal?: AbortSignal;
  /** Told after each page. */
  onEvents: (number: number) => void;
}

/** Answers a page; the API's own maximum. */
const PAGE = 50;
/** Times a request is made while AWS throttles it, each time later; the SDK tries several times within each. */
const PATIENCE = 4;

/**
 * Puts a region's answers to a question into its spool, from where an earlier run ended.
 *
 * @throws BaselineError why the region tells nothing more; what it told until then is kept
 */
export async function lookUp(lane: Lane, question: Question, pace: Pace): Promise<void> {
  const { spool, onEvents } = lane;
  let checked = newTokens();
  let to = lane.to;
  if (to !== undefined && to <= oldest()) {
    await spool.keep([], { done: true });
  }
  while (!spool.cursor.done) {
    const token = spool.cursor.next;
    try {
      const { Events: events = [], NextToken: next } = await page(lane, question, pace, to, token);
      const records = events.map(recordOf).filter(question.belongs);
      await spool.keep(records, next === undefined ? { done: true } : { next });
      onEvents(records.length);
      checked(next);
    } catch (error) {
      // AWS forgets a token after a while. It tells the newest first, so what is left is not newer than the oldest we
      // have; events of that one second are told twice, and read once.
      if (token === undefined || awsErrorName(error) !== "InvalidNextTokenException") {
        throw error;
      }
      to = spool.cursor.oldest === undefined ? lane.to : new Date(Date.parse(spool.cursor.oldest));
      delete spool.cursor.next;
      // With another end it is another list.
      checked = newTokens();
    }
  }
}

/** How far the event history reaches. */
function oldest(): Date {
  return new Date(Date.now() - HISTORY_DAYS * 24 * 60 * 60 * 1000);
}

async function page(
  { aws, region, from, signal }: Lane,
  { attribute, value }: Question,
  pace: Pace,
  to: Date | undefined,
  token: string | undefined,
): Promise<LookupEventsCommandOutput> {
  for (let tries = 1; ; tries += 1) {
    await pace.turn(signal);
    try {
      const request = {
        LookupAttributes: [{ AttributeKey: attribute, AttributeValue: value }],
        // What is older is not there, and AWS takes no such time.
        ...(from > oldest() && { StartTime: from }),
        // Without an end, the newest events are had even where our clock is behind.
        ...(to && { EndTime: to }),
        ...(token !== undefined && { NextToken: token }),
        MaxResults: PAGE,
      };
      const answer = await ask("cloudtrail:LookupEvents", region, () =>
        aws.cloudtrail(region).lookupEvents(request, { ...(signal && { abortSignal: signal }) }),
      );
      if ((answer.$metadata.attempts ?? 1) > 1) pace.slow();
      else pace.fine();
      return answer;
    } catch (error) {
      signal?.throwIfAborted();
      if (causeOf(error) !== "throttled" || tries === PATIENCE) {
        throw error;
      }
      pace.slow();
    }
  }
}

/** The record inside an event; where there is none that can be read, what the event says itself. */
function recordOf(event: Event): TrailRecord {
  return (
    asRecord(jsonIn(event.CloudTrailEvent), timeOf(event)) ?? {
      eventID: event.EventId ?? "",
      eventTime: timeOf(event),
      eventSource: event.EventSource ?? "",
      eventName: event.EventName ?? "",
      readOnly: event.ReadOnly === "true",
      userIdentity: { userName: event.Username ?? "", accessKeyId: event.AccessKeyId ?? "" },
    }
  );
}

function jsonIn(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

function timeOf({ EventTime: time }: Event): string {
  return `${(time ?? new Date(0)).toISOString().slice(0, 19)}Z`;
}
