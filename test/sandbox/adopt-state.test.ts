import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { controlTags } from "../../components/foundation/tags";
import { type Emulator } from "../../sandbox/emulator";
import { createClients } from "../../sandbox/provider/clients";
import { startCli } from "../support/cli";
import { startEmulator } from "../support/emulator";
import { root } from "../support/graph";
import { scratch } from "../support/scratch";

const home = "us-east-1";
const stack = "adopt-state-test";
const file = join(root, `Pulumi.${stack}.yaml`);
const settings = `config:\n  aws:region: ${home}\n  aws:allowedAccountIds: ["123456789012"]\n`;
const role = "arn:aws:iam::ACCOUNT:role/baseline-trail-to-log-group";
const tags = Object.entries(controlTags("AuditTrail", {})).map(([Key, Value]) => ({ Key, Value }));

/** A `pulumi` that has the given state of any stack, or none. */
const stub = (state?: string) => `#!/bin/sh
case "$*" in
  version*) echo v3.260.0 ;;
  *--show-name*) ${state === undefined ? 'echo "error: no stack named x found" >&2; exit 6' : "echo x"} ;;
  *export*) echo '${state}' ;;
esac
`;
const stateOf = (account: string) =>
  JSON.stringify({
    version: 3,
    deployment: {
      resources: [
        {
          urn: "urn:pulumi:prod::aws-prevention-baseline::aws:iam/role:Role::baseline-audit-trail-role",
          type: "aws:iam/role:Role",
          id: "baseline-trail-to-log-group",
          outputs: { arn: role.replace("ACCOUNT", account) },
        },
      ],
    },
  });

describe("adopt, where a role has the baseline's name and tags", function () {
  this.timeout(60_000);
  let folder: string;
  let emulator: Emulator;

  before(async () => {
    folder = scratch("adopt-state");
    writeFileSync(file, settings);
    emulator = await startEmulator();
    const aws = createClients(emulator.endpoint, home);
    const trust = { Version: "2012-10-17", Statement: [] };
    await aws.iam().createRole({
      RoleName: "baseline-trail-to-log-group",
      AssumeRolePolicyDocument: JSON.stringify(trust),
      Tags: tags,
    });
    aws.destroy();
  });
  after(async () => {
    await emulator?.stop();
    rmSync(folder, { recursive: true, force: true });
    rmSync(file, { force: true });
  });

  const imports = /import +IAM role/;
  const guess = /is taken for\s+the\s+stack's\s+own/;
  const cases: [what: string, args: string[], pulumi: string | undefined, says: RegExp, not: RegExp][] = [
    ["imports it for a stack that was never made", ["--stack", stack], stub(), imports, guess],
    ["leaves it where the stack's state has it", ["--stack", stack], stub(stateOf("123456789012")), /1 more/, guess],
    ["says so where the state is of another account", ["--stack", stack], stub(stateOf("210987654321")), guess, imports],
    ["says so where no stack is named", ["--config", file], stub(), guess, imports],
    ["says so where there is no `pulumi`", ["--stack", stack], undefined, guess, imports],
  ]; // prettier-ignore
  for (const [what, args, pulumi, says, not] of cases) {
    it(what, async () => {
      const bin = join(folder, what.replaceAll(/\W/g, "-"));
      mkdirSync(bin);
      if (pulumi !== undefined) {
        writeFileSync(join(bin, "pulumi"), pulumi, { mode: 0o755 });
      }
      const PATH = pulumi === undefined ? "/usr/bin:/bin" : [bin, process.env["PATH"]].join(delimiter);
      const common = ["--regions", home, "--endpoint", emulator.endpoint, "--dry-run"];
      const { code, stdout, stderr } = await startCli(["adopt", ...common, ...args], { PATH }).ended;
      assert.match(stdout, says, stderr);
      assert.doesNotMatch(stdout, not);
      assert.equal(code, 0, stderr);
    });
  }
});
