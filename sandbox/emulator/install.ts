import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { packageRoot, sandboxFolder } from "../../common/package-root";
import { withLock } from "./lock";
import { diskFull, explain, run } from "./pip";
import { findPython, type Python } from "./python";

/** How to start Python with moto in it. */
export interface Installed {
  readonly command: string;
  readonly environment: NodeJS.ProcessEnv;
}

interface Options {
  readonly directory?: string;
  readonly onProgress?: (message: string) => void;
  readonly signal?: AbortSignal;
}

const STAMP = "installed.json";

export function emulatorFile(name: "requirements.txt" | "serve.py"): string {
  return join(packageRoot(), "sandbox", "emulator", name);
}

/** Installs moto once, into a folder of its own; a second call finds it there. */
export async function installEmulator(options: Options = {}): Promise<Installed> {
  const python = await findPython(options.signal);
  const requirements = await readFile(emulatorFile("requirements.txt"));
  const hash = createHash("sha256").update(requirements).update(python.version).digest("hex").slice(0, 12);
  const directory = options.directory ?? sandboxFolder();
  const home = join(directory, `moto-${hash}`);
  try {
    return (await installed(home)) ?? (await installInto(home, directory, python, options));
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "ENOSPC" ? diskFull(error) : error;
  }
}

async function installInto(home: string, directory: string, python: Python, options: Options): Promise<Installed> {
  await mkdir(directory, { recursive: true });
  return withLock(`${home}.lock`, options.signal, async () => {
    const byAnother = await installed(home);
    if (byAnother !== undefined) {
      return byAnother;
    }
    options.onProgress?.(`installing the AWS emulator (moto) once, with ${python.command} ${python.version}`);
    // No stamp, no installation: what an interrupted one left is removed and done again.
    await rm(home, { recursive: true, force: true });
    try {
      const made = await install(home, python, options.signal);
      const stamp = join(home, STAMP);
      await writeFile(`${stamp}.new`, JSON.stringify(made));
      await rename(`${stamp}.new`, stamp);
      return use(made);
    } catch (error) {
      await rm(home, { recursive: true, force: true });
      throw error;
    }
  });
}

/** What the stamp says: Python in a virtual environment, or packages beside the system's Python. */
interface Stamp {
  readonly command: string;
  readonly packages?: string;
}

/** Nothing but the files whose hashes stand in the requirements, which name all there is to install. */
const checked = ["--no-deps", "--require-hashes"];

async function install(home: string, python: Python, signal?: AbortSignal): Promise<Stamp> {
  const requirements = emulatorFile("requirements.txt");
  const venv = await run(python.command, ["-I", "-m", "venv", home], signal);
  if (venv.code === 0) {
    const command = join(home, ...(process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"]));
    const pip = await run(command, ["-m", "pip", "install", ...checked, "-r", requirements], signal);
    if (pip.code !== 0) {
      throw explain(pip);
    }
    return { command };
  }
  // Debian and Ubuntu ship Python without venv or ensurepip.
  await rm(home, { recursive: true, force: true });
  const packages = join(home, "packages");
  await mkdir(packages, { recursive: true });
  const pip = await run(
    python.command,
    ["-m", "pip", "install", ...checked, "--target", packages, "-r", requirements],
    signal,
  );
  if (pip.code !== 0) {
    throw explain(pip);
  }
  return { command: python.command, packages };
}

async function installed(home: string): Promise<Installed | undefined> {
  const stamp = join(home, STAMP);
  if (!existsSync(stamp)) {
    return undefined;
  }
  const made = JSON.parse(await readFile(stamp, "utf8")) as Stamp;
  // A virtual environment does not survive that its folder is moved or renamed.
  return existsSync(made.packages ?? made.command) ? use(made) : undefined;
}

function use({ command, packages }: Stamp): Installed {
  return { command, environment: { ...process.env, PYTHONPATH: packages, PYTHONHOME: undefined } };
}
