import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BaselineError } from "../../common/errors";
import { type Emulator, startEmulator } from "../../sandbox/emulator";

/** A Python of shell script, alone on PATH: what it answers is set by the environment. */
const STUB = `#!/bin/sh
case "$*" in
  *version_info*) echo "$STUB_VERSION" ;;
  *"-m venv"*)
    [ -n "$STUB_VENV_SAYS" ] && { echo "$STUB_VENV_SAYS"; exit 1; }
    for home; do :; done
    /bin/mkdir -p "$home/bin" && /bin/cp "$0" "$home/bin/python" ;;
  *"-m pip"*)
    echo "$*" >> "$STUB_LOG"
    [ -n "$STUB_PIP_SAYS" ] && { echo "$STUB_PIP_SAYS" >&2; exit 1; }
    /bin/sleep 0.2 ;;
  *serve.py*)
    [ -n "$STUB_SERVE_SAYS" ] && { echo "$STUB_SERVE_SAYS" >&2; exit 3; }
    echo "{\\"port\\": 1, \\"moto\\": \\"stub\\", \\"python\\": \\"$PYTHONPATH\\"}"
    exec /bin/cat ;;
esac
`;

describe("emulator installation", function () {
  this.timeout(20_000);
  const before = { ...process.env };
  let folder: string;
  let directory: string;
  const emulators: Emulator[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "emulator-"));
    directory = join(folder, ".sandbox");
    mkdirSync(join(folder, "bin"));
    writeFileSync(join(folder, "bin", "python3"), STUB, { mode: 0o755 });
    process.env["PATH"] = join(folder, "bin");
    process.env["STUB_VERSION"] = "3.12.1";
    process.env["STUB_LOG"] = join(folder, "log");
  });
  afterEach(async () => {
    process.env = { ...before };
    await Promise.all(emulators.splice(0).map((each) => each.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  const start = async (signal?: AbortSignal) => {
    const emulator = await startEmulator({ directory, signal });
    emulators.push(emulator);
    return emulator;
  };
  const installations = () =>
    existsSync(join(folder, "log")) ? readFileSync(join(folder, "log"), "utf8").trim().split("\n") : [];
  const failing = async (code: string, says: RegExp) => {
    await assert.rejects(start(), (error) => {
      assert.ok(error instanceof BaselineError, String(error));
      assert.equal(error.code, code);
      assert.match(error.message, says);
      assert.ok(error.next.length > 20, "what to do");
      return true;
    });
    assert.deepEqual(existsSync(directory) ? readdirSync(directory) : [], [], "nothing half done is left");
  };

  it("installs once", async () => {
    await start();
    await start();
    assert.equal(installations().length, 1);
  });

  it("installs once when two start at the same time", async () => {
    await Promise.all([start(), start(), start()]);
    assert.equal(installations().length, 1);
  });

  it("installs again for another Python", async () => {
    await start();
    process.env["STUB_VERSION"] = "3.13.0";
    await start();
    assert.equal(installations().length, 2);
  });

  it("does an interrupted installation again", async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 150);
    await assert.rejects(start(abort.signal), { name: "AbortError" });
    assert.deepEqual(readdirSync(directory), []);
    await start();
    assert.ok(readdirSync(directory).some((name) => existsSync(join(directory, name, "installed.json"))));
  });

  it("takes over from an installation that was killed", async () => {
    await start();
    const [home = ""] = readdirSync(directory);
    rmSync(join(directory, home, "installed.json"));
    mkdirSync(join(directory, `${home}.lock`));
    // No process has this number: it is beyond the largest that Linux and macOS give.
    writeFileSync(join(directory, `${home}.lock`, "owner"), "99999999");
    await start();
    assert.equal(installations().length, 2);
  });

  for (const venvSays of ["", "ensurepip is not available."]) {
    it(`installs again once the folder was moved${venvSays && ", packages beside Python too"}`, async () => {
      process.env["STUB_VENV_SAYS"] = venvSays;
      await start();
      await Promise.all(emulators.splice(0).map((each) => each.stop()));
      renameSync(directory, join(folder, "moved"));
      directory = join(folder, "moved");
      await start();
      assert.equal(installations().length, 2);
    });
  }

  it("puts packages beside Python where venv is missing", async () => {
    process.env["STUB_VENV_SAYS"] =
      "The virtual environment was not created successfully because ensurepip is not available.";
    const { versions } = await start();
    assert.match(
      installations().join(),
      /-m pip install --no-deps --require-hashes --target .*packages -r .*requirements\.txt/,
    );
    assert.match(versions.python, /\.sandbox\/moto-[0-9a-f]{12}\/packages$/, "PYTHONPATH");
  });

  it("says that there is no Python", async () => {
    rmSync(join(folder, "bin", "python3"));
    await failing("python-missing", /needs Python, and there is none on PATH/);
  });

  it("says that Python is too old", async () => {
    process.env["STUB_VERSION"] = "3.9.18";
    await failing("python-too-old", /needs Python 3\.10 or later: python3 is 3\.9\.18/);
  });

  const failures: [string, string, RegExp][] = [
    ["/usr/bin/python3: No module named pip", "pip-missing", /Python has none/],
    [
      "WARNING: Retrying after connection broken by 'NewConnectionError: Failed to establish a new connection: [Errno -2]'\nERROR: Could not find a version that satisfies the requirement moto==5.2.5 (from versions: none)\nERROR: No matching distribution found for moto==5.2.5",
      "pip-offline",
      /cannot reach the package registry/,
    ],
    [
      "ERROR: No matching distribution found for moto==5.2.5",
      "pip-version-missing",
      /does not offer a version .* moto==5\.2\.5/,
    ],
    [
      "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
      "disk-full",
      /the disk is full/,
    ],
    ["ERROR: something nobody foresaw", "pip-failed", /something nobody foresaw/],
  ];
  for (const [output, code, says] of failures) {
    it(`says ${code}`, async () => {
      process.env["STUB_PIP_SAYS"] = output;
      await failing(code, says);
    });
  }

  it("says what an emulator that does not start said last", async () => {
    process.env["STUB_SERVE_SAYS"] = "ModuleNotFoundError: No module named 'moto'";
    await assert.rejects(start(), (error: BaselineError) => {
      assert.equal(error.code, "emulator-not-ready");
      assert.match(
        error.message,
        /ended at once \(exit code 3\)\. It said last: ModuleNotFoundError: No module named 'moto'/,
      );
      return true;
    });
  });
});
