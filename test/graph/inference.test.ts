import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mock } from "node:test";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import { generateSchema } from "@pulumi/pulumi/provider/experimental/schema";
import { componentProvider } from "../../common/sdk/component-host";
import * as components from "../../components";
import { root } from "../support/graph";
import { scratch } from "../support/scratch";

/** Pulumi's own analyzer, which `pulumi package get-schema ./components` and other languages rely on. */
describe("components, as other languages see them", function () {
  this.timeout(180_000);
  const names = Object.entries(components)
    .filter(([, value]) => typeof value === "function")
    .map(([name]) => name);

  it("have arguments and outputs a schema can be inferred from, and this schema is served", async () => {
    const folder = join(root, "components");
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<
      "name" | "version" | "description",
      string
    >;
    const analyzed = new Analyzer(folder, manifest.name, manifest, new Set(names)).analyze();
    const { components: inferred, typeDefinitions, dependencies } = analyzed;
    assert.deepEqual(Object.keys(inferred).sort(), names.sort());
    assert.ok(inferred["AuditTrail"]?.inputs["objectLockDays"]?.description, "inputs carry their descriptions");
    assert.ok(inferred["AuditTrail"].outputs["trailArn"]);
    const { name, version, description } = manifest;
    const schema = generateSchema(name, version, description, inferred, typeDefinitions, dependencies);
    const served = JSON.parse(await componentProvider(folder, components).getSchema()) as unknown;
    assert.deepEqual(served, JSON.parse(JSON.stringify(schema)));
  });

  it("are analysed again when a source has changed, and only then", async () => {
    const folder = scratch("schema");
    const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
    const settings = (names: string[]) => {
      mkdirSync(join(folder, "args"), { recursive: true });
      write("args/args.ts", `export interface Args { ${names.map((name) => `${name}: string;`).join(" ")} }`);
    };
    const source = `import * as pulumi from "@pulumi/pulumi";
      import { Args } from "./args/args";
      export class Small extends pulumi.ComponentResource {
        public readonly made!: pulumi.Output<string>;
        constructor(name: string, args: Args, opts?: pulumi.ComponentResourceOptions) {
          super("small:index:Small", name, args, opts);
          this.made = pulumi.output("made of " + JSON.stringify(args));
        }
      }`;
    write("index.ts", source);
    write("package.json", `{ "name": "small", "version": "1.0.0", "main": "index.ts" }`);
    write("tsconfig.json", `{ "extends": "../../tsconfig.json", "files": ["index.ts"], "include": [] }`);
    const analyze = mock.method(Analyzer.prototype, "analyze");
    try {
      const inputs = async () => {
        // eslint-disable-next-line @typescript-eslint/no-require-imports -- the test wrote it
        const provider = componentProvider(folder, require(join(folder, "index.ts")) as object);
        const { resources } = JSON.parse(await provider.getSchema()) as {
          resources: Record<string, { inputProperties: object }>;
        };
        return [Object.keys(resources["small:index:Small"]!.inputProperties), analyze.mock.callCount()];
      };
      // A name that no earlier run had.
      const first = `first${Date.now()}`;
      settings([first]);
      assert.deepEqual(await inputs(), [[first], 1]);
      assert.deepEqual(await inputs(), [[first], 1]);
      settings([first, "second"]);
      assert.deepEqual(await inputs(), [[first, "second"], 2]);
      settings([first]);
      assert.deepEqual(await inputs(), [[first], 2]);
    } finally {
      analyze.mock.restore();
      rmSync(folder, { recursive: true });
    }
  });
});
