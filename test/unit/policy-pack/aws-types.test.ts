import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { policies } from "../../../policy-pack/policies";
import { pairs } from "../../policy/pairs";

// The pack names types and properties as strings, so that it need not load @pulumi/aws. This is what a compiler would
// have checked: every name is in the installed package's declarations.
const aws = dirname(require.resolve("@pulumi/aws/package.json"));
const nestedTypes = readFileSync(join(aws, "types/input.d.ts"), "utf8");

type Shape = Map<string, { namespace: string; name: string } | undefined>;

function shapeOf(body: string): Shape {
  const lines = body.matchAll(/^ *(\w+)\??: (.*);$/gm);
  return new Map(
    [...lines].map(([, property, type]) => {
      const [, namespace, name] = /inputs\.(\w+)\.(\w+)/.exec(type!) ?? [];
      return [property!, namespace === undefined ? undefined : { namespace, name: name! }];
    }),
  );
}

function body(source: string, start: RegExp, end: RegExp): string {
  const from = source.search(start);
  assert.ok(from >= 0, `${start} is not declared`);
  return source.slice(from, from + source.slice(from).search(end));
}

function nestedShape({ namespace, name }: { namespace: string; name: string }): Shape {
  const within = body(nestedTypes, new RegExp(`^export declare namespace ${namespace} \\{`, "m"), /^\}/m);
  return shapeOf(body(within, new RegExp(`^ {4}interface ${name} \\{`, "m"), /^ {4}\}/m));
}

/** Notes every property that is read, as a path without indexes. */
function recording(value: unknown, read: Set<string>, path: string[] = []): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => recording(each, read, path));
  return new Proxy(value, {
    get: (target, key) => {
      if (typeof key !== "string") return undefined;
      read.add([...path, key].join("."));
      return recording((target as Record<string, unknown>)[key], read, [...path, key]);
    },
  });
}

function propertiesRead(type: string): string[] {
  const read = new Set<string>();
  for (const props of [pairs[type]!.bad, pairs[type]!.good]) {
    for (const policy of policies.filter((each) => each.resourceTypes.includes(type))) {
      policy.evaluate({ type, name: "n", urn: "u", props: recording(props, read) as Record<string, unknown> }, {});
    }
  }
  return [...read];
}

describe("names in the pack's tables", () => {
  const types = [...new Set(policies.flatMap(({ resourceTypes }) => resourceTypes))];

  it("have a pair each", () => assert.deepEqual(Object.keys(pairs).sort(), types.sort()));

  for (const type of types) {
    it(`${type} is a resource of @pulumi/aws, and so is every input that is read`, () => {
      const [, module, name] = /^aws:([\w/]+):(\w+)$/.exec(type)!;
      assert.match(readFileSync(join(aws, `${module}.js`), "utf8"), new RegExp(`__pulumiType = '${type}'`));
      const top = shapeOf(
        body(readFileSync(join(aws, `${module}.d.ts`), "utf8"), new RegExp(`interface ${name}Args \\{`), /^\}/m),
      );
      const read = propertiesRead(type);
      assert.ok(read.length > 0);
      for (const path of read) {
        let shape = top;
        for (const [index, property] of path.split(".").entries()) {
          assert.ok(shape.has(property), `${type} has no input ${path}`);
          const nested = shape.get(property);
          if (nested !== undefined && index + 1 < path.split(".").length) shape = nestedShape(nested);
        }
      }
    });
  }
});
