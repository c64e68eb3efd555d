import assert from "node:assert/strict";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import { evaluateResource } from "aws-prevention-baseline-policy-pack/policies";
import { ruleIdentifiers } from "../../components/compliance-rules/compliance-rule-list";
import { ComplianceRules, type ComplianceRulesArgs } from "../../components/compliance-rules/compliance-rules";
import { ConfigRecording } from "../../components/config-recording/config-recording";
import { type Registration } from "../../engine/in-process/registration";
import { byRegion, declared, inputsText, place, removed } from "../support/declared";
import { ofType, only } from "../support/graph";

const ruleType = "aws:cfg/rule:Rule";
const regions = ["us-east-1", "eu-west-1", "eu-south-2"];
const settings = {
  maxAccessKeyAgeDays: 80,
  unusedCredentialDays: 45,
  excludeRules: [],
  revokeUnusedCredentials: false,
  minimumLength: 16,
  reusePrevention: 12,
  maxAgeDays: 60,
};

const rules =
  (args: Partial<ComplianceRulesArgs> = {}) =>
  () =>
    new ComplianceRules("rules", { ...place, regions, globalRegion: "eu-west-1", ...settings, ...args });

/** Identifiers of the rules, by region. */
async function identifiers(args: Partial<ComplianceRulesArgs>): Promise<Record<string, string[]>> {
  return identifiersIn(await declared(rules(args)));
}

function identifiersIn(all: Registration[]): Record<string, string[]> {
  const found = byRegion(all, ruleType);
  return Object.fromEntries(Object.entries(found).map(([region, each]) => [region, each.map(identifierOf)]));
}

function identifierOf({ inputs }: Registration): string {
  return (inputs["source"] as { sourceIdentifier: string }).sourceIdentifier;
}

const iamRule = /^(ACCESS_KEYS|IAM_USER|MFA_|ROOT_|IAM_ROOT|IAM_POLICY_NO)/;
const accountRule = /CLOUD_TRAIL|ACCOUNT_LEVEL|PASSWORD_POLICY/;

describe("ComplianceRules", () => {
  let all: Registration[];
  before(async () => (all = await declared(rules())));

  it("looks at IAM once, where IAM is recorded; at the account once, at home; at resources everywhere", () => {
    const found = identifiersIn(all);
    const where = (pattern: RegExp) => regions.filter((region) => found[region]?.some((each) => pattern.test(each)));
    assert.deepEqual(where(iamRule), ["eu-west-1"]);
    assert.deepEqual(where(accountRule), ["us-east-1"]);
    for (const region of regions) {
      assert.ok(found[region]?.includes("INCOMING_SSH_DISABLED"), region);
    }
    assert.deepEqual(new Set(Object.values(found).flat()), new Set(ruleIdentifiers), "every rule is somewhere");
  });

  const gaps: [region: string, identifier: string][] = [
    ["eu-south-2", "EBS_SNAPSHOT_PUBLIC_RESTORABLE_CHECK"],
    ["ap-east-2", "GUARDDUTY_ENABLED_CENTRALIZED"],
  ];
  for (const [region, identifier] of gaps) {
    it(`leaves out ${identifier} in ${region}, where AWS does not have it`, async () => {
      const found = await identifiers({ regions: ["us-east-1", region] });
      assert.ok(!found[region]?.includes(identifier));
      assert.ok(found["us-east-1"]?.includes(identifier));
    });
  }

  it("leaves out root's MFA in China and GovCloud, whose accounts have no root sign-in", async () => {
    for (const [partition, region] of [
      ["aws-cn", "cn-north-1"],
      ["aws-us-gov", "us-gov-west-1"],
    ] as const) {
      const found = await identifiers({ partition, region, regions: [region], globalRegion: region });
      assert.ok(!found[region]?.includes("ROOT_ACCOUNT_MFA_ENABLED"));
      assert.ok(found[region]?.includes("IAM_ROOT_ACCESS_KEY_CHECK"));
    }
  });

  it("says so when no region can look at IAM, and goes on with the rest", async () => {
    const said: string[] = [];
    const less = await declared(rules({ globalRegion: undefined }), (message) => said.push(message));
    assert.ok(!ofType(less, ruleType).some((each) => iamRule.test(identifierOf(each))));
    assert.ok(ofType(less, ruleType).some((each) => accountRule.test(identifierOf(each))));
    assert.match(said.join(), /cannot record IAM in any region/);
  });

  it("has AWS's own names behind the prefix, and a sentence on each", () => {
    const found = ofType(all, ruleType);
    const names = new Map(found.map((each) => [identifierOf(each), each.inputs["name"] as string]));
    assert.equal(names.get("INCOMING_SSH_DISABLED"), "baseline-restricted-ssh");
    assert.equal(names.get("MULTI_REGION_CLOUD_TRAIL_ENABLED"), "baseline-multi-region-cloudtrail-enabled");
    assert.equal(names.get("ACCESS_KEYS_ROTATED"), "baseline-access-keys-rotated");
    for (const { inputs } of found) {
      assert.match(inputs["description"] as string, /^[A-Z].{20,255}$/);
      assert.match(inputs["name"] as string, /^baseline-[a-z0-9-]{1,119}$/);
    }
  });

  it("gives a frequency to rules on a schedule only: AWS refuses it elsewhere", () => {
    const frequency = (identifier: string) =>
      ofType(all, ruleType).find((each) => identifierOf(each) === identifier)?.inputs["maximumExecutionFrequency"];
    assert.equal(frequency("ACCESS_KEYS_ROTATED"), "TwentyFour_Hours");
    assert.equal(frequency("MULTI_REGION_CLOUD_TRAIL_ENABLED"), "TwentyFour_Hours");
    assert.equal(frequency("VPC_DEFAULT_SECURITY_GROUP_CLOSED"), undefined);
    assert.equal(frequency("IAM_USER_NO_POLICIES_CHECK"), undefined);
    assert.equal(frequency("INCOMING_SSH_DISABLED"), undefined);
  });

  const explicit: [identifier: string, parameters: Record<string, string>][] = [
    ["ACCESS_KEYS_ROTATED", { maxAccessKeyAge: "80" }],
    ["IAM_USER_UNUSED_CREDENTIALS_CHECK", { maxCredentialUsageAge: "45" }],
    [
      "IAM_PASSWORD_POLICY",
      {
        MinimumPasswordLength: "16",
        PasswordReusePrevention: "12",
        MaxPasswordAge: "60",
        RequireLowercaseCharacters: "true",
        RequireUppercaseCharacters: "true",
        RequireNumbers: "true",
        RequireSymbols: "true",
      },
    ],
  ];
  for (const [identifier, parameters] of explicit) {
    it(`asks by ${identifier} for what the settings say`, async () => {
      const rule = ofType(await declared(rules()), ruleType).find((each) => identifierOf(each) === identifier);
      assert.deepEqual(JSON.parse(rule?.inputs["inputParameters"] as string), parameters);
    });
  }

  it("leaves out the rules named, and nothing else", async () => {
    const excludeRules = ["INCOMING_SSH_DISABLED", "ACCESS_KEYS_ROTATED"];
    const less = await identifiers({ excludeRules });
    const kept = (of: Record<string, string[]>) =>
      regions.map((region) => of[region]?.filter((each) => !excludeRules.includes(each)));
    assert.deepEqual(kept(less), kept(identifiersIn(all)));
    assert.ok(
      !Object.values(less)
        .flat()
        .some((each) => excludeRules.includes(each)),
    );
  });

  const wrong: [what: string, args: Partial<ComplianceRulesArgs>, said: RegExp][] = [
    ["a rule it does not have", { excludeRules: ["INCOMING_SSH_DISABELD"] }, /INCOMING_SSH_DISABELD/],
    [
      "revoking by a rule left out",
      { revokeUnusedCredentials: true, excludeRules: ["IAM_USER_UNUSED_CREDENTIALS_CHECK"] },
      /revokeUnusedCredentials/,
    ],
  ];
  for (const [what, args, said] of wrong) {
    it(`refuses ${what}, before anything is declared`, async () => {
      await assert.rejects(declared(rules(args)), said);
    });
  }

  it("loses exactly a region's own rules when the region goes", async () => {
    const gone = await removed(rules(), rules({ regions: ["us-east-1", "eu-south-2"], globalRegion: "eu-west-1" }));
    assert.ok(gone.length > 5 && gone.every((name) => name.endsWith("-eu-west-1")), gone.join());
  });

  it("comes after the recorders, without which AWS takes no rule", async () => {
    const both = await declared(() => {
      const recording = new ConfigRecording("config", {
        ...place,
        regions,
        createServiceLinkedRole: true,
        frequency: "CONTINUOUS",
        excludeResourceTypes: [],
      });
      new ComplianceRules("rules", { ...place, regions, ...settings }, { dependsOn: recording });
    });
    const types = both.map(({ type }) => type);
    assert.ok(types.lastIndexOf("aws:cfg/recorderStatus:RecorderStatus") < types.indexOf(ruleType));
  });

  for (const partition of ["aws-cn", "aws-us-gov"]) {
    it(`names nothing of another partition in ${partition}`, async () => {
      const elsewhere = await declared(rules({ partition, revokeUnusedCredentials: true }));
      assert.doesNotMatch(inputsText(elsewhere), /arn:aws:/);
    });
  }
});

describe("revoking unused credentials", () => {
  const remediation = "aws:cfg/remediationConfiguration:RemediationConfiguration";
  let all: Registration[];
  before(async () => (all = await declared(rules({ revokeUnusedCredentials: true }))));

  it("happens only when asked for", async () => {
    const without = await declared(rules());
    assert.deepEqual([...ofType(without, remediation), ...ofType(without, "aws:iam/role:Role")], []);
  });

  it("acts on the rule's findings by itself, after as many days as the rule", () => {
    const { inputs, dependencies } = only(all, remediation);
    const rule = ofType(all, ruleType).find(({ name }) => name.includes("unused-credentials"));
    assert.deepEqual(
      [inputs["configRuleName"], inputs["region"], inputs["automatic"], inputs["targetId"]],
      [rule?.inputs["name"], "eu-west-1", true, "AWSConfigRemediation-RevokeUnusedIAMUserCredentials"],
    );
    const parameters = new Map(
      (inputs["parameters"] as Record<string, string>[]).map(({ name, ...value }) => [name, value]),
    );
    assert.deepEqual(parameters.get("IAMResourceId"), { resourceValue: "RESOURCE_ID" });
    assert.deepEqual(parameters.get("MaxCredentialUsageAge"), { staticValue: "45" });
    assert.ok(parameters.has("AutomationAssumeRole"));
    assert.ok(
      dependencies.some((urn) => urn.includes("rolePolicy")),
      "a role without rights fails the first runs",
    );
  });

  it("passes the program's own policies", () => {
    for (const { urn, type, name, inputs } of all.filter(({ custom }) => custom)) {
      assert.deepEqual(evaluateResource({ urn, type, name, props: inputs }), [], name);
    }
  });

  const user = "arn:aws:iam::123456789012:user/team/mina";
  // AWS's runbooks belong to no account, but the simulator wants one.
  const definition = (document: string) => `arn:aws:ssm:eu-west-1:123456789012:automation-definition/${document}:1`;
  const mayDo: [allowed: boolean, action: string, resource: string][] = [
    [true, "iam:UpdateAccessKey", user],
    [true, "iam:DeleteLoginProfile", user],
    [true, "config:ListDiscoveredResources", "*"],
    [true, "ssm:StartAutomationExecution", definition("AWSConfigRemediation-RevokeUnusedIAMUserCredentials")],
    [false, "ssm:StartAutomationExecution", definition("AWS-RunShellScript")],
    [false, "iam:CreateAccessKey", user],
    [false, "iam:CreateLoginProfile", user],
    [false, "iam:AttachUserPolicy", user],
    [false, "iam:UpdateAccessKey", user.replace("123456789012", "999999999999")],
  ];
  for (const [allowed, action, resource] of mayDo) {
    it(`${allowed ? "allows" : "refuses"} its role ${action} on ${resource}`, async () => {
      const policy = JSON.parse(only(all, "aws:iam/rolePolicy:RolePolicy").inputs["policy"] as string) as object;
      const principal = "arn:aws:iam::123456789012:role/baseline-revoke-unused-credentials";
      const result = await runSimulation(
        {
          request: {
            action,
            principal,
            resource: { resource, accountId: "123456789012" },
            contextVariables: {},
          },
          identityPolicies: [{ name: "role", policy }],
          serviceControlPolicies: [],
          resourceControlPolicies: [],
        },
        {},
      );
      assert.notEqual(result.resultType, "error", JSON.stringify(result).slice(0, 300));
      assert.equal((result as { overallResult: string }).overallResult === "Allowed", allowed);
    });
  }

  it("lets only this account's automations take its role", () => {
    const trust = only(all, "aws:iam/role:Role").inputs["assumeRolePolicy"] as string;
    const { Statement } = JSON.parse(trust) as { Statement: Record<string, unknown>[] };
    assert.deepEqual(
      Statement.map(({ Principal, Condition }) => ({ Principal, Condition })),
      [
        {
          Principal: { Service: "ssm.amazonaws.com" },
          Condition: {
            StringEquals: { "aws:SourceAccount": "123456789012" },
            ArnLike: { "aws:SourceArn": "arn:aws:ssm:*:123456789012:automation-execution/*" },
          },
        },
      ],
    );
  });
});
