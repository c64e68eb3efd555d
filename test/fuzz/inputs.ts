import assert from "node:assert/strict";
import fc from "fast-check";
import { readInput } from "../../policy-pack/check/read-input";
import { verdictsOn } from "../../policy-pack/check/verdicts";
import { evaluateResource, evaluateStack, everyPolicy, type Result } from "../../policy-pack/policies";
import { anyType } from "../../policy-pack/policies/types";
import { unknownString } from "../../policy-pack/values";
import { pairs } from "../policy/pairs";
import { type FuzzProperty } from "./property";

const types = [...new Set(everyPolicy.flatMap(({ resourceTypes }) => resourceTypes))]
  .filter((type) => type !== anyType)
  .concat("pulumi:providers:aws", "some:index:Thing");

function keysIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const inside = Object.values(value).flatMap(keysIn);
  return Array.isArray(value) ? inside : [...Object.keys(value), ...inside];
}

// What the policies read, so that random inputs are read too, and not only passed over.
const keys = [...new Set([...pairs.flatMap(({ bad }) => keysIn(bad)), "Statement", "Effect", "Action", "Resource"])]
  .concat("NotAction", "NotResource", "Condition", "Principal", "NotPrincipal", "Sid", "__proto__", "constructor")
  .concat("length", "toString");

const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    22,
    -1,
    "",
    "Allow",
    "Deny",
    "*",
    "tcp",
    "0.0.0.0/0",
    "::/0",
    "iam:*",
    "${",
  ),
  fc.constantFrom<unknown>(
    unknownString,
    `arn:aws:s3:::${unknownString}`,
    '{"Statement":[{}]}',
    "[[",
    "AA==",
    "H4sIAAAA",
  ),
  fc.string(),
  fc.double(),
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    leaf,
    fc.array(tie("tree"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...keys), tie("tree"), { maxKeys: 5 }),
  ),
}));
const inputs = fc.dictionary(fc.constantFrom(...keys), tree, { maxKeys: 8 });
const type = fc.constantFrom(...types);

/** Real inputs with a random value in the place of one of theirs. */
const spoilt = fc.tuple(fc.constantFrom(...pairs), fc.nat(), tree).map(([pair, at, value]) => ({
  type: pair.type,
  props: spoil(pair.bad, at, value) as Record<string, unknown>,
}));

function spoil(inputs: unknown, at: number, value: unknown): unknown {
  if (typeof inputs !== "object" || inputs === null) return value;
  const names = Object.keys(inputs);
  const name = names[at % Math.max(names.length, 1)];
  if (name === undefined) return value;
  const inside = (inputs as Record<string, unknown>)[name];
  const changed = at % 3 === 0 ? value : spoil(inside, Math.floor(at / 3), value);
  return Array.isArray(inputs) ? (inputs as unknown[]).with(Number(name), changed) : { ...inputs, [name]: changed };
}

function told(results: readonly Result[]): void {
  for (const { message } of results) {
    assert.doesNotMatch(message, /internal error/);
    assert.ok(message.split("\n").length <= 5);
    assert.ok(!message.includes(unknownString));
  }
}

/** Random JSON. */
export const inputProperties: readonly FuzzProperty[] = [
  {
    name: "random inputs never break a policy",
    runs: 3000,
    property: fc.property(type, inputs, (type, props) => told(evaluateResource({ type, name: "n", urn: "u", props }))),
  },
  {
    name: "real inputs with something random in them never break a policy",
    runs: 3000,
    property: fc.property(spoilt, ({ type, props }) => told(evaluateResource({ type, name: "n", urn: "u", props }))),
  },
  {
    name: "random stacks never break a policy",
    runs: 500,
    property: fc.property(fc.array(fc.tuple(type, inputs), { maxLength: 5 }), (all) => {
      const stack = all.map(([type, props], at) => ({
        type,
        name: `n${at}`,
        urn: `u${at}`,
        props,
        propertyDependencies: {},
      }));
      told(evaluateStack(stack));
    }),
  },
  {
    name: "a random file is checked, or refused with what to do next",
    runs: 500,
    property: fc.property(fc.constantFrom("resources", "steps", "deployment", "x"), fc.array(tree), (kind, list) => {
      const resources = list.map((inputs, at) => ({
        urn: `urn:pulumi:d::p::t::n${at}`,
        type: types[at % types.length],
        inputs,
      }));
      const text = JSON.stringify({ [kind]: kind === "deployment" ? { resources } : resources, summary: {} });
      if (kind === "x") assert.throws(() => readInput(text), { name: "InputError" });
      else told(verdictsOn(readInput(text).resources, {}));
    }),
  },
];
