import { spawn } from "node:child_process";
import { BaselineError } from "../../common/errors";

export interface Finished {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a command to its end and keeps what it said; ended when the signal fires. */
export async function run(command: string, args: string[], signal?: AbortSignal): Promise<Finished> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const environment = {
      ...process.env,
      PIP_DISABLE_PIP_VERSION_CHECK: "1",
      PIP_NO_INPUT: "1",
      PYTHONPATH: undefined,
    };
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], env: environment, windowsHide: true });
    let output = "";
    const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-20_000));
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    const abort = () => child.kill("SIGTERM");
    signal?.addEventListener("abort", abort, { once: true });
    child.once("error", reject);
    child.once("close", (code) => {
      signal?.removeEventListener("abort", abort);
      if (signal?.aborted) {
        reject(signal.reason as Error);
      } else {
        resolve({ code, output });
      }
    });
  });
}

/** What a failed installation means to the reader. */
export function explain({ output }: Finished): BaselineError {
  if (/No space left on device|ENOSPC|Disk quota exceeded/i.test(output)) {
    return diskFull();
  }
  if (/No module named pip|No module named ensurepip|ensurepip is not/i.test(output)) {
    return new BaselineError(
      "pip-missing",
      "The practice account is installed with pip, and this Python has none.",
      "Install it (Debian, Ubuntu: apt-get install python3-pip python3-venv; else: python3 -m ensurepip) and try again.",
    );
  }
  if (/No matching distribution found|Could not find a version/i.test(output) && !/Connection|connect/i.test(output)) {
    return new BaselineError(
      "pip-version-missing",
      `The package registry does not offer a version that the practice account needs: ${lastLine(output)}`,
      "Check which registry pip uses (pip config list) and that it mirrors all of PyPI.",
    );
  }
  if (
    /Failed to establish a new connection|ConnectionError|ConnectTimeout|ReadTimeout|NameResolution|Max retries|No matching distribution|ProxyError|SSLError|Could not fetch URL/i.test(
      output,
    )
  ) {
    return new BaselineError(
      "pip-offline",
      "The practice account could not be installed, because pip cannot reach the package registry.",
      "Connect to the network, or point pip to your mirror (PIP_INDEX_URL), and try again: it is needed once only.",
    );
  }
  return new BaselineError(
    "pip-failed",
    `The practice account could not be installed: ${lastLine(output)}`,
    "Try again; if it stays, delete the folder .sandbox and look at the output of pip install -r sandbox/emulator/requirements.txt.",
  );
}

export function diskFull(cause?: unknown): BaselineError {
  return new BaselineError(
    "disk-full",
    "The practice account could not be installed, because the disk is full.",
    "Free about 200 MB and try again.",
    1,
    { cause },
  );
}

function lastLine(output: string): string {
  const lines = output.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "" && !line.startsWith("[notice]")).at(-1) ?? "no output";
}
