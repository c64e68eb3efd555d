import assert from "node:assert/strict";
import { type EngineEvent } from "@pulumi/pulumi/automation";
import { engineError, explainEngine } from "../../../engine/pulumi/engine-failure";
import { PulumiExit } from "../../../engine/pulumi/pulumi-command";
import { isTransient } from "../../../operations/apply/fleet/retry";

// As Pulumi 3.260 said them, but for those of AWS, which are as the AWS plugin and the SDKs hand them on.
const cases: { what: string; exitCode: number; said: string; code: string; exits: number; says: RegExp }[] = [
  {
    what: "an unknown stack",
    exitCode: 6,
    said: "error: no stack named 'prod' found",
    code: "unknown-stack",
    exits: 2,
    says: /There is no stack prod\./,
  },
  {
    what: "what cannot name a stack",
    exitCode: 1,
    said: "error: a stack name may not be empty",
    code: "unknown-stack",
    exits: 2,
    says: /"prod" is not the name of a stack\./,
  },
  {
    what: "a wrong passphrase",
    exitCode: 1,
    said: "error: getting stack configuration: get stack secrets manager: incorrect passphrase",
    code: "wrong-passphrase",
    exits: 2,
    says: /passphrase for the secrets of stack prod is wrong/,
  },
  {
    what: "no passphrase",
    exitCode: 1,
    said: "error: getting stack configuration: get stack secrets manager: passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables",
    code: "wrong-passphrase",
    exits: 2,
    says: /There is no passphrase/,
  },
  {
    what: "no sign-in to Pulumi",
    exitCode: 3,
    said: "error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions",
    code: "not-signed-in",
    exits: 2,
    says: /not signed in/,
  },
  {
    what: "a locked stack",
    exitCode: 1,
    said: "error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with `pulumi cancel`.\n  file:///b/.pulumi/locks/organization/tiny/one/50f1.json?no_tmp_dir=true: created by ci@runner (pid 10949) at 2026-11-22T02:58:46Z",
    code: "stack-locked",
    exits: 1,
    says: /locked by another run \(ci@runner, process 10949, since 2026-11-22T02:58:46Z\)/,
  },
  {
    what: "a stack Pulumi Cloud is updating",
    exitCode: 1,
    said: "error: [409] Conflict: Another update is currently in progress.",
    code: "stack-locked",
    exits: 1,
    says: /locked by another run\./,
  },
  {
    what: "an interruption",
    exitCode: 8,
    said: "error: update canceled",
    code: "interrupted",
    exits: 130,
    says: /was interrupted/,
  },
  {
    what: "wrong settings",
    exitCode: 1,
    said: 'The settings have 1 problem; nothing was created.\n  namePrefix = "BAD"\n    allowed: lower-case letters',
    code: "invalid-settings",
    exits: 2,
    says: /namePrefix = "BAD"/,
  },
  {
    what: "no AWS plugin",
    exitCode: 255,
    said: "error: could not create provider for resource: no resource plugin 'pulumi-resource-aws' found in the workspace at version v7.48.0 or on your $PATH, install the plugin using `pulumi plugin install resource aws v7.48.0`",
    code: "no-aws-plugin",
    exits: 2,
    says: /plugin of Pulumi is not installed/,
  },
  {
    what: "an AWS plugin that cannot be downloaded",
    exitCode: 255,
    said: "error: Could not automatically download and install resource plugin 'pulumi-resource-aws' at version v7.48.0, install the plugin using `pulumi plugin install resource aws v7.48.0`",
    code: "no-aws-plugin",
    exits: 2,
    says: /could not be downloaded/,
  },
  {
    what: "a setting that is missing",
    exitCode: 1,
    said: "Missing required configuration variable 'tiny:absent'\n\tplease set a value using the command `pulumi config set tiny:absent <value>`",
    code: "invalid-settings",
    exits: 2,
    says: /Missing required configuration variable 'tiny:absent'/,
  },
  {
    what: "an expired token",
    exitCode: 1,
    said: "error: operation error STS: GetCallerIdentity, https response error StatusCode: 403, api error ExpiredToken: The security token included in the request is expired",
    code: "credentials-expired",
    exits: 1,
    says: /have expired/,
  },
  {
    what: "no credentials",
    exitCode: 1,
    said: "error: No valid credential sources found. Please see https://www.pulumi.com/registry/packages/aws/",
    code: "no-credentials",
    exits: 1,
    says: /no AWS credentials/,
  },
  {
    what: "a key AWS does not know",
    exitCode: 1,
    said: "error: operation error STS: GetCallerIdentity, https response error StatusCode: 403, api error InvalidClientTokenId: The security token included in the request is invalid.",
    code: "credentials-refused",
    exits: 1,
    says: /does not know the credentials/,
  },
  {
    what: "anything else",
    exitCode: 255,
    said: "error: an unhandled error occurred: something new",
    code: "engine-failed",
    exits: 1,
    says: /something new/,
  },
];

describe("why the engine failed", () => {
  for (const { what, exitCode, said, code, exits, says } of cases) {
    it(`${what}: ${code}`, () => {
      const error = engineError({ exitCode, said, stack: "prod" });
      assert.deepEqual([error.code, error.exitCode], [code, exits]);
      assert.match(error.message, says);
      assert.ok(error.next.length > 0);
      assert.equal(isTransient(error), false, "nobody is asked to try again what stays as it is");
    });
  }

  it("tells what its events say of resources, without the stack's own 'update failed' and without colour marks", () => {
    const diagnostic = (message: string) => ({ diagnosticEvent: { severity: "error", message } }) as EngineEvent;
    const events = [diagnostic("<{%fg 1%}>creating bucket: AccessDenied<{%reset%}>\n"), diagnostic("update failed\n")];
    const error = explainEngine(new PulumiExit(1, "", "error: update failed"), events, "prod");
    assert.match(error.message, /^The Pulumi engine failed\.\ncreating bucket: AccessDenied\n/);
    assert.doesNotMatch(error.message, /update failed/);
  });

  it("leaves what did not come from the CLI as it is", () => {
    const own = new TypeError("ours");
    assert.equal(explainEngine(own, [], "prod"), own);
  });

  it("takes a throttled run for a passing failure", () => {
    const said =
      "error: creating trail: operation error CloudTrail: CreateTrail, api error ThrottlingException: Rate exceeded";
    assert.equal(isTransient(engineError({ exitCode: 1, said, stack: "prod" })), true);
  });
});
