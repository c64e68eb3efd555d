import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type ValidateFunction } from "ajv";
import fc from "fast-check";
import { parse, stringify } from "yaml";
import { settingsFromConfig } from "../../../components/stack-config";
import { parseAccounts } from "../../../operations/apply/fleet/accounts-file";
import { withDefaults } from "../../../engine/stack-files/stack-file";
import { root } from "../../support/graph";

const schemaOf = (name: string) => JSON.parse(readFileSync(join(root, "schemas", name), "utf8")) as object;
const ajv = new Ajv({ strict: false, allErrors: true, formats: { email: true, uuid: true } });
ajv.addSchema(schemaOf("stack.schema.json"), "stack.schema.json");
const stackFile = ajv.getSchema("stack.schema.json") as ValidateFunction;
const accountsFile = ajv.compile(schemaOf("accounts.schema.json"));
const name = "aws-prevention-baseline";

/** Whether the program takes the settings of a stack file. */
function isTaken(config: Record<string, unknown>): boolean {
  try {
    settingsFromConfig(name, withDefaults({ name, defaults: {} }, config));
    return true;
  } catch {
    return false;
  }
}

const slack = { workspaceId: "T07EA123LEP", channelId: "C07EZ1ABC23" };
const vpc = { region: "us-east-1", vpcId: "vpc-0123456789abcdef0" };

describe("JSON schema of a stack file", () => {
  it("takes the example file", () => {
    const file: unknown = parse(readFileSync(join(root, "Pulumi.example.yaml"), "utf8"));
    assert.ok(stackFile(file), JSON.stringify(stackFile.errors));
  });

  it("is what the first line of the example file names", () => {
    const [first = ""] = readFileSync(join(root, "Pulumi.example.yaml"), "utf8").split("\n");
    assert.equal(first, "# yaml-language-server: $schema=schemas/stack.schema.json");
  });

  const right: Record<string, unknown>[] = [
    {},
    { alertChannel: { slack: [slack] }, [`${name}:namePrefix`]: "acme" },
    { ssmEndpoints: { vpcs: [{ ...vpc, subnetIds: ["subnet-0123456789abcdef0"] }] } },
    { tags: '{"team": "a"}', excludeRegions: '["eu-west-1"]', permissionsBoundary: "" },
    { adopt: { skip: ["ThreatDetection@eu-west-1", "Backup"], import: { "a-b": "x@us-east-1" } } },
    { "aws:allowedAccountIds": ["123456789012"], "github:environment": "prod", [`${name}:config:namePrefix`]: "x" },
    { threatDetection: { unavailableFeatures: { "sa-west-1": ["RDS_LOGIN_EVENTS"] } }, homeRegion: "eu-west-1" },
  ];
  for (const config of right) {
    it(`takes ${JSON.stringify(config)}, and so does the program`, () => {
      assert.ok(stackFile({ config }), JSON.stringify(stackFile.errors));
      assert.ok(isTaken({ "aws:region": "us-east-1", ...config }));
    });
  }

  const wrong: Record<string, unknown>[] = [
    { alertChanel: {} },
    { [`${name}:wat`]: 1 },
    { "aws-prevention-basline:namePrefix": "x" },
    { "other:namePrefix": "x" },
    { "aws:config:tags": {} },
    { passwordPolicy: { minimumLenght: 14 } },
    { passwordPolicy: { minimumLength: 5 } },
    { passwordPolicy: { minimumLength: 14.5 } },
    { passwordPolicy: [] },
    { passwordPolicy: "on" },
    { homeRegion: "moon-1" },
    { namePrefix: "sg-1" },
    { namePrefix: "two--hyphens" },
    { excludeRegions: ["eu-wset-3"] },
    { excludeRegions: "eu-west-1" },
    { excludeRegions: Array.from({ length: 501 }, () => "eu-west-1") },
    { tags: { "aws:a": "b" } },
    { tags: null },
    { alertChannel: { slack: [{ ...slack, name: "a" }] } },
    { alertChannel: { slack: [{ workspaceId: slack.workspaceId }] } },
    { auditTrail: { logGroupRetentionDays: 100 } },
    { billingAlarm: { monthlyBudget: 0 } },
    { backup: { complianceLockAfterDays: 2 } },
    { adopt: { skip: ["AlertChannel"] } },
    { adopt: { skip: ["PasswordPolicy@eu-west-1"] } },
    { threatDetection: { features: { S3_LOGS: "ENABLED" } } },
    { supportRole: { enabled: "yes" } },
  ];
  for (const config of wrong) {
    it(`refuses ${JSON.stringify(config).slice(0, 90)}, and so does the program`, () => {
      assert.ok(!stackFile({ config }));
      assert.ok(!isTaken({ "aws:region": "us-east-1", ...config }));
    });
  }

  it("refuses nothing that the program takes", () => {
    const example = parse(readFileSync(join(root, "Pulumi.example.yaml"), "utf8")) as {
      config: Record<string, unknown>;
    };
    // Each setting of the example with one value in it replaced.
    const paths = leaves(example.config);
    const value = fc.oneof(
      fc.constantFrom(
        ...["", "x", "eu-west-1", "us-east-1", "a@example.com", "DAILY", "contain", "ENABLED", "AWS::S3::Object"],
      ),
      fc.constantFrom<unknown>(0, 1, 3, 14, 90, 400, 1000, true, false, null, 0.5, -1),
      fc.constantFrom<unknown>([], ["eu-west-1"], ["a@example.com"], [50, 50], {}, { a: "b" }, [vpc], [slack], [[]]),
    );
    let taken = 0;
    fc.assert(
      fc.property(fc.constantFrom(...paths), value, (path, given) => {
        const config = structuredClone(example.config);
        put(config, path, given);
        if (isTaken(config)) {
          taken += 1;
          assert.ok(
            stackFile({ config }),
            `${path.join(".")} = ${JSON.stringify(given)}: ${JSON.stringify(stackFile.errors)}`,
          );
        }
      }),
      { numRuns: 1500 },
    );
    assert.ok(taken > 50, `${taken} were taken`);
  });

  it("refuses what the program refuses for its own sake, and lets pass what only the whole can decide", () => {
    const alone = [
      { excludeRegions: ["us-east-1", "us-east-1"] },
      { trailAlarms: { enabled: true }, auditTrail: { enabled: false } },
    ];
    for (const config of alone) {
      assert.ok(stackFile({ config }));
      assert.ok(!isTaken({ "aws:region": "us-east-1", ...config }));
    }
  });
});

describe("JSON schema of accounts.yaml", () => {
  const account = { name: "prod", accountId: "111122223333" };
  const isRead = (file: unknown) => {
    try {
      parseAccounts(stringify(file), "accounts.yaml");
      return true;
    } catch {
      return false;
    }
  };
  const example = /```yaml\n(# accounts\.yaml\n[\s\S]*?)```/.exec(
    readFileSync(join(root, "docs", "fleet.md"), "utf8"),
  )?.[1];

  it("takes the example of docs/fleet.md", () => {
    assert.ok(accountsFile(parse(example ?? "")), JSON.stringify(accountsFile.errors));
  });

  const cases: [holds: boolean, file: unknown][] = [
    [true, { accounts: [account] }],
    [true, { accounts: [{ ...account, accountId: 111122223333 }] }],
    [true, { accounts: [{ ...account, role: "Deploy", regions: { only: ["eu-west-1"] } }] }],
    [true, { organization: { ou: ["ou-ab12-11111111"], tags: { a: "b" } } }],
    [false, { acounts: [account] }],
    [false, { accounts: [{ ...account, nmae: "x" }] }],
    [false, { accounts: [{ name: "prod" }] }],
    [false, { accounts: [{ ...account, accountId: "12" }] }],
    [false, { accounts: [{ ...account, regions: { only: ["eu-west-1"], exclude: ["us-east-1"] } }] }],
    [false, { accounts: [{ ...account, regions: { only: [] } }] }],
    [false, { accounts: [{ ...account, via: { externalId: "xy" } }] }],
    [false, { accounts: account }],
    [false, { organization: { ou: ["x"] } }],
  ];
  for (const [holds, file] of cases) {
    it(`${holds ? "takes" : "refuses"} ${JSON.stringify(file)}, and so does fleet`, () => {
      assert.equal(accountsFile(file), holds, JSON.stringify(accountsFile.errors));
      assert.equal(isRead(file), holds);
    });
  }

  it("knows the settings of an account", () => {
    const withConfig = (config: object) => accountsFile({ accounts: [{ ...account, config }] });
    assert.ok(withConfig({ "aws:region": "eu-west-1", alertChannel: { emails: ["a@example.com"] } }));
    assert.ok(!withConfig({ alertChanel: {} }));
    assert.ok(!withConfig({ passwordPolicy: { minimumLength: "long" } }));
  });
});

type Path = string[];

function leaves(value: unknown, path: Path = []): Path[] {
  return typeof value === "object" && value !== null && !Array.isArray(value) && path.length < 2
    ? [
        ...(path.length > 0 ? [path] : []),
        ...Object.entries(value).flatMap(([key, each]) => leaves(each, [...path, key])),
      ]
    : [path];
}

function put(value: Record<string, unknown>, [first = "", ...rest]: Path, given: unknown): void {
  if (rest.length === 0) {
    value[first] = given;
  } else {
    put(value[first] as Record<string, unknown>, rest, given);
  }
}
