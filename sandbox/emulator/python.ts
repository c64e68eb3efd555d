import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { BaselineError } from "../../common/errors";

export interface Python {
  readonly command: string;
  readonly version: string;
}

/** What moto 5.2 asks for. */
const OLDEST: readonly [number, number] = [3, 10];

const CANDIDATES = ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10", "python"];

const PROBE = "import sys; print('.'.join(map(str, sys.version_info[:3])))";

/** The first Python on PATH that moto runs on. */
export async function findPython(signal?: AbortSignal): Promise<Python> {
  const tooOld: string[] = [];
  for (const command of CANDIDATES) {
    const version = await versionOf(command, signal);
    signal?.throwIfAborted();
    if (version === undefined) {
      continue;
    }
    if (isRecent(version)) {
      return { command, version };
    }
    tooOld.push(`${command} is ${version}`);
  }
  const oldest = OLDEST.join(".");
  throw tooOld.length === 0
    ? new BaselineError(
        "python-missing",
        "The practice account needs Python, and there is none on PATH.",
        `Install Python ${oldest} or later (https://www.python.org/downloads/) and try again.`,
      )
    : new BaselineError(
        "python-too-old",
        `The practice account needs Python ${oldest} or later: ${tooOld.join(", ")}.`,
        `Install Python ${oldest} or later and put it on PATH; an older one may stay.`,
      );
}

async function versionOf(command: string, signal?: AbortSignal): Promise<string | undefined> {
  try {
    // -I: neither PYTHONPATH nor the current folder can change what is found. Shims of pyenv answer with an error
    // when the version they name is not installed, and take a while, hence the time limit.
    const options = { timeout: 20_000, signal, windowsHide: true };
    const { stdout } = await promisify(execFile)(command, ["-I", "-c", PROBE], options);
    return /^\d+\.\d+\.\d+/.exec(stdout.trim())?.[0];
  } catch {
    return undefined;
  }
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}
