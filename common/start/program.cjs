// Where Pulumi starts a program of this package (`main` in package.json): the index.ts of the folder it runs in.
const { realpathSync } = require("node:fs");
const { join } = require("node:path");
const loaderFor = require("./loader.cjs");

const program = realpathSync(join(process.cwd(), "index.ts"));
module.exports = loaderFor(program).load(program);
