import assert from "node:assert/strict";
import { PassThrough, Writable } from "node:stream";
import { BaselineError } from "../../../common/errors";
import { type Terminal } from "../../../common/terminal";
import { type Credentials } from "../../../aws/account-clients";
import { AwsSession } from "../../../aws/session";
import { type Ended } from "./scenario";

const own: Credentials = { accessKeyId: "AKIAACCOUNTA", secretAccessKey: "s" };

/**
 * Runs a command in this process, as the command line does.
 *
 * @param perTry milliseconds after which a try ends
 * @param credentials given for each request. Default: always the same
 */
export async function ending(
  endpoint: string,
  run: (session: AwsSession, terminal: Terminal) => Promise<number>,
  { perTry = 20_000, credentials = () => own }: { perTry?: number; credentials?: () => Credentials | undefined } = {},
): Promise<Ended> {
  let printed = "";
  const result = new Writable({
    write: (chunk: Buffer, _, done) => {
      printed += chunk.toString();
      done();
    },
  });
  try {
    const session = await AwsSession.open({
      ...{ endpoint, region: "us-east-1" },
      credentials: () => Promise.resolve(credentials() ?? own),
      trying: { patience: { perTry, perFile: perTry, perCall: 20_000 }, tries: 2, retryMode: "standard" },
    });
    try {
      const output = new Writable({ write: (_, __, done) => done() });
      const code = await run(session, { input: new PassThrough(), output, result });
      session.requireIdentity();
      return { code, printed, json: JSON.parse(printed) as Record<string, unknown> };
    } finally {
      session.close();
    }
  } catch (error) {
    assert.ok(error instanceof BaselineError, (error as Error).stack);
    return { code: error.exitCode, error, printed };
  }
}
