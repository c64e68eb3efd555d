import { createRequire } from "node:module";

type Log = (message: string, ...about: unknown[]) => Promise<void>;
type Logs = Record<"debug" | "info" | "warn" | "error", Log>;

const load = createRequire(__filename);

const waitMs = 50;
const mostCharacters = 64 * 1024;

/**
 * Sends the lines that Pulumi's SDK logs for debugging in few calls to the engine instead of one for each line, four for
 * every resource. The engine shows them with `--debug` only. All arrive, in the same order.
 */
export function sendDebugLinesTogether(): void {
  const sdk = load("@pulumi/pulumi/log") as Logs;
  const { rpcKeepAlive } = load("@pulumi/pulumi/runtime/settings") as { rpcKeepAlive: () => () => void };
  const original = { ...sdk };
  let lines: string[] = [];
  let characters = 0;
  let sent = (): void => undefined;
  let timer: NodeJS.Timeout | undefined;
  const send = (): void => {
    if (lines.length > 0) {
      clearTimeout(timer);
      void original.debug(lines.join("\n"));
      lines = [];
      characters = 0;
      sent();
    }
  };
  sdk.debug = (message, ...about) => {
    if (about.some((each) => each !== undefined)) {
      send();
      return original.debug(message, ...about);
    }
    if (lines.length === 0) {
      // Until then the SDK must not close the connection.
      sent = rpcKeepAlive();
      timer = setTimeout(send, waitMs);
    }
    lines.push(message);
    characters += message.length;
    if (characters > mostCharacters) {
      send();
    }
    return Promise.resolve();
  };
  for (const level of ["info", "warn", "error"] as const) {
    sdk[level] = (message, ...about) => {
      send();
      return original[level](message, ...about);
    };
  }
}
