import { createServer, type IncomingMessage, request as forward, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";

/** A request to LookupEvents, as it came. Times are seconds since 1970. */
export interface LookupQuestion {
  region: string;
  LookupAttributes?: { AttributeKey: string; AttributeValue: string }[];
  StartTime?: number;
  EndTime?: number;
  NextToken?: string;
  MaxResults?: number;
  /** When the asker's clock says it was signed. */
  signedAt: Date;
}

/** An answer: a page, or an error by status and name. */
export type LookupAnswer =
  | { Events: object[]; NextToken?: string }
  | { status: number; name: string; message?: string; headers?: Record<string, string> };

export interface TrailServer {
  endpoint: string;
  close(): Promise<void>;
}

export interface TrailServerOptions {
  /** Enabled regions, for DescribeRegions. */
  regions: readonly string[];
  notEnabled?: readonly string[];
  /** Where everything but CloudTrail and DescribeRegions goes: an emulator. Without one, STS answers itself. */
  rest?: string;
  /** Default: 127.0.0.1's next free one. */
  port?: number;
}

/**
 * A server that speaks CloudTrail's LookupEvents, which the emulator lacks, in the form of the API reference; so that the
 * real SDK, its retries and its clock, are measured and tested.
 */
export async function trailServer(
  answer: (question: LookupQuestion) => LookupAnswer,
  options: TrailServerOptions,
): Promise<TrailServer> {
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const [, region = "", service = ""] =
        /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? "") ?? [];
      const text = body.toString();
      if (String(request.headers["x-amz-target"]).endsWith(".LookupEvents")) {
        say(response, answer({ region, signedAt: signedAt(request), ...(JSON.parse(text) as object) }));
      } else if (service === "ec2" && text.includes("Action=DescribeRegions")) {
        xml(response, regionsXml(options));
      } else if (options.rest !== undefined) {
        passOn(options.rest, request, body, response);
      } else {
        xml(response, identityXml);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function say(response: ServerResponse, answer: LookupAnswer): void {
  const type = { "content-type": "application/x-amz-json-1.1" };
  if ("Events" in answer) {
    response.writeHead(200, type).end(JSON.stringify(answer));
  } else {
    const { status, name, message = "no", headers } = answer;
    response.writeHead(status, { ...type, ...headers }).end(JSON.stringify({ __type: name, message }));
  }
}

function signedAt({ headers }: IncomingMessage): Date {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(String(headers["x-amz-date"])) ?? [];
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function xml(response: ServerResponse, text: string): void {
  response.writeHead(200, { "content-type": "text/xml" }).end(text);
}

function regionsXml({ regions, notEnabled = [] }: TrailServerOptions): string {
  const item = (status: string) => (name: string) =>
    `<item><regionName>${name}</regionName><regionEndpoint>ec2.${name}.amazonaws.com</regionEndpoint><optInStatus>${status}</optInStatus></item>`;
  const items = [...regions.map(item("opt-in-not-required")), ...notEnabled.map(item("not-opted-in"))];
  return `<DescribeRegionsResponse><regionInfo>${items.join("")}</regionInfo></DescribeRegionsResponse>`;
}

const identityXml = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::123456789012:user/responder</Arn><UserId>AIDAEXAMPLE</UserId><Account>123456789012</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;

function passOn(
  endpoint: string,
  { method, url: path, headers }: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
) {
  const { hostname, port } = new URL(endpoint);
  const onward = forward({ hostname, port, method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  onward.on("error", () => response.destroy());
  onward.end(body);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
