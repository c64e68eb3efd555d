import { createServer, type Server } from "node:http";
import { Agent } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { root } from "./graph";

/** A call as it reached "AWS". */
export interface Seen {
  host: string;
  action: string;
  keyId: string;
  token: string | undefined;
}

export interface StubAws {
  port: number;
  seen: Seen[];
  close(): Promise<void>;
}

/** Answers in the place of AWS, in clear. @param answer XML without the envelope, a status, or both */
export async function stubAws(answer: (call: Seen) => string | { status: number; body: string }): Promise<StubAws> {
  const seen: Seen[] = [];
  const server: Server = createServer((request, response) => {
    void text(request).then((body) => {
      const { authorization = "", host = "" } = request.headers;
      const token = request.headers["x-amz-security-token"];
      const call = {
        host,
        action: /(?:^|&)Action=(\w+)/.exec(body)?.[1] ?? `${request.method} ${request.url}`,
        keyId: /Credential=([^/]+)\//.exec(authorization)?.[1] ?? "",
        token: typeof token === "string" ? token : undefined,
      };
      seen.push(call);
      const told = answer(call);
      const { status, body: xml } = typeof told === "string" ? { status: 200, body: told } : told;
      response.writeHead(status, { "content-type": "text/xml" });
      const { action } = call;
      response.end(
        status === 200 ? `<${action}Response><${action}Result>${xml}</${action}Result></${action}Response>` : xml,
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** This process's https goes to a port here until the function that is returned is called. */
export function awsHere(port: number): () => void {
  const agent = Agent.prototype as unknown as { createConnection: unknown };
  const own = agent.createConnection;
  agent.createConnection = () => connect(port, "127.0.0.1");
  return () => void (agent.createConnection = own);
}

/** The same for a command line that is started. */
export const awsHereFor = (port: number): Record<string, string> => ({
  AWS_HERE: String(port),
  NODE_OPTIONS: `--require=${join(root, "test", "support", "aws-here.cjs")}`,
});

/** As a credential process hands them out. */
export interface HandedOut {
  AccessKeyId: string;
  SecretAccessKey: string;
  SessionToken?: string;
  Expiration?: string;
}

/** A profile `work` whose credentials come from a program, which a test can have hand out others. */
export interface CredentialProcess {
  environment: Record<string, string>;
  /** How often the program was started. */
  starts(): number;
  /** What it hands out from the next start on. */
  handsOut(credentials: HandedOut): void;
}

export function credentialProcess(folder: string, first: HandedOut, settings = ""): CredentialProcess {
  mkdirSync(folder, { recursive: true });
  const [program, credentials, count, config] = ["program", "credentials.json", "starts", "config"].map((each) =>
    join(folder, each),
  ) as [string, string, string, string];
  const handsOut = (handed: HandedOut) => writeFileSync(credentials, JSON.stringify({ Version: 1, ...handed }));
  handsOut(first);
  writeFileSync(count, "");
  writeFileSync(program, `#!/bin/sh\necho start >> '${count}'\ncat '${credentials}'\n`);
  chmodSync(program, 0o700);
  writeFileSync(
    config,
    `[profile work]\ncredential_process = ${program}\n${settings}\n[profile other]\nregion = eu-west-1\n`,
  );
  return {
    environment: { ...noCredentials(folder), AWS_CONFIG_FILE: config, AWS_PROFILE: "work" },
    starts: () => readFileSync(count, "utf8").split("\n").length - 1,
    handsOut,
  };
}

/** An environment in which nobody is signed in, wherever the tests run. */
export function noCredentials(folder: string): Record<string, string> {
  return {
    AWS_CONFIG_FILE: join(folder, "no-config"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "no-credentials"),
    AWS_ACCESS_KEY_ID: "",
    AWS_SECRET_ACCESS_KEY: "",
    AWS_SESSION_TOKEN: "",
    AWS_PROFILE: "",
    AWS_REGION: "",
    AWS_DEFAULT_REGION: "",
    AWS_ENDPOINT_URL: "",
    AWS_CONTAINER_CREDENTIALS_FULL_URI: "",
    AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "",
    AWS_WEB_IDENTITY_TOKEN_FILE: "",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

/** Sets variables of this process. @returns what puts them back */
export function withEnvironment(variables: Record<string, string>): () => void {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}
