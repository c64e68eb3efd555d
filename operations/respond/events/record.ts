/** What CloudTrail writes of one call. Source: CloudTrail User Guide, "CloudTrail record contents". */
export interface TrailRecord {
  eventID?: string;
  eventTime?: string;
  eventSource?: string;
  eventName?: string;
  awsRegion?: string;
  sourceIPAddress?: string;
  userAgent?: string;
  errorCode?: string;
  readOnly?: boolean;
  userIdentity?: {
    type?: string;
    arn?: string;
    userName?: string;
    principalId?: string;
    accessKeyId?: string;
    invokedBy?: string;
    sessionContext?: { sessionIssuer?: { arn?: string; userName?: string } };
  };
  requestParameters?: Record<string, unknown> | null;
  responseElements?: Record<string, unknown> | null;
}

const texts = ["eventID", "eventSource", "eventName", "awsRegion", "sourceIPAddress", "userAgent", "errorCode"];
const identityTexts = ["type", "arn", "userName", "principalId", "accessKeyId", "invokedBy"];

/**
 * A record out of JSON that somebody may have changed or broken: members that are not of their type are left out.
 *
 * @param time of the event, where the record has none
 * @returns undefined for what is no record: without the name of a call or a time
 */
export function asRecord(value: unknown, time?: string): TrailRecord | undefined {
  const raw: Values = mapOr(value, undefined) ?? {};
  const { eventTime, userIdentity, requestParameters, responseElements, readOnly, ...rest } = raw;
  const at = Date.parse(typeof eventTime === "string" ? eventTime : (time ?? ""));
  if (typeof raw["eventName"] !== "string" || Number.isNaN(at)) {
    return undefined;
  }
  const who = mapOr(userIdentity, undefined);
  return {
    eventTime: `${new Date(at).toISOString().slice(0, 19)}Z`,
    ...withTexts(rest, texts),
    ...(typeof readOnly === "boolean" && { readOnly }),
    ...(who && { userIdentity: { ...withTexts(who, identityTexts), ...sessionIn(who["sessionContext"]) } }),
    requestParameters: mapOr(requestParameters, null),
    responseElements: mapOr(responseElements, null),
  };
}

function sessionIn(context: unknown): object {
  const known = mapOr(context, undefined);
  const issuer = mapOr(known?.["sessionIssuer"], undefined);
  return known
    ? { sessionContext: { ...known, sessionIssuer: issuer && withTexts(issuer, ["arn", "userName"]) } }
    : { sessionContext: undefined };
}

function withTexts(map: Values, names: readonly string[]): Values {
  return Object.fromEntries(
    Object.entries(map).filter(([name, value]) => !names.includes(name) || typeof value === "string"),
  );
}

type Values = Record<string, unknown>;

function mapOr<Otherwise>(value: unknown, otherwise: Otherwise): Values | Otherwise {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Values) : otherwise;
}

/** An event as the timeline and the sweep read it. */
export interface TrailEvent {
  id: string;
  /** ISO 8601, in UTC. */
  time: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Region the call was made in. */
  region: string;
  /** Service, such as `iam`. */
  service: string;
  /** Name of the call, such as `CreateUser`. */
  name: string;
  /** ARN of the caller, or the best name there is. */
  who: string;
  /** Key that signed it; empty for console sign-ins. */
  accessKeyId: string;
  /** Address, or a service's name where a service called. */
  address: string;
  agent: string;
  /** Code of the error; absent for what succeeded. */
  error?: string;
  readOnly: boolean;
  request: Record<string, unknown>;
  response: Record<string, unknown>;
}

/** A record as an event. What a record lacks is empty, because records of services differ. */
export function asTrailEvent(record: TrailRecord): TrailEvent {
  const { userIdentity: who = {}, eventTime: time = "", errorCode: error } = record;
  return {
    id: record.eventID ?? "",
    time,
    at: Date.parse(time),
    region: record.awsRegion ?? "",
    service: (record.eventSource ?? "").split(".")[0] ?? "",
    // Lambda and CloudFront put the version of their API behind the name, such as `CreateFunction20150331v2`.
    name: (record.eventName ?? "").replace(/20\d\d(_\d\d_|[01]\d)\d\d(v\d)?$/, ""),
    who: who.arn ?? who.userName ?? who.invokedBy ?? who.principalId ?? who.type ?? "somebody",
    accessKeyId: who.accessKeyId ?? "",
    address: record.sourceIPAddress ?? "",
    agent: record.userAgent ?? "",
    ...(error !== undefined && { error }),
    readOnly: record.readOnly ?? /^(Get|List|Describe|Head)/.test(record.eventName ?? ""),
    request: record.requestParameters ?? {},
    response: record.responseElements ?? {},
  };
}
