import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";

/** What a server says to a request: an answer, nothing at all, or a byte now and then. */
export type Said =
  { status?: number; headers?: Record<string, string>; body: string } | "hang up" | { drip: string; every: number };

/** A server in AWS's place, which answers every request with what `say` says to its number, from 0. */
export async function answeringServer(say: (number: number) => Said) {
  let requests = 0;
  const server = createServer((incoming, outgoing) => {
    incoming.resume().on("end", () => answer(say(requests++), outgoing));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(said: Said, outgoing: ServerResponse): void {
  if (said === "hang up") {
    outgoing.destroy();
  } else if ("drip" in said) {
    outgoing.writeHead(200, { "content-type": "text/xml" });
    let at = 0;
    const timer = setInterval(() => outgoing.write(said.drip[at++ % said.drip.length]), said.every);
    outgoing.on("close", () => clearInterval(timer));
  } else {
    outgoing.writeHead(said.status ?? 200, said.headers ?? {});
    outgoing.end(said.body);
  }
}
