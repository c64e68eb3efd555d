import Module, { createRequire } from "node:module";

// A package of its own: common/sdk/unused-parts.ts has the same for programs.
const parts = ["./automation", "@npmcli/arborist"];

interface Struct {
  toJavaScript(): object;
}
type Deserialize = (properties: Struct, ...more: unknown[]) => object;

/**
 * Leaves out what the SDKs do for nobody in the pack's process. To be imported before @pulumi/policy.
 *
 * The parts of Pulumi's SDK that drive the CLI and npm are loaded when something is read from them: 0.7 s of CPU time and
 * 35 MB. And the properties of a resource are read once, not once for each policy; no policy of this pack changes them.
 */
function doLess(): void {
  const load = createRequire(__filename);
  const sdk = createRequire(load.resolve("@pulumi/pulumi/package.json"));
  parts.forEach((part) => loadWhenUsed(sdk, part));
  readOnce(load("@pulumi/policy/deserialize") as { deserializeProperties: Deserialize });
}

function loadWhenUsed(sdk: NodeJS.Require, part: string): void {
  let path: string;
  try {
    path = sdk.resolve(part);
  } catch {
    return;
  }
  if (sdk.cache[path] !== undefined) {
    return;
  }
  const standIn = new Module(path);
  standIn.filename = path;
  standIn.loaded = true;
  const loaded = (): object => {
    if (sdk.cache[path] === standIn) {
      delete sdk.cache[path];
    }
    return sdk(path) as object;
  };
  // The first question is asked by the code that imports a module, before anything is read from it.
  const get = (_: object, name: string | symbol): unknown => name === "__esModule" || Reflect.get(loaded(), name);
  standIn.exports = new Proxy({}, { get });
  sdk.cache[path] = standIn;
}

function readOnce(module: { deserializeProperties: Deserialize }): void {
  const original = module.deserializeProperties;
  const known = new WeakMap<Struct, { more: string; read: object }>();
  module.deserializeProperties = (properties, ...more) => {
    const found = known.get(properties);
    if (found?.more === String(more)) {
      return found.read;
    }
    const read = original(properties, ...more);
    known.set(properties, { more: String(more), read });
    return read;
  };
}

doLess();
