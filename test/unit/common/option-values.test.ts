import assert from "node:assert/strict";
import { Command } from "commander";
import { requireValues } from "../../../common/option-values";

describe("the value of an option", () => {
  function parsed(...argv: string[]) {
    const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
    let found: object | undefined;
    program
      .command("run")
      .option("--folder <name>")
      .option("--done <items...>")
      .option("--seconds <number>", "", Number)
      .option("--apply")
      .action((options: object) => void (found = options));
    requireValues(program);
    program.parse(["run", ...argv], { from: "user" });
    return found;
  }

  const taken: [string[], object][] = [
    [["--folder", "a", "--apply"], { folder: "a", apply: true }],
    [["--folder", "-a"], { folder: "-a" }],
    [["--done", "a", "b", "--apply"], { done: ["a", "b"], apply: true }],
    [["--done", "a", "--done", "b"], { done: ["a", "b"] }],
    [["--seconds", "5"], { seconds: 5 }],
  ];
  for (const [argv, options] of taken) {
    it(`is taken: ${argv.join(" ")}`, () => assert.deepEqual({ ...parsed(...argv) }, options));
  }

  for (const argv of [
    ["--folder", "--apply"],
    ["--done", "--apply"],
    ["--seconds", "--apply"],
  ]) {
    it(`is no other option: ${argv.join(" ")}`, () =>
      assert.throws(() => parsed(...argv), /--apply is an option, and no value/));
  }
});
