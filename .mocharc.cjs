const { statSync } = require("node:fs");
const { availableParallelism } = require("node:os");
const { loadOptions } = require("mocha/lib/cli/options.cjs");

/** The kinds of tests; the slowest first, so that no core waits for one of them at the end. */
const kinds = ["sandbox", "engine", "graph", "policy", "unit"];

// `npm run test:unit` runs that kind alone.
const [, only] = /^test:(\w+)$/.exec(process.env.npm_lifecycle_event ?? "") ?? [];

// mocha adds what stands here to the files that somebody asks for, so it must be empty then.
const asked = loadOptions([...process.argv.slice(2), "--no-config", "--no-package"])._;

/** The slowest file by far. Begun last, it would be waited for at the end. */
const first = "test/unit/components/mfa-actions.test.ts";

/** Globs of a kind. mocha runs each file once, where it is first named. */
const specOf = (kind) => [...(first.includes(`/${kind}/`) ? [first] : []), `test/${kind}/**/*.test.ts`];

module.exports = {
  require: ["./scripts/register.cjs"],
  reporter: "./scripts/reporter.cjs",
  timeout: 20000,
  sort: false,
  spec: asked.length > 0 ? [] : (only ? [only] : kinds).flatMap(specOf),
  // One file alone is run in mocha's own process, where its output appears at once and a debugger finds it.
  parallel: !(asked.length === 1 && statSync(asked[0], { throwIfNoEntry: false })?.isFile()),
  jobs: availableParallelism(),
};
