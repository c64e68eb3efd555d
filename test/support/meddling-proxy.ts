import { createServer, type IncomingMessage, request as forward, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A request to AWS, by what it is signed for. */
export interface Asked {
  service: string;
  region: string;
  /** What names the action: the target of JSON services, `Action` of query services (IAM, EC2), else method and path. */
  action: string;
  /** The same for all tries of one call. */
  invocation: string;
}

/**
 * In place of an answer: a status and an error as JSON, another answer as JSON, the answer changed, or `hang up`, which
 * passes nothing on. `lose` passes the request on and loses the answer, `drip` gives it a byte at a time, without an end.
 */
export type Meddling =
  | { status: number; error: { __type: string; message: string } }
  | { answer: object }
  | { change: (body: string) => string }
  | "hang up"
  | "lose"
  | "drip"
  | undefined;

export interface MeddlingProxy {
  endpoint: string;
  close(): Promise<void>;
}

/** Stands before an emulator, and answers in its place what `meddle` says; all else passes through. */
export async function meddlingProxy(endpoint: string, meddle: (asked: Asked) => Meddling): Promise<MeddlingProxy> {
  const server: Server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => answer(incoming, Buffer.concat(chunks), outgoing));
  });

  function answer(incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse): void {
    const scope = /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(incoming.headers.authorization ?? "");
    const target = incoming.headers["x-amz-target"];
    const query = body.length < 64 * 1024 ? /(?:^|&)Action=(\w+)/.exec(body.toString("latin1"))?.[1] : undefined;
    const action = typeof target === "string" ? target : (query ?? `${incoming.method} ${incoming.url}`);
    const invocation = String(incoming.headers["amz-sdk-invocation-id"] ?? "");
    const instead = meddle({ region: scope?.[1] ?? "", service: scope?.[2] ?? "", action, invocation });
    if (instead === "hang up") {
      incoming.socket.destroy();
      return;
    }
    if (typeof instead === "object" && "answer" in instead) {
      outgoing.writeHead(200, { "content-type": "application/json" });
      outgoing.end(JSON.stringify(instead.answer));
      return;
    }
    if (typeof instead === "object" && "error" in instead) {
      const { __type: code, message } = instead.error;
      const isXml = ["sts", "iam", "ec2", "sns", "s3"].includes(scope?.[2] ?? "");
      const inner = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
      const xml = scope?.[2] === "s3" ? inner : `<ErrorResponse>${inner}</ErrorResponse>`;
      const type = isXml ? "text/xml" : "application/x-amz-json-1.1";
      outgoing.writeHead(instead.status, { "content-type": type, "x-amzn-errortype": code });
      outgoing.end(isXml ? xml : JSON.stringify(instead.error));
      return;
    }
    const { hostname, port } = new URL(endpoint);
    const { method, url: path, headers } = incoming;
    const onward = forward({ hostname, port, method, path, headers }, (answer) => {
      if (instead === undefined) {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
        return;
      }
      void text(answer).then((whole) => {
        if (instead === "lose") {
          outgoing.destroy();
          return;
        }
        if (instead === "drip") {
          outgoing.writeHead(answer.statusCode ?? 500, { "content-type": answer.headers["content-type"] ?? "" });
          const timer = setInterval(() => outgoing.write(" "), 20);
          outgoing.on("close", () => clearInterval(timer));
          return;
        }
        const changed = Buffer.from(instead.change(whole));
        outgoing.writeHead(answer.statusCode ?? 500, { ...answer.headers, "content-length": changed.length });
        outgoing.end(changed);
      });
    });
    onward.on("error", () => outgoing.destroy());
    onward.end(body);
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
