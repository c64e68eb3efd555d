import { type ChildProcess } from "node:child_process";

/** Watches a child to its end, and brings the end about. */
export interface ProcessEnd {
  /** "exit code 1", "SIGKILL", or why it could not start. Never rejects. */
  readonly ended: Promise<string>;
  /** Asks, insists after two seconds, and resolves when it is gone. */
  terminate(): Promise<void>;
  /** What it said last on stderr, ready to stand after a sentence. */
  lastLines(): string;
}

const GRACE_MS = 2_000;

export function processEnd(child: ChildProcess): ProcessEnd {
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)));
  // Writing to a process that has just ended must not end ours.
  child.stdin?.on("error", () => undefined);
  let over = false;
  // The last resort, when our process ends without having stopped it. (Killed outright, we close its stdin, and it
  // ends by itself.)
  const lastResort = () => over || child.kill("SIGKILL");
  process.once("exit", lastResort);
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, signal) => resolve(signal ?? `exit code ${code}`));
  }).then((how) => {
    over = true;
    process.removeListener("exit", lastResort);
    return how;
  });
  return {
    ended,
    async terminate() {
      if (over) {
        return;
      }
      child.stdin?.end();
      child.kill("SIGTERM");
      const insist = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
      await ended;
      clearTimeout(insist);
    },
    lastLines() {
      const lines = said.split("\n").filter((line) => line.trim() !== "");
      return lines.length === 0 ? "" : ` It said last: ${lines.slice(-5).join(" / ")}`;
    },
  };
}
