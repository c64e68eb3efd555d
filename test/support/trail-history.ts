import { type LookupAnswer, type LookupQuestion, type TrailServer, trailServer } from "../../tools/bench/trail-server";
import { type CloudTrailRecord } from "./cloudtrail-records";

/** An account's event history, with the failures that a test wants. */
export interface TrailHistory extends TrailServer {
  /** Every request, the first first. */
  asked: LookupQuestion[];
  /** Answers the next requests of a region in place of the history; forever where no number is given. */
  instead(
    region: string,
    answer: LookupAnswer | ((question: LookupQuestion) => LookupAnswer | undefined),
    times?: number,
  ): void;
}

/**
 * LookupEvents over records on hand: the newest first, fifty a page, by the attributes the timeline asks for.
 *
 * @param records in the form `apiCall` makes; their `awsRegion` is where they are found
 */
export async function trailHistory(
  records: readonly CloudTrailRecord[],
  options: { regions: readonly string[]; notEnabled?: readonly string[]; rest?: string },
): Promise<TrailHistory> {
  const asked: LookupQuestion[] = [];
  const instead = new Map<string, { answer: (question: LookupQuestion) => LookupAnswer | undefined; times: number }>();
  const newestFirst = [...records].sort((a, b) => (timeOf(a) < timeOf(b) ? 1 : -1));

  function answer(question: LookupQuestion): LookupAnswer {
    asked.push(question);
    const special = instead.get(question.region);
    if (special && special.times > 0) {
      const said = special.answer(question);
      if (said) {
        special.times -= 1;
        return said;
      }
    }
    const { region, StartTime: from = 0, EndTime: to = Infinity, NextToken: token, MaxResults: size = 50 } = question;
    const { AttributeKey: key = "", AttributeValue: value = "" } = question.LookupAttributes?.[0] ?? {};
    const start = token === undefined ? 0 : Number(token.slice("token-".length));
    const found = newestFirst.filter((record) => {
      const at = Date.parse(timeOf(record)) / 1000;
      return record["awsRegion"] === region && at >= from && at <= to && attributes(record)[key]?.includes(value);
    });
    return {
      Events: found.slice(start, start + size).map(asEvent),
      ...(start + size < found.length && { NextToken: `token-${start + size}` }),
    };
  }

  const server = await trailServer(answer, options);
  return {
    ...server,
    asked,
    instead: (region, said, times = Infinity) =>
      void instead.set(region, { answer: typeof said === "function" ? said : () => said, times }),
  };
}

interface Identity {
  userName?: string;
  arn?: string;
  accessKeyId?: string;
}

function attributes(record: CloudTrailRecord): Record<string, string[]> {
  const who = record["userIdentity"] as Identity;
  const resources = (record["resources"] ?? []) as { ARN?: string }[];
  return {
    AccessKeyId: [who.accessKeyId ?? ""],
    Username: [who.userName ?? who.arn?.split("/").at(-1) ?? ""],
    EventName: [record["eventName"] as string],
    ResourceName: resources.flatMap(({ ARN }) => ARN ?? []),
  };
}

function timeOf(record: CloudTrailRecord): string {
  return record["eventTime"] as string;
}

/** As LookupEvents wraps a record. Source: CloudTrail API Reference, Event. */
function asEvent(record: CloudTrailRecord): object {
  return {
    EventId: record["eventID"],
    EventName: record["eventName"],
    ReadOnly: String(record["readOnly"]),
    EventTime: Date.parse(timeOf(record)) / 1000,
    EventSource: record["eventSource"],
    Username: attributes(record)["Username"]?.[0],
    AccessKeyId: attributes(record)["AccessKeyId"]?.[0],
    Resources: [],
    CloudTrailEvent: JSON.stringify(record),
  };
}
