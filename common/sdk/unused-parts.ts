import Module, { createRequire } from "node:module";

/**
 * What Pulumi's SDK loads at its start and needs for few things: driving the CLI, and writing functions of a program as
 * text. Together they are 700 of its 1,200 modules, TypeScript among them, 0.9 s of CPU time and 70 MB.
 */
const parts = ["./automation", "./typescript-shim", "@npmcli/arborist"];

/**
 * Makes the SDK load these parts when something is read from them, instead of at its start. To be called before the SDK
 * is loaded. A part that the SDK does not have, or has loaded, stays as it is.
 */
export function loadPartsWhenUsed(): void {
  const sdk = createRequire(createRequire(__filename).resolve("@pulumi/pulumi/package.json"));
  for (const part of parts) {
    const path = resolved(sdk, part);
    if (path !== undefined && sdk.cache[path] === undefined) {
      const standIn = new Module(path);
      standIn.filename = path;
      standIn.loaded = true;
      standIn.exports = loadedWhenRead(() => {
        if (sdk.cache[path] === standIn) {
          delete sdk.cache[path];
        }
        return sdk(path) as object;
      });
      sdk.cache[path] = standIn;
    }
  }
}

function resolved(sdk: NodeJS.Require, part: string): string | undefined {
  try {
    return sdk.resolve(part);
  } catch {
    return undefined;
  }
}

function loadedWhenRead(load: () => object): object {
  return new Proxy(
    {},
    {
      // Asked by the code that imports a module, before anything is read from it.
      get: (_, name) => (name === "__esModule" ? true : (Reflect.get(load(), name) as unknown)),
      set: (_, name, value) => Reflect.set(load(), name, value),
      has: (_, name) => Reflect.has(load(), name),
      ownKeys: () => Reflect.ownKeys(load()),
      getOwnPropertyDescriptor: (_, name) => {
        const descriptor = Reflect.getOwnPropertyDescriptor(load(), name);
        return descriptor && { ...descriptor, configurable: true };
      },
    },
  );
}
