import { type Event } from "@aws-sdk/client-cloudtrail";
import { type Change } from "./change";

/** What of an event's own JSON is of use. Source: CloudTrail User Guide, "CloudTrail record contents". */
interface EventRecord {
  userIdentity?: { type?: string; arn?: string; userName?: string; principalId?: string; invokedBy?: string };
  sourceIPAddress?: string;
  errorCode?: string;
  awsRegion?: string;
  readOnly?: boolean;
  requestParameters?: unknown;
  responseElements?: unknown;
  resources?: unknown;
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

/**
 * Whether an event is about one of these names: by its resources, or anywhere in what was asked and answered. Who called is
 * no part of that, and a name is no part of a longer one.
 */
export function mentions(event: Event, names: readonly string[]): boolean {
  const resources = (event.Resources ?? []).flatMap(({ ResourceName }) => ResourceName ?? []);
  const { requestParameters, responseElements, resources: told } = recordOf(event);
  const text = JSON.stringify([requestParameters, responseElements, told]);
  return names.some((name) => resources.includes(name) || hasName(text, JSON.stringify(name).slice(1, -1)));
}

function hasName(text: string, name: string): boolean {
  const isPart = (letter: string | undefined) => letter !== undefined && /[\w-]/.test(letter);
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!isPart(text[at - 1]) && !isPart(text[at + name.length])) {
      return true;
    }
  }
  return false;
}

function recordOf({ CloudTrailEvent: text }: Event): EventRecord {
  try {
    return JSON.parse(text ?? "{}") as EventRecord;
  } catch {
    return {};
  }
}
