import assert from "node:assert/strict";
import { Command } from "commander";
import { badInput, ExitCode } from "../../common/errors";
import { command, forms, shared } from "../../operations/command";

interface Options {
  json?: boolean;
  markdown?: boolean;
  endpoint?: string;
  profile?: string;
  timeout?: string;
  yes?: boolean;
}

async function run(words: string[], aws: Parameters<typeof command>[0]["aws"] = {}) {
  const ran: Options[] = [];
  const said: string[] = [];
  const program = new Command("baseline")
    .exitOverride()
    .configureOutput({ writeErr: (text) => void said.push(text), writeOut: (text) => void said.push(text) });
  command<Options, { checked: true }>({
    name: "look",
    description: "look",
    options: [
      ...forms(["json", shared.json[1]], ["markdown", "print Markdown"]),
      ["--only <choice>", "one of two", { choices: ["a", "b"] }],
      shared.yes("do it"),
    ],
    ...(aws && { aws }),
    request: (options) => {
      if (options.yes) throw badInput("no", "No.", "Leave it.");
      return { checked: true };
    },
    run: (options, { checked }) => {
      assert.ok(checked);
      ran.push(options);
      return Promise.resolve(ExitCode.found);
    },
  })(program);
  const before = process.exitCode;
  try {
    await program.parseAsync(["look", ...words], { from: "user" });
    return { options: ran[0], exitCode: process.exitCode, said: said.join("") };
  } catch (error) {
    return { options: ran[0], error: (error as { code: string }).code, said: said.join("") };
  } finally {
    process.exitCode = before;
  }
}

describe("a command made of data", () => {
  it("gives what it was given and what stands there by default, and ends with its exit code", async () => {
    const { options, exitCode } = await run(["--json"]);
    assert.deepEqual([options, exitCode], [{ json: true, timeout: "3600" }, ExitCode.found]);
  });

  const refused: [words: string[], code: string][] = [
    [["--json", "--markdown"], "commander.conflictingOption"],
    [["--profile", "p", "--endpoint", "http://localhost:5000"], "commander.conflictingOption"],
    [["--only", "c"], "commander.invalidArgument"],
    [["--never"], "commander.unknownOption"],
    [["--yes"], "no"],
  ];
  for (const [words, code] of refused) {
    it(`refuses ${words.join(" ")}, and runs nothing`, async () => {
      const { options, error } = await run(words);
      assert.deepEqual([options, error], [undefined, code]);
    });
  }

  it("has an emulator only where it can be practised, and a limit only where it reads for long", async () => {
    const { said } = await run(["--help"], { practice: false, time: "" });
    assert.match(said, /--profile <name>/);
    assert.doesNotMatch(said, /--endpoint|--timeout/);
  });
});
