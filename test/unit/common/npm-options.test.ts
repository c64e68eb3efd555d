import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { requirePassedOptions } from "../../../common/npm-options";
import { scratch } from "../../support/scratch";

/** `npm run X --option` without `--`: npm keeps the option. Environment and log as npm 10 and 11 leave them. */
describe("options that npm keeps for itself", () => {
  let cache: string;
  before(() => {
    cache = scratch("npm-options");
    mkdirSync(join(cache, "_logs"));
  });
  after(() => rmSync(cache, { recursive: true, force: true }));

  const program = () => {
    const all = new Command("baseline");
    const fleet = all.command("fleet");
    fleet.command("up").option("--only <glob>").option("--yes").option("--dry-run").option("--no-who");
    fleet.command("matrix").option("--only <glob>");
    all.command("respond").option("--apply").option("--prefix <name>");
    return all;
  };
  let logs = 0;
  const logged = (...argv: string[]) => {
    const name = `2026-11-28T10_00_00_${String((logs += 1)).padStart(3, "0")}Z-debug-0.log`;
    const line = argv.map((each) => JSON.stringify(each)).join(" ");
    writeFileSync(join(cache, "_logs", name), `0 verbose cli /usr/bin/node\n8 verbose argv ${line}\n9 verbose end\n`);
  };
  const run = (script: string | undefined, argv: string[], exported: Record<string, string> = {}) =>
    requirePassedOptions(program(), {
      argv,
      environment: {
        npm_config_cache: cache,
        npm_config_prefix: "/usr",
        ...(script && { npm_lifecycle_event: script }),
        ...Object.fromEntries(Object.entries(exported).map(([name, value]) => [`npm_config_${name}`, value])),
      },
    });

  const kept: [what: string, typed: string[], argv: string[], exported: Record<string, string>, option: string][] = [
    ["an option npm knows", ["fleet", "up", "--dry-run"], ["up"], { dry_run: "true" }, "--dry-run"],
    ["an option with a value", ["fleet", "up", "--yes=1"], ["up"], { yes: "1" }, "--yes"],
    ["one npm has deprecated and exports nowhere", ["fleet", "matrix", "--only", "prod"], ["matrix"], {}, "--only"],
    ["the same with =", ["fleet", "up", "--only=prod"], ["up"], {}, "--only"],
    ["a negated one", ["fleet", "up", "--no-who"], ["up"], { who: "" }, "--no-who"],
    [
      "a word of npm's own letters",
      ["respond", "mina", "--all", "--parseable", "--parseable", "--long", "--yes"],
      ["mina"],
      { all: "true", parseable: "true", long: "true", yes: "true" },
      "--apply",
    ],
    ["one of two", ["fleet", "up", "--only", "a", "--", "--yes"], ["up", "--yes"], {}, "--only"],
  ];
  for (const [what, typed, argv, exported, option] of kept) {
    it(`are refused: ${what}`, () => {
      logged("run", ...typed);
      assert.throws(() => run(typed[0], argv, exported), {
        code: "options-not-passed",
        exitCode: 2,
        message: new RegExp(`npm took ${option} for its own.*\\n.*npm run ${typed[0]} -- ${option}`),
      });
    });
  }

  const passed: [what: string, typed: string[], script: string | undefined, argv: string[], Record<string, string>?][] =
    [
      ["with --", ["fleet", "--", "up", "--only", "prod", "--yes"], "fleet", ["up", "--only", "prod", "--yes"]],
      ["without any", ["fleet", "up"], "fleet", ["up"], { yes: "", dry_run: "false" }],
      ["without npm", ["install", "--only", "prod"], undefined, ["fleet", "up"], { yes: "true" }],
      ["of another script", ["release", "--dry-run"], "release", ["fleet", "up"], { dry_run: "true" }],
      ["with npm's own prefix", ["respond", "--", "mina"], "respond", ["mina"]],
      ["given both ways", ["fleet", "--yes", "--", "up", "--yes"], "fleet", ["up", "--yes"], { yes: "true" }],
    ];
  for (const [what, typed, script, argv, exported] of passed) {
    it(`are none: ${what}`, () => {
      logged("run", ...typed);
      assert.doesNotThrow(() => run(script, argv, exported));
    });
  }

  it("are none where npm keeps no log", () => {
    rmSync(join(cache, "_logs"), { recursive: true });
    assert.doesNotThrow(() => run("fleet", ["up"]));
  });
});
