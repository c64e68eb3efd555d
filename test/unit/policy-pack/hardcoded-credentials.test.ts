import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { unknownString } from "../../../policy-pack/values";
import { fakeKeyId, fakePrivateKey, fakeSecret } from "../../support/fake-keys";
import { type Outcome, outcome, results } from "./decide";

const id = fakeKeyId();
const secret = fakeSecret();
const lambda = "aws:lambda/function:Function";
const base64 = (text: string | Buffer): string => Buffer.from(text).toString("base64");
const wrapped = (text: string): string => base64(text).replace(/.{76}/g, "$&\n");
const variables = (more: Record<string, unknown>) => ({ environment: { variables: more } });

const encoded = (text: string): string => `%${text.charCodeAt(0).toString(16)}`;

const cases: [string, Outcome, Record<string, unknown>, string?][] = [
  ["an id in a variable", "block", variables({ KEY: id })],
  ["an id in the midst of a text", "block", { description: `uses ${id}, see wiki` }],
  ["a temporary id", "block", { description: fakeKeyId("ASIA") }],
  ["an id in a map's key", "block", { tags: { [id]: "x" } }],
  ["an id in a list", "block", { args: [["--key", id]] }],
  ["an id behind an escape", "block", { userData: `echo "a\\n${id}"` }],
  ["an id in a pre-signed address", "block", { url: `https://b/x?X-Amz-Credential=${id}%2F20260101%2Fus-east-1` }],
  ["an id in base64", "block", { userData: base64(`#!/bin/sh\nKEY=${id}`) }],
  ["an id in wrapped base64", "block", { userData: wrapped(`#!/bin/sh\n${"# wait\n".repeat(60)}KEY=${id}\n`) }],
  ["an id in base64 in gzip in base64", "block", { userData: base64(gzipSync(`content: ${base64(`k ${id} k`)}`)) }],
  ["an id in cut-off gzip", "block", { userData: base64(gzipSync(`${id}\n${"x".repeat(9)}`).subarray(0, -6)) }],
  ["an id in an encoded PowerShell command", "block", { userData: base64(Buffer.from(`$k = "${id}"`, "utf16le")) }],
  ["an id in JSON in JSON", "block", { body: JSON.stringify({ a: JSON.stringify({ b: [id] }) }) }],
  [
    "an id in JSON, escaped",
    "block",
    { body: `{"a":"${[...id].map((each) => `\\u00${each.charCodeAt(0).toString(16)}`).join("")}"}` },
  ],
  ["an id over two lines of a script", "block", { userData: `KEY=${id.slice(0, 9)}\\\n  ${id.slice(9)}\n` }],
  ["an id, URL-encoded", "block", { url: `https://b/x?id%3D%41${id.slice(1)}` }],
  ["an id in quoted-printable mail", "block", { userData: `k=3D${id.slice(0, 9)}=\r\n${id.slice(9)}=0A` }],
  ["a secret, URL-encoded", "block", { url: `secret_key=${[...secret].map(encoded).join("")}` }],
  ["an id in a secret's description", "block", { description: id }, "aws:secretsmanager/secret:Secret"],
  ["an id with a tail that is no id", "pass", { description: `${id}X ${id}x X${id}` }],
  ["AWS's documentation example", "pass", { description: "AKIAIOSFODNN7EXAMPLE" }],
  ["a placeholder", "pass", { description: `AKIA${"X".repeat(16)} ASIA${"0".repeat(16)}` }],
  ["ids of roles and users", "pass", { description: `${fakeKeyId("AROA")} ${fakeKeyId("AIDA")}` }],

  ["a secret under its name", "block", variables({ AWS_SECRET_ACCESS_KEY: secret })],
  ["a secret under another telling name", "block", { settings: { secretKey: secret } }],
  ["a secret as name and value", "block", { env: [{ name: "AWS_SECRET_ACCESS_KEY", value: secret }] }],
  [
    "a secret as name and value, in JSON",
    "block",
    { env: JSON.stringify([{ name: "AWS_SECRET_ACCESS_KEY", value: secret }]) },
  ],
  ["a secret in a script", "block", { userData: `aws configure set aws_secret_access_key ${secret}` }],
  ["a secret in JSON with escaped slashes", "block", { body: `{"SecretAccessKey":"${secret.replace("/", "\\/")}"}` }],
  ["a secret beside nothing", "pass", { description: secret }],
  [
    "a commit under a telling name of another thing",
    "pass",
    { buildSecret: "0123456789abcdef0123456789abcdef01234567" },
  ],
  [
    "AWS's example secret",
    "pass",
    variables({ AWS_SECRET_ACCESS_KEY: `wJalrXUtnFEMI/K7MDENG/bPxRfiCYEX${"AMPLEKEY"}` }),
  ],
  ["a placeholder for a secret", "pass", variables({ AWS_SECRET_ACCESS_KEY: "x".repeat(40) })],
  ["something longer under the name", "pass", variables({ AWS_SECRET_ACCESS_KEY: `${secret}a` })],

  ["a private key", "block", { userData: `cat <<X\n${fakePrivateKey()}\nX` }],
  ["a private key in JSON", "block", { body: JSON.stringify({ key: fakePrivateKey("") }) }],
  ["a private key of OpenSSH in base64", "block", { userData: base64(fakePrivateKey("OPENSSH ")) }],
  ["the header of one only", "pass", { userData: "grep -q -----BEGIN PRIVATE KEY----- /etc/ssl/*" }],
  ["an encrypted private key", "pass", { userData: fakePrivateKey("ENCRYPTED ") }],
  ["a certificate", "pass", { body: fakePrivateKey("").replaceAll("PRIVATE KEY", "CERTIFICATE") }],
  ["a variable named like an input for one", "block", variables({ PRIVATE_KEY: fakePrivateKey() })],
  ["an input that asks for one", "pass", { privateKey: fakePrivateKey() }, "aws:acm/certificate:Certificate"],

  ["a key in Secrets Manager", "warn", { secretString: id }, "aws:secretsmanager/secretVersion:SecretVersion"],
  ["a private key there", "pass", { secretString: fakePrivateKey() }, "aws:secretsmanager/secretVersion:SecretVersion"],
  ["a key in a secure parameter", "warn", { type: "SecureString", value: id }, "aws:ssm/parameter:Parameter"],
  ["a key in a plain parameter", "block", { type: "String", value: id }, "aws:ssm/parameter:Parameter"],
  ["a key in a provider", "warn", { accessKey: id, secretKey: secret }, "pulumi:providers:aws"],
  ["a key in a type nobody knows", "block", { x: id }, "somebody:index:Thing"],
  ["a component's input", "block", { x: id }, "my:index:Component"],
];

describe("credentials in inputs", () => {
  for (const [what, expected, props, type = lambda] of cases) {
    it(`${expected}: ${what}`, () => {
      assert.equal(outcome(type, props), expected);
      const said = JSON.stringify(results(type, props));
      for (const part of [id, secret, id.slice(4, 12), secret.slice(0, 8)]) assert.ok(!said.includes(part), said);
    });
  }

  it("names the place and the kind, and nothing of the match", () => {
    const config = JSON.stringify({ list: [{ text: base64(`id: ${id}`) }], [secret]: 1 });
    const props = { ...variables({ A: id, B: id }), config, [`x${id}`]: { [secret]: { c: fakePrivateKey() } } };
    const [found] = results(lambda, props);
    const lines = found!.message.split("\n");
    assert.equal(lines[0], "Holds a credential in plain text: AWS access key id, private key.");
    assert.match(
      lines[1]!,
      /^Where: environment\.variables\.A, environment\.variables\.B, config \(JSON\)\.list\[0\]\.text \(base64\) and 1 more$/,
    );
    assert.ok(lines.length <= 5);
  });

  it("takes a secret beside an id for what it is", () => {
    for (const props of [{ a: id, b: secret }, { list: [id, secret] }, { text: `${id} ${secret}` }]) {
      assert.match(results(lambda, props)[0]!.message, /AWS access key id, AWS secret access key\./);
    }
    const far = { text: `${id} ${"- ".repeat(300)} ${secret}` };
    assert.doesNotMatch(results(lambda, far)[0]!.message, /secret access key\./);
  });

  it("says that it cannot tell where the name says so, and nothing of other unknown values", () => {
    const unknown = (name: string) => outcome(lambda, variables({ [name]: unknownString }));
    const awaited = ["AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "secretAccessKey"];
    assert.deepEqual(awaited.map(unknown), Array(3).fill("unknown"));
    assert.deepEqual(["TABLE", "DJANGO_SECRET_KEY", "secretName"].map(unknown), Array(3).fill("pass"));
    assert.equal(outcome(lambda, { ...variables({ AWS_ACCESS_KEY_ID: unknownString }), description: id }), "block");
    assert.equal(outcome(lambda, { body: JSON.stringify({ AWS_ACCESS_KEY_ID: unknownString }) }), "unknown");
  });

  it("follows its settings", () => {
    const store = "aws:secretsmanager/secretVersion:SecretVersion";
    const set = (type: string, settings: Record<string, unknown>): Outcome =>
      outcome(type, { secretString: id }, { "no-hardcoded-credentials": settings });
    const inStores = ["mandatory", "ignore", "off"].map((level) => set(store, { inStores: level }));
    assert.deepEqual([...inStores, set(store, { inProviders: "ignore" })], ["block", "pass", "warn", "warn"]);
    assert.equal(set("pulumi:providers:aws", { inProviders: "mandatory" }), "block");
  });

  it("takes what bursts for what it is, and looks through the rest", () => {
    const bomb = base64(gzipSync(Buffer.alloc(40 * 1024 * 1024), { level: 9 }));
    assert.equal(outcome(lambda, { a: bomb }), "unknown");
    assert.equal(outcome(lambda, { a: bomb, b: id }), "block");
  });
});

describe("credentials in 10 MB", () => {
  const size = 10_000_000;
  const repeated = (text: string, length: number): string => text.repeat(Math.ceil(length / text.length));
  const nested = (length: number): unknown => {
    let value: unknown = id;
    for (let depth = 0; depth < length / 50; depth++) value = [value];
    return value;
  };
  const fox = (length: number) => `${repeated("the quick brown fox ", length * 0.4)} ${id}`;
  const inputs: [string, Outcome, (length: number) => unknown][] = [
    ["plain text", "block", (length) => `${repeated("the quick brown fox ", length)} ${id}`],
    ["almost ids", "pass", (length) => repeated("AKIA", length)],
    ["almost secrets", "pass", (length) => repeated(`secret key ${secret}x `, length)],
    ["one run", "pass", (length) => repeated("a1B2", length)],
    ["base64 in base64 in base64", "block", (length) => base64(base64(base64(fox(length))))],
    ["almost private keys", "pass", (length) => repeated("-----BEGIN RSA RSA RSA ", length)],
    ["headers of private keys", "pass", (length) => repeated("-----BEGIN PRIVATE KEY-----", length)],
    ["lines of base64", "pass", (length) => repeated(`${"Ab1/".repeat(19)}\n`, length)],
    ["brackets", "pass", (length) => repeated("[", length)],
    ["blanks", "pass", (length) => repeated(" ", length)],
    ["small texts", "block", (length) => [...Array.from({ length: length / 33 }, (_, at) => `value ${at}`), id]],
    ["depth", "block", nested],
  ];
  for (const [what, expected, make] of inputs) {
    it(`of ${what} take less than 2 s, or ten times what 1 MB takes`, () => {
      const seconds = (length: number) => {
        const props = { userData: make(length) };
        const started = process.cpuUsage();
        assert.equal(outcome("some:index:Thing", props), expected);
        const { user, system } = process.cpuUsage(started);
        return (user + system) / 1e6;
      };
      const whole = seconds(size);
      // On a slow machine only the growth tells: what is quadratic takes a hundred times as long.
      if (whole >= 2) {
        const part = seconds(size / 10);
        assert.ok(whole < 20 * part, `${part} s, then ${whole} s`);
      }
    });
  }
});
