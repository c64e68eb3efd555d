import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { everyPolicy, policies, stackPolicies } from "../../../policy-pack/policies";
import { anyType } from "../../../policy-pack/policies/types";
import { pairs } from "../../policy/pairs";
import { dependencies, stackPairs, urnOf } from "../../policy/pairs/stack";
import { recordedTypes } from "./recorded-types";

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
  for (const { policy: id, bad, good } of pairs.filter((each) => each.type === type)) {
    const policy = policies.find((each) => each.id === id)!;
    for (const props of [bad, good]) {
      policy.evaluate({ type, name: "n", urn: "u", props: recording(props, read) as Record<string, unknown> }, {});
    }
  }
  for (const name of readOfStack(type)) read.add(name);
  return [...read];
}

// A stack is read as outputs; these have no input of their name.
const outputsOnly = ["id", "groupId", "prefixListId"];

function readOfStack(type: string): string[] {
  const read = new Set<string>();
  for (const { bad, good, ...pair } of stackPairs.filter((each) => each.type === type)) {
    const policy = stackPolicies.find(({ id }) => id === pair.policy)!;
    for (const members of [bad, good]) {
      const resources = members.map((member) => ({
        ...{ type: member.type, name: member.name, urn: urnOf(member) },
        props: (member.type === type
          ? recording(member.properties, read)
          : member.properties) as typeof member.properties,
        propertyDependencies: dependencies(member, members),
      }));
      policy.evaluateStack(resources, {});
    }
  }
  const isWhole = !stackPairs.some(({ type: each, bad }) => each === type && bad.some((m) => m.type === type && m.on));
  return [...read].filter((name) => !isWhole || !outputsOnly.includes(name));
}

describe("names in the pack's tables", () => {
  const naming = everyPolicy.filter(({ resourceTypes }) => !resourceTypes.includes(anyType));
  const types = [...new Set(naming.flatMap(({ resourceTypes }) => resourceTypes))];

  it("have a pair each, for every policy that looks at them", () => {
    const needed = naming.flatMap(({ id, resourceTypes }) => resourceTypes.map((type) => `${id} ${type}`));
    const given = [...pairs, ...stackPairs].filter(({ policy }) => naming.some(({ id }) => id === policy));
    assert.deepEqual(given.map(({ policy, type }) => `${policy} ${type}`).sort(), needed.sort());
    const others = policies.filter((each) => !naming.includes(each));
    assert.ok(others.every(({ id }) => pairs.some(({ policy }) => policy === id)));
  });

  it("are resources of aws, aws-native, or of Pulumi itself", () => {
    const native = types.filter((type) => !type.startsWith("aws:"));
    assert.deepEqual(native.sort(), Object.keys(recordedTypes).sort());
  });

  for (const type of types.filter((each) => !each.startsWith("aws:"))) {
    it(`${type} has every input that is read, by its documentation`, () => {
      const read = propertiesRead(type).map((path) => path.split(".")[0]!);
      assert.ok(read.length > 0);
      const strange = read.filter((name) => !recordedTypes[type]?.includes(name));
      assert.deepEqual(strange, []);
    });
  }

  for (const type of types.filter((each) => each.startsWith("aws:"))) {
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
