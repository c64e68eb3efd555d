import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tell } from "../../common/terminal";
import { defaultRegions } from "../../operations/preview/plan/offline-account";
import { LOOKUP_INTERVAL_MS } from "../../operations/respond/events/pace";
import { type LookupAnswer, type LookupQuestion, trailServer } from "./trail-server";

/** Events of one identity that the bench has looked through. */
export const TRAIL_EVENTS = 100_000;

const KEY = "AKIAIOSFODNN7EXAMPLE";
const PAGE = 50;
const DAYS = 80;
const calls = [
  ["ec2", "DescribeInstances"],
  ["s3", "ListBuckets"],
  ["iam", "ListUsers"],
  ["sts", "GetCallerIdentity"],
  ["ec2", "RunInstances"],
  ["kms", "Decrypt"],
] as const;

/** Seconds that the API's own limit of two requests a second and region makes it take. */
export function trailSeconds(): number {
  const pages = Math.ceil(TRAIL_EVENTS / defaultRegions.length / PAGE);
  return (pages * LOOKUP_INTERVAL_MS) / 1000;
}

/** Serves so many events, spread over the default regions; each page is made when it is asked for. */
export function serveTrail() {
  const started = Date.now();
  return trailServer((question) => pageOf(question, started), { regions: defaultRegions });
}

function pageOf(
  { region, NextToken: token = "0", LookupAttributes: [asked] = [] }: LookupQuestion,
  started: number,
): LookupAnswer {
  const total = asked?.AttributeKey === "AccessKeyId" ? Math.ceil(TRAIL_EVENTS / defaultRegions.length) : 0;
  const start = Number(token);
  const numbers = Array.from({ length: Math.max(0, Math.min(PAGE, total - start)) }, (_, at) => start + at);
  const next = start + PAGE;
  return {
    Events: numbers.map((at) => eventAt(region, at, total, started)),
    ...(next < total && { NextToken: `${next}` }),
  };
}

/** The newest first, evenly over the days; with what real records weigh. */
function eventAt(awsRegion: string, at: number, total: number, started: number): object {
  const time = new Date(started - Math.floor((at / total) * DAYS * 24 * 60 * 60) * 1000);
  const eventTime = `${time.toISOString().slice(0, 19)}Z`;
  const [service, eventName] = calls[at % calls.length]!;
  const record = {
    eventVersion: "1.11",
    userIdentity: {
      type: "IAMUser",
      principalId: "AIDACKCEVSQ6C2EXAMPLE",
      arn: "arn:aws:iam::123456789012:user/mina",
      accountId: "123456789012",
      accessKeyId: KEY,
      userName: "mina",
    },
    eventTime,
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion,
    sourceIPAddress: `203.0.113.${at % 250}`,
    userAgent: "aws-cli/2.31.3 md/awscrt#0.27.6 ua/2.1 os/linux#6.8 md/arch#x86_64 lang/python#3.13",
    ...(at % 9 === 0 && { errorCode: "AccessDenied", errorMessage: "User is not authorized to perform this action" }),
    requestParameters: {
      maxResults: 100,
      filterSet: { items: [{ name: "tag:team", valueSet: { items: ["a", "b"] } }] },
    },
    responseElements: null,
    requestID: `4d0f7b6c-4d3c-4a2b-9d6f-${String(at).padStart(12, "0")}`,
    eventID: `${awsRegion}-${at}`,
    readOnly: eventName !== "RunInstances",
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: "123456789012",
    eventCategory: "Management",
    tlsDetails: {
      tlsVersion: "TLSv1.3",
      cipherSuite: "TLS_AES_128_GCM_SHA256",
      clientProvidedHostHeader: `${service}.${awsRegion}.amazonaws.com`,
    },
  };
  return {
    EventId: record.eventID,
    EventName: eventName,
    EventTime: time.getTime() / 1000,
    Username: "mina",
    Resources: [],
    CloudTrailEvent: JSON.stringify(record),
  };
}

/** The real step, from the requests to the files. */
async function work(endpoint: string): Promise<void> {
  const { accountClients } = await import("../../aws/account-clients.js");
  const { openEvidence } = await import("../../operations/evidence/evidence.js");
  const { timeline } = await import("../../operations/respond/timeline/step.js");
  const folder = mkdtempSync(join(tmpdir(), "baseline-bench-trail-"));
  const aws = accountClients({ endpoint });
  const evidence = await openEvidence(folder);
  try {
    const outcome = await timeline({
      subject: { kind: "user", name: "mina", key: KEY },
      aws,
      bulk: aws,
      evidence,
      folder,
      apply: false,
      options: { prefix: "baseline" },
      signal: new AbortController().signal,
      say: () => undefined,
      now: () => new Date(),
    });
    const { events } = outcome.json as { events: number };
    if (Math.abs(events - TRAIL_EVENTS) > defaultRegions.length)
      throw new Error(`${events} events, not ${TRAIL_EVENTS}`);
  } finally {
    evidence.close();
    aws.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
}

// Run as a process of its own, so that what it takes is measured from outside: `trail-work.js <endpoint>`.
if (require.main === module) {
  void work(process.argv[2] ?? "").catch((error: unknown) => {
    tell(String(error));
    process.exitCode = 1;
  });
}
