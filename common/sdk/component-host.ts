import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { main } from "@pulumi/pulumi/provider";
import { ComponentProvider, getPulumiComponents } from "@pulumi/pulumi/provider/experimental";
import { writeWhole } from "../files";
import { makeFolders } from "../folders";
import { packageRoot } from "../package-root";

/**
 * Serves components to programs in other languages, as Pulumi does with what a package exports.
 *
 * @param folder whole path of the package, with package.json and the sources
 * @param exported what its entry module exports
 */
export function hostComponents(folder: string, exported: object): Promise<void> {
  return main(componentProvider(folder, exported), process.argv.slice(2));
}

/**
 * Pulumi's provider of components, which remembers their schema. Pulumi infers the schema with TypeScript's compiler, which
 * takes 14 s of CPU time and 700 MB. It is kept under node_modules/.cache, under a hash of all it was inferred from.
 */
export function componentProvider(folder: string, exported: object): ComponentProvider {
  const { name } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { name: string };
  return new RememberingProvider({ name, dirname: folder, components: getPulumiComponents(exported) });
}

interface Definition {
  outputs: object;
}

class RememberingProvider extends ComponentProvider {
  override async getSchema(): Promise<string> {
    const file = schemaFile(this.options.dirname!);
    const schema = read(file) ?? keep(file, await super.getSchema());
    // Where the SDK looks for what it has inferred: the schema, and the outputs of each component.
    Object.assign(this, { cachedSchema: schema, componentDefinitions: definitions(schema) });
    return schema;
  }
}

function definitions(schema: string): Record<string, Definition> {
  const { resources } = JSON.parse(schema) as { resources: Record<string, { properties: object }> };
  const entries = Object.entries(resources).map(([token, { properties }]) => [
    token.split(":").at(-1)!,
    { outputs: properties },
  ]);
  return Object.fromEntries(entries) as Record<string, Definition>;
}

/** A name of its own for all that a schema depends on: sources, and the SDKs whose types they use. */
function schemaFile(folder: string): string {
  const hash = createHash("sha256");
  const load = createRequire(join(folder, "package.json"));
  const versions = ["@pulumi/pulumi", "@pulumi/aws", "typescript"].map((each) => load.resolve(`${each}/package.json`));
  for (const file of [...versions, ...inputs(folder), ...inputs(join(packageRoot(), "common"))]) {
    hash.update(file).update("\0").update(readFileSync(file)).update("\0");
  }
  return join(packageRoot(), "node_modules", ".cache", "schemas", `${hash.digest("hex").slice(0, 32)}.json`);
}

function inputs(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return entries.filter((file) => /\.(ts|json)$/.test(file)).map((file) => join(folder, file));
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function keep(file: string, schema: string): string {
  try {
    makeFolders(dirname(file));
    writeWhole(file, schema);
  } catch {
    // Not every user may write there: then it is inferred again the next time.
  }
  return schema;
}
