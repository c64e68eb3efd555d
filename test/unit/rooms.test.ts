import assert from "node:assert/strict";
import { join } from "node:path";
import { Linter } from "eslint";
import tseslint from "typescript-eslint";
import { root } from "../support/graph";

describe("the lint rule for rooms", () => {
  let problemsOf: (file: string, source: string) => string[];
  before(async () => {
    const file: string = "../../scripts/lint/rooms.mjs";
    const { default: rooms } = (await import(file)) as { default: NonNullable<Linter.Config["plugins"]>[string] };
    problemsOf = (path, source) =>
      new Linter({ cwd: root })
        .verify(
          source,
          {
            files: ["**/*.ts"],
            languageOptions: { parser: tseslint.parser },
            plugins: { rooms },
            rules: { "rooms/arrows": "error" },
          },
          { filename: join(root, path) },
        )
        .map(({ ruleId, message }) => ruleId ?? message);
  });

  const refused: [file: string, source: string][] = [
    ["common/a.ts", 'import { ask } from "../aws/ask";'],
    ["aws/a.ts", 'import { type Step } from "../engine/host";'],
    ["aws/a.ts", 'export * from "../operations/command";'],
    ["aws/a.ts", 'export { command } from "../operations/command";'],
    ["aws/a.ts", 'const report = await import("../operations/output/report.js");'],
    ["aws/a.ts", "const report = await import(`../operations/output/report.js`);"],
    ["aws/a.ts", 'const report = require("../operations/output/report");'],
    ["aws/a.ts", 'type Report = import("../operations/output/report").Report;'],
    ["engine/pulumi/a.ts", 'import { controls } from "../../components/controls";'],
    ["components/backup/backup.ts", 'import { ask } from "../../aws/ask";'],
    ["components/backup/backup.ts", 'import { verify } from "./verify";'],
    ["policy-pack/policies/a.ts", 'import { globMatches } from "../../common/glob";'],
    ["operations/watch/a.ts", 'import { startEmulator } from "../../sandbox/emulator";'],
    ["sandbox/demo/a.ts", 'import "../../cli";'],
  ];
  for (const [file, source] of refused) {
    it(`refuses in ${file}: ${source}`, () => assert.deepEqual(problemsOf(file, source), ["rooms/arrows"]));
  }

  const allowed: [file: string, source: string][] = [
    ["aws/a.ts", 'import { printable } from "../common/printable";'],
    ["components/backup/verify.ts", 'import { type AwsClients } from "../../aws/clients";'],
    ["operations/watch/a.ts", 'import { controls } from "../../components/controls";'],
    ["sandbox/demo/a.ts", 'import { driftAsText } from "../../operations/watch/drift/render";'],
    ["cli.ts", 'import { demoCommand } from "./sandbox/demo/command";'],
    ["policy-pack/policies/a.ts", 'import { readDocument } from "../iam/document";'],
  ];
  for (const [file, source] of allowed) {
    it(`lets pass in ${file}: ${source}`, () => assert.deepEqual(problemsOf(file, source), []));
  }
});
