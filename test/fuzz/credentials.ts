import assert from "node:assert/strict";
import { deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { searchCredentials } from "../../policy-pack/secrets/search";
import { results } from "../unit/policy-pack/decide";
import { type FuzzProperty } from "./property";

const of = (alphabet: string, length: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length }).map((all) => all.join(""));
const keyId = fc
  .tuple(fc.constantFrom("AKIA", "ASIA"), of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16))
  .filter(([, rest]) => new Set(rest).size >= 5 && !rest.includes("EXAMPLE"))
  .map((parts) => parts.join(""));

const filler = fc.constantFrom("", " ", "#!/bin/sh\n", "key: ", "é ", "{", '"', "a,", "\n\n", "ABC ", "x=");
const wrappers: ((text: string) => unknown)[] = [
  (text) => JSON.stringify({ a: [text] }),
  (text) => Buffer.from(text).toString("base64"),
  (text) => gzipSync(text).toString("base64"),
  (text) => deflateSync(text).toString("base64"),
  (text) => Buffer.from(text, "utf16le").toString("base64"),
  (text) => Buffer.from(text.padEnd(100)).toString("base64").replace(/.{76}/g, "$&\r\n  "),
  (text) => `content: ${Buffer.from(text).toString("base64")}\n`,
];

/** A key id in a text, in up to three wrappers, somewhere in a tree. */
const hidden = fc.tuple(keyId, filler, filler, fc.array(fc.constantFrom(...wrappers), { maxLength: 3 }), fc.nat(5));

function found([id, before, after, wraps, depth]: [string, string, string, typeof wrappers, number]): void {
  const separate = /[A-Za-z0-9]$/.test(before) ? `${before} ` : before;
  let value: unknown = wraps.reduce<unknown>(
    (text, wrap) => wrap(text as string),
    `${separate}${id}${after && ` ${after}`}`,
  );
  for (let at = 0; at < depth; at++) value = at % 2 === 0 ? { [`k${at}`]: value } : [0, value];
  const said = results("some:index:Thing", { userData: value }).filter(
    ({ policyId }) => policyId === "no-hardcoded-credentials",
  );
  assert.ok(said.some(({ level }) => level === "mandatory"));
  assert.ok(!JSON.stringify(said).includes(id.slice(4)));
}

/** Random texts of whatever stands in programs; none of them holds a key. */
const innocent = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.base64String({ maxLength: 400 }),
  fc.uuid(),
  of("0123456789abcdef", 40),
  of("0123456789abcdef", 64),
  fc.webUrl(),
);

/** Random credentials in random wrappings. */
export const credentialProperties: readonly FuzzProperty[] = [
  {
    name: "an access key id is found in every wrapping, and never told",
    runs: 2000,
    property: fc.property(hidden, found),
  },
  {
    name: "texts without a key are passed",
    runs: 2000,
    property: fc.property(fc.dictionary(fc.string(), innocent, { maxKeys: 5 }), (inputs) => {
      assert.deepEqual(searchCredentials(inputs).hits, []);
    }),
  },
];
