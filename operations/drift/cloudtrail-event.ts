import { type Event } from "@aws-sdk/client-cloudtrail";
import { type Change } from "./change";

/** What of an event's own JSON is of use. Source: CloudTrail User Guide, "CloudTrail record contents". */
interface EventRecord {
  userIdentity?: { type?: string; arn?: string; userName?: string; principalId?: string; invokedBy?: string };
  sourceIPAddress?: string;
  errorCode?: string;
  awsRegion?: string;
  readOnly?: boolean;
}

/**
 * An event as a change.
 *
 * @param region where it was found, for events that do not say
 * @returns undefined for what changed nothing: a read, or a call that AWS refused
 */
export function asChange(event: Event, region: string): Change | undefined {
  const record = recordOf(event);
  const reads = event.ReadOnly === "true" || record.readOnly === true;
  if (reads || record.errorCode !== undefined || event.EventTime === undefined || event.EventName === undefined) {
    return undefined;
  }
  const { userIdentity: who = {}, sourceIPAddress } = record;
  const user = who.arn ?? who.userName ?? who.invokedBy ?? event.Username ?? who.principalId;
  return {
    time: event.EventTime.toISOString(),
    event: event.EventName,
    source: event.EventSource ?? "",
    user: user ?? (who.type ? `somebody (${who.type})` : "somebody"),
    ...(sourceIPAddress !== undefined && { sourceIp: sourceIPAddress }),
    region: record.awsRegion ?? region,
  };
}

/** Whether an event is about one of these names: by its resources, or anywhere in what was asked and answered. */
export function mentions(event: Event, names: readonly string[]): boolean {
  const resources = (event.Resources ?? []).flatMap(({ ResourceName }) => ResourceName ?? []);
  const text = event.CloudTrailEvent ?? "";
  return names.some((name) => resources.includes(name) || text.includes(JSON.stringify(name).slice(1, -1)));
}

function recordOf({ CloudTrailEvent: text }: Event): EventRecord {
  try {
    return JSON.parse(text ?? "{}") as EventRecord;
  } catch {
    return {};
  }
}
