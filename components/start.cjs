// `main` of this package. Pulumi runs it to serve the components to a program in another language; a program in TypeScript
// imports the components themselves.
const { join } = require("node:path");

const source = join(__dirname, "index.ts");

if (/[\\/]cmd[\\/]run-plugin[\\/]/.test(require.main?.filename ?? "")) {
  const { load, root } = require("../common/start/loader.cjs")(source);
  const { hostComponents } = load(join(root, "common", "sdk", "component-host.ts"));
  // Nothing is exported: Pulumi would serve exported components itself, and analyse all sources each time.
  void hostComponents(__dirname, load(source));
} else {
  module.exports = require("./index.ts");
}
