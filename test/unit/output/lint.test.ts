import assert from "node:assert/strict";
import { Linter } from "eslint";

describe("the lint rules for what people read", () => {
  let problemsOf: (source: string, options?: object) => string[];
  before(async () => {
    const file: string = "../../../scripts/lint/output-rules.mjs";
    const { default: output } = (await import(file)) as {
      default: NonNullable<Linter.Config["plugins"]>[string];
    };
    problemsOf = (source, options = {}) =>
      new Linter()
        .verify(source, {
          plugins: { output },
          rules: { "output/one-way-out": ["error", options], "output/commands-from-builder": "error" },
        })
        .map(({ ruleId, message }) => ruleId ?? message);
  });

  const terminal = "output/one-way-out";
  const command = "output/commands-from-builder";
  const refused: [source: string, rule: string][] = [
    ['process.stdout.write("x");', terminal],
    ['process["stderr"].write("x");', terminal],
    ["const { stdout } = process;", terminal],
    ["const out = process.stdout;", terminal],
    ['terminal.output.write("x");', terminal],
    ['this.stream.write("x");', terminal],
    ['output.write("x");', terminal],
    ['import { writeFileSync } from "node:fs";', terminal],
    ['import { writeFile } from "node:fs/promises";', terminal],
    ["const a = `aws iam get-user --user-name ${name}`;", command],
    ['const a = "aws iam get-user";', command],
    ['const a = "aws iam get-role --role-name " + name;', command],
    ["const a = `  pulumi up --stack ${stack}`;", command],
    ["const a = `npm run respond -- ${key}`;", command],
    ['const a = "Run it again with `npm run plan`.";', command],
    ['const a = "Pipe it in: npx baseline changed";', command],
    ["const a = `baseline drift --stack ${stack}`;", command],
    ["const a = `Sign in with \\`aws sso login --profile ${profile}\\`, then run it again.`;", command],
    ["const a = `Run pulumi stack select --stack ${stack}`;", command],
  ];
  for (const [source, rule] of refused) {
    it(`refuse ${source}`, () => assert.deepEqual([...new Set(problemsOf(source))], [rule]));
  }

  const allowed = [
    'import { print } from "../../common/terminal"; print("x");',
    'import { readFileSync } from "node:fs";',
    'response.write("x");',
    'const a = awsCommand("iam", "get-user", { "user-name": name });',
    'const a = "Check the account: `aws sts get-caller-identity`.";',
    'const a = "`pulumi preview` shows each change before it is made.";',
    "const a = `pulumi ended with exit code ${code}`;",
    "const a = `aws:${key}`;",
    'import { aws } from "aws iam";',
  ];
  for (const source of allowed) {
    it(`let pass ${source}`, () => assert.deepEqual(problemsOf(source), []));
  }

  it("let evidence, locks and the sandbox write files of their own", () =>
    assert.deepEqual(problemsOf('import { writeFileSync } from "node:fs";', { files: false }), []));
});
