import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { accountConfig, requireValidSettings } from "../../../../operations/apply/fleet/account-settings";
import { parseAccounts } from "../../../../operations/apply/fleet/accounts-file";
import { operatorStacks } from "../../../../operations/apply/fleet/export-operator";
import { exportSource } from "../../../../operations/apply/fleet/export-source";
import { project } from "../../../support/graph";
import { scratch } from "../../../support/scratch";

const parse = (text: string) => parseAccounts(text, "accounts.yaml").accounts;

describe("fleet: one stack, one account", () => {
  let folder: string;
  beforeEach(() => (folder = scratch("own-stack")));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("tells the provider which account it may touch, whatever else the stack file says", () => {
    const [account] = parse("accounts: [{ name: a, accountId: 111122223333 }]");
    assert.equal(accountConfig(account!, project.name)["aws:allowedAccountIds"], '["111122223333"]');
  });

  it("refuses a stack file of another account, as when that account's name was taken over", () => {
    const accounts = parse("accounts: [{ name: prod, accountId: 111122223333, config: { aws:region: us-east-1 } }]");
    const write = (id: string) =>
      writeFileSync(join(folder, "Pulumi.prod.yaml"), `config:\n  aws:allowedAccountIds: ["${id}"]\n`);
    write("999988887777");
    assert.throws(() => requireValidSettings(accounts, project, folder), {
      exitCode: 2,
      message: /prod:\n {2}aws:allowedAccountIds = \["999988887777"\]\n {4}allowed: 111122223333/,
    });
    write("111122223333");
    requireValidSettings(accounts, project, folder);
  });

  it("refuses settings by which calls need not reach AWS, of the stack file and of the accounts file", () => {
    const account = (more = "") => parse(`accounts: [{ name: prod, accountId: 111122223333, config: { aws:region: us-east-1${more} } }]`); // prettier-ignore
    const write = (line: string) => writeFileSync(join(folder, "Pulumi.prod.yaml"), `config:\n  ${line}\n`);
    const check = (accounts: ReturnType<typeof parse>, endpoint?: string) => () =>
      requireValidSettings(accounts, project, folder, endpoint);
    const lines = ["aws:insecure: true", "aws:config:skipRequestingAccountId: true", "aws:endpoints: [{ sts: https://evil.example }]"]; // prettier-ignore
    for (const line of lines) {
      write(line);
      assert.throws(check(account()), { exitCode: 2, message: /prod:\n {2}stack prod s(ets|ends) / }, line);
    }
    write("aws:insecure: false");
    assert.doesNotThrow(check(account()));
    assert.throws(check(account(", aws:skipCredentialsValidation: true")), { exitCode: 2 });
    assert.doesNotThrow(check(account(", aws:skipCredentialsValidation: true"), "http://localhost:5000"));
  });

  it("refuses two stacks whose settings would be in one file", () => {
    const text = `accounts:
  - { name: a, accountId: 111122223333, stack: acme/one/prod }
  - { name: b, accountId: 111122223334, stack: acme/two/prod }`;
    assert.throws(() => parse(text), { message: /accounts\[1\]\.stack = "acme\/two\/prod"\n.*Pulumi\.prod\.yaml/ });
  });

  it("gives each account a resource of its own in Kubernetes, though names become alike", () => {
    const accounts = parse(`accounts:
  - { name: Shop.eu, accountId: 111122223333 }
  - { name: shop-eu, accountId: 111122223334 }
  - { name: other, accountId: 111122223335 }`);
    const source = exportSource({ repo: "https://github.com/example/b.git", branch: "main" }, project.name);
    const stacks = parseAllDocuments(operatorStacks(accounts, source, (each) => accountConfig(each, project.name)));
    assert.deepEqual(
      stacks.map((each) => (each.toJS() as { metadata: { name: string } }).metadata.name),
      ["baseline-shop-eu-111122223333", "baseline-shop-eu-111122223334", "baseline-other"],
    );
  });
});
