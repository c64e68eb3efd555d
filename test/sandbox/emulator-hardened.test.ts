import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { cli, emulated } from "../support/cli";
import { scratch } from "../support/scratch";

describe("emulator --hardened", function () {
  // The first start of a new version runs the program.
  this.timeout(600_000);

  const onceKept = () => emulated(["--hardened"], () => Promise.resolve());

  it("says first how the account was made, and takes a copy from the second time on", async () => {
    assert.match(
      (await onceKept()).stderr,
      /^(?:.*\n)*?The baseline is on it: (the program ran in|a copy of the account)/,
    );
    const { code, stderr } = await onceKept();
    assert.equal(code, 0);
    assert.match(
      stderr,
      /\nThe baseline is on it: a copy of the account that was hardened on \d{4}-\d\d-\d\d\.\nAccount /,
    );
  });

  it("is an account that drill, audit and respond work on, each start on one of its own", async () => {
    const folder = scratch("hardened");
    const done: Record<string, { code: number | null; stdout: string }> = {};
    const { stderr } = await emulated(["--hardened", "--break-in"], async (endpoint, told) => {
      const key = /respond -- (AKIA\w+)/.exec(await told(/respond -- AKIA/))?.[1] ?? "";
      done["drill"] = await cli("drill", "--yes", "--json", "--region", "us-east-1", "--endpoint", endpoint);
      done["leak"] = await cli("drill", "leak", "--yes", "--json", "--region", "us-east-1", "--endpoint", endpoint);
      done["audit"] = await cli("audit", "--json", "--endpoint", endpoint);
      done["respond"] = await cli("respond", key, "contain", "--apply", "--endpoint", endpoint, "--evidence", folder);
    });
    rmSync(folder, { recursive: true, force: true });
    assert.match(stderr, /has leaked, and somebody uses it/);
    // The emulator has no Access Analyzer, and an audit says that it could not read everything.
    const codes = Object.fromEntries(Object.entries(done).map(([verb, { code }]) => [verb, code]));
    assert.deepEqual(codes, { drill: 0, leak: 0, audit: 3, respond: 0 }, JSON.stringify(done).slice(0, 4000));
    assert.match(done["drill"]?.stdout ?? "", /"admits": \[/);
  });

  it("is none of the other kinds of account", async () => {
    for (const other of ["--empty", "--pulumi"]) {
      const { code, stdout, stderr } = await cli("emulator", "--hardened", other);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, /cannot be used with option/);
    }
  });
});
