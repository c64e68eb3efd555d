import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./graph";

/** What LookupEvents was asked, as `<region> <attribute> <value>`. */
export interface FakeCloudTrail {
  endpoint: string;
  asked: string[];
  /** Answers every request of a region (or of all, `*`) with this error from now on. */
  refuse(region: string, status: number, name: string): void;
  /** Answers a question (`<region> <attribute> <value>`) with events of these calls, the last first. */
  answer(question: string, calls: { event: string; asks: object; time?: string }[]): void;
  close(): Promise<void>;
}

/** A server that speaks CloudTrail's protocol with answers on file: the emulator lacks LookupEvents. */
export async function fakeCloudTrail(): Promise<FakeCloudTrail> {
  const path = join(root, "test", "fixtures", "cloudtrail", "answers.json");
  const answers = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown[]>;
  const asked: string[] = [];
  const refusals = new Map<string, { status: number; name: string }>();
  const server: Server = createServer((request, response) => {
    void body(request).then((text) => answer(request, text, response));
  });

  function answer(request: IncomingMessage, text: string, response: ServerResponse): void {
    const region = /Credential=[^/]+\/\d+\/([\w-]+)\//.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const say = (status: number, content: object) => {
      response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
      response.end(JSON.stringify(content));
    };
    const refusal = refusals.get(region) ?? refusals.get("*");
    const { LookupAttributes: [attribute] = [] } = JSON.parse(text) as {
      LookupAttributes?: { AttributeKey: string; AttributeValue: string }[];
    };
    asked.push(`${region} ${attribute?.AttributeKey} ${attribute?.AttributeValue}`);
    if (!String(request.headers["x-amz-target"]).endsWith(".LookupEvents")) {
      say(400, { __type: "UnknownOperationException" });
    } else if (refusal) {
      say(refusal.status, { __type: refusal.name, message: "no" });
    } else {
      say(200, { Events: answers[asked.at(-1) ?? ""] ?? [] });
    }
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer: (question, calls) => void (answers[question] = calls.map(eventOf)),
    refuse: (region, status, name) => void refusals.set(region, { status, name }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function eventOf({ event, asks, time = "2026-11-20T10:00:00Z" }: { event: string; asks: object; time?: string }) {
  const who = { type: "IAMUser", arn: "arn:aws:iam::123456789012:user/mina" };
  const record = { userIdentity: who, eventName: event, requestParameters: asks, readOnly: false };
  return {
    EventId: `${event} ${time}`,
    EventName: event,
    EventTime: Date.parse(time) / 1000,
    ReadOnly: "false",
    CloudTrailEvent: JSON.stringify(record),
  };
}

async function body(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
