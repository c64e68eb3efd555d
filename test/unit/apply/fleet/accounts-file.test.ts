import assert from "node:assert/strict";
import { type BaselineError } from "../../../../common/errors";
import { accountConfig, requireValidSettings } from "../../../../operations/apply/fleet/account-settings";
import { parseAccounts } from "../../../../operations/apply/fleet/accounts-file";
import { project, root } from "../../../support/graph";

const parse = (text: string) => parseAccounts(text, "accounts.yaml");
const message = (text: string): string => {
  try {
    parse(text);
  } catch (error) {
    assert.equal((error as BaselineError).exitCode, 2);
    return (error as BaselineError).message;
  }
  throw new Error("it was accepted");
};

describe("accounts file", () => {
  it("completes accounts from what all have in common; settings are merged, all else is replaced", () => {
    const { accounts } = parse(`
defaults:
  role: Deploy
  externalId: all-of-us
  via: { role: "arn:aws:iam::999988887777:role/Hub", externalId: hub-id }
  config: { aws:region: eu-west-1, namePrefix: acme }
accounts:
  - { name: prod, accountId: "111122223333" }
  - name: test
    accountId: 444455556666
    role: arn:aws:iam::444455556666:role/team/Own
    externalId: test-only
    stack: acme/baseline/testing
    config: { namePrefix: tt }
`);
    assert.deepEqual(accounts[0], {
      name: "prod",
      accountId: "111122223333",
      stack: "prod",
      roles: [
        { roleArn: "arn:aws:iam::999988887777:role/Hub", sessionName: "baseline-fleet", externalId: "hub-id" },
        { roleArn: "arn:aws:iam::111122223333:role/Deploy", sessionName: "baseline-fleet", externalId: "all-of-us" },
      ],
      config: { "aws:region": "eu-west-1", "aws-prevention-baseline:namePrefix": "acme" },
    });
    assert.equal(accounts[1]?.stack, "acme/baseline/testing");
    assert.equal(accounts[1]?.roles[1]?.externalId, "test-only");
    assert.equal(accounts[1]?.config["aws-prevention-baseline:namePrefix"], "tt");
  });

  it("keeps the first digit of an account id that YAML takes for a number", () => {
    assert.equal(parse("accounts: [{ name: a, accountId: 012345678901 }]").accounts[0]?.accountId, "012345678901");
  });

  it("makes a role's ARN for the partition of the account's region", () => {
    const { accounts } = parse(
      "accounts: [{ name: a, accountId: 111122223333, role: R, config: { aws:region: us-gov-west-1 } }]",
    );
    assert.equal(accounts[0]?.roles[0]?.roleArn, "arn:aws-us-gov:iam::111122223333:role/R");
  });

  it("tells every problem at once, each with its line", () => {
    const text = message(`defaults:
  rolle: x
accounts:
  - name: prod
    accountId: 11112222333
  - name: test
    accountId: "111122223334"
    regions:
      only: [us-esat-1]
`);
    assert.match(text, /accounts\.yaml has 3 problems; nothing was done/);
    assert.match(
      text,
      /accounts\.yaml:2: defaults\.rolle = "x"\n {4}allowed: no such key\. Did you mean role\? All known here: role, /,
    );
    assert.match(
      text,
      /accounts\.yaml:5: accounts\[0\]\.accountId = "11112222333"\n {4}allowed: an account id: 12 digits/,
    );
    assert.match(text, /accounts\.yaml:9: accounts\[1\]\.regions\.only\[0\] = "us-esat-1"/);
  });

  const refused: [string, string, RegExp][] = [
    [
      "the same name twice",
      "accounts: [{name: a, accountId: 111122223333}, {name: a, accountId: 111122223334, stack: b}]",
      /name = "a"\n.*has it already: accounts\[0\]/,
    ],
    [
      "the same account twice",
      "accounts: [{name: a, accountId: 111122223333}, {name: b, accountId: 111122223333}]",
      /accountId = "111122223333"\n.*has it already/,
    ],
    [
      "the same stack twice",
      "accounts: [{name: a, accountId: 111122223333}, {name: b, accountId: 111122223334, stack: a}]",
      /stack = "a"\n.*has it already/,
    ],
    [
      "two stacks that would share a stack file",
      "accounts: [{name: a, accountId: 111122223333, stack: one/p/x}, {name: b, accountId: 111122223334, stack: two/p/x}]",
      /accounts\[1\]\.stack = "two\/p\/x"\n.*accounts\[0\] \(one\/p\/x\) has its settings in Pulumi\.x\.yaml too/,
    ],
    ["an alias without an anchor", "accounts: [*nobody]", /Cannot read accounts\.yaml: Unresolved alias/],
    [
      "a role of another account",
      "accounts: [{name: a, accountId: 111122223333, role: 'arn:aws:iam::999988887777:role/x'}]",
      /a role of account 111122223333/,
    ],
    [
      "an external id without a role",
      "accounts: [{name: a, accountId: 111122223333, externalId: abc}]",
      /a role, since there are via or externalId/,
    ],
    [
      "only and exclude together",
      "accounts: [{name: a, accountId: 111122223333, regions: {only: [us-east-1], exclude: [us-east-2]}}]",
      /either only or exclude/,
    ],
    ["an account without an id", "accounts: [{name: a}]", /accountId = \(not set\)/],
    ["no account at all", "accounts: []", /at least one of accounts and organization/],
    ["a list in place of a map", "- a", /not a map/],
    ["what is no YAML", "accounts: [", /Cannot read accounts\.yaml: line \d+/],
    ["a key given twice", "accounts: []\naccounts: []", /Cannot read accounts\.yaml: line 2/],
    ["a wrong unit", "organization: { ou: [prod] }", /organization\.ou\[0\] = "prod"\n.*the id of a unit/],
  ];
  for (const [what, text, says] of refused) {
    it(`refuses ${what}`, () => assert.match(message(text), says));
  }
});

describe("settings of the accounts", () => {
  it("are all regions of the partition but those named", () => {
    const [account] = parse(
      "accounts: [{ name: a, accountId: 111122223333, regions: { only: [us-east-1] } }]",
    ).accounts;
    const excluded = JSON.parse(
      accountConfig(account!, project.name)["aws-prevention-baseline:excludeRegions"] ?? "",
    ) as string[];
    assert.ok(excluded.includes("eu-west-1") && !excluded.includes("us-east-1") && !excluded.includes("us-gov-west-1"));
  });

  it("are parsed as the program will, for all accounts, before the first is touched", () => {
    const { accounts } = parse(`
defaults: { config: { aws:region: us-east-1 } }
accounts:
  - { name: good, accountId: 111122223333 }
  - { name: bad, accountId: 111122223334, config: { namePrefix: BAD } }
  - { name: worse, accountId: 111122223335, config: { passwordPolicy: { minimumLenght: 3 } } }
`);
    assert.throws(
      () => requireValidSettings(accounts, project, root),
      (error: BaselineError) => {
        assert.deepEqual([error.code, error.exitCode], ["invalid-settings", 2]);
        assert.match(
          error.message,
          /2 of 3 account\(s\)[^]*bad:\n {2}namePrefix = "BAD"[^]*worse:\n {2}passwordPolicy\.minimumLenght = 3/,
        );
        assert.doesNotMatch(error.message, /good/);
        return true;
      },
    );
  });
});
