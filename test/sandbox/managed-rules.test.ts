import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { complianceRuleList } from "../../components/compliance-rules/compliance-rule-list";
import { globalTypesRegion } from "../../components/config-recording/global-types-region";
import { RuleScope, RuleTrigger } from "../../components/compliance-rules/managed-rule";
import { installEmulator } from "../../sandbox/emulator/install";
import { root } from "../support/graph";

interface KnownRule {
  "AWS Region": string;
  "Trigger type": string;
  Parameters: { Name: string; Optional: boolean; Default?: string }[];
}

/** What the installed emulator knows of AWS's managed rules, read from AWS's own pages. */
function knownRules(): Record<string, KnownRule> | undefined {
  const file = emulators().flatMap((python) =>
    pythons(python).map((each) => join(each, "site-packages/moto/config/resources/aws_managed_rules.json.gz")),
  );
  const found = file.find((each) => existsSync(each));
  const text = found && gunzipSync(readFileSync(found)).toString();
  return text ? (JSON.parse(text) as { ManagedRules: Record<string, KnownRule> }).ManagedRules : undefined;
}

function emulators(): string[] {
  const folder = join(root, ".sandbox");
  return existsSync(folder) ? readdirSync(folder).map((each) => join(folder, each, "lib")) : [];
}

function pythons(lib: string): string[] {
  return existsSync(lib) ? readdirSync(lib).map((each) => join(lib, each)) : [];
}

/** Regions by the names AWS's pages have for them; those a baseline can meet. */
const regionNames: Record<string, string> = {
  "af-south-1": "Africa (Cape Town)",
  "ap-east-1": "Asia Pacific (Hong Kong)",
  "ap-east-2": "Asia Pacific (Taipei)",
  "ap-south-2": "Asia Pacific (Hyderabad)",
  "ap-southeast-3": "Asia Pacific (Jakarta)",
  "ap-southeast-4": "Asia Pacific (Melbourne)",
  "ap-southeast-5": "Asia Pacific (Malaysia)",
  "ap-southeast-6": "Asia Pacific (New Zealand)",
  "ap-southeast-7": "Asia Pacific (Thailand)",
  "ca-west-1": "Canada West (Calgary)",
  "cn-north-1": "China (Beijing)",
  "cn-northwest-1": "China (Ningxia)",
  "eu-central-2": "Europe (Zurich)",
  "eu-south-1": "Europe (Milan)",
  "eu-south-2": "Europe (Spain)",
  "il-central-1": "Israel (Tel Aviv)",
  "me-central-1": "Middle East (UAE)",
  "me-south-1": "Middle East (Bahrain)",
  "mx-central-1": "Mexico (Central)",
  "us-gov-east-1": "AWS GovCloud (US-East)",
  "us-gov-west-1": "AWS GovCloud (US-West)",
};

const triggers: Record<string, string> = {
  [RuleTrigger.periodic]: "Periodic",
  [RuleTrigger.changes]: "Configuration changes",
  [RuleTrigger.both]: "Configuration changes and Periodic",
};

const options = {
  maxAccessKeyAgeDays: 90,
  unusedCredentialDays: 90,
  excludeRules: [],
  revokeUnusedCredentials: false,
  minimumLength: 14,
  reusePrevention: 24,
  maxAgeDays: 90,
};

describe("the Config rules, beside what AWS says of them", function () {
  this.timeout(300_000);
  let known: Record<string, KnownRule>;

  before(async () => {
    await installEmulator();
    const rules = knownRules();
    assert.ok(rules, "the emulator is installed without its list of AWS's rules");
    known = rules;
  });

  for (const rule of complianceRuleList) {
    it(`${rule.identifier} exists, is triggered as we say, and takes our parameters`, () => {
      const aws = known[rule.identifier];
      assert.ok(aws, "no such rule");
      assert.equal(triggers[rule.trigger], aws["Trigger type"]);
      const given = rule.parameters?.(options) ?? {};
      const names = aws.Parameters.map(({ Name }) => Name);
      assert.ok(
        Object.keys(given).every((name) => names.includes(name)),
        Object.keys(given).join(),
      );
      const needed = aws.Parameters.filter(({ Optional, Default }) => !Optional || Default !== undefined);
      assert.deepEqual(
        needed.map(({ Name }) => Name).filter((name) => !(name in given)),
        [],
        "the API has no defaults",
      );
    });

    it(`${rule.identifier} is left out exactly where AWS does not have it`, () => {
      const said = known[rule.identifier]?.["AWS Region"] ?? "";
      const lacking = Object.keys(regionNames).filter((region) => said.includes(regionNames[region] ?? "?"));
      // Rules on IAM go to one region only, and never to one that cannot record IAM.
      const reachable = lacking.filter(
        (region) => rule.scope !== RuleScope.iam || globalTypesRegion(region, [region]) === region,
      );
      assert.deepEqual([...(rule.unavailableIn ?? [])].sort(), reachable.sort());
    });
  }
});
