import assert from "node:assert/strict";
import { unknownString as unknown } from "../../../policy-pack/values";
import { type Outcome, outcome, results } from "./decide";

const key = "aws:iam/accessKey:AccessKey";
const service = "aws:iam/serviceSpecificCredential:ServiceSpecificCredential";
const profile = "aws:iam/userLoginProfile:UserLoginProfile";
const user = "aws-native:iam:User";

const cases: [name: string, expected: Outcome, type: string, props: Record<string, unknown>][] = [
  ["an access key", "warn", key, { user: "u" }],
  ["an encrypted one", "warn", key, { user: "u", pgpKey: "keybase:u" }],
  ["one that is off", "pass", key, { user: "u", status: "Inactive" }],
  ["one that may be off", "unknown", key, { user: "u", status: unknown }],
  ["a service's credential", "warn", service, { userName: "u" }],
  ["one that expires", "pass", service, { userName: "u", credentialAgeDays: 30 }],
  ["one that may expire", "unknown", service, { userName: "u", credentialAgeDays: unknown }],
  ["one that may expire, and is off", "pass", service, { status: "Inactive", credentialAgeDays: unknown }],
  ["a password", "warn", profile, { user: "u" }],
  ["a password for good", "warn", profile, { user: "u", passwordResetRequired: false }],
  ["a first password", "pass", profile, { user: "u", passwordResetRequired: true }],
  ["a first password, as a text", "pass", profile, { user: "u", passwordResetRequired: "true" }],
  ["perhaps a first password", "unknown", profile, { user: "u", passwordResetRequired: unknown }],
  ["a native user", "pass", user, { userName: "u" }],
  ["a native user's password", "warn", user, { loginProfile: { password: "x" } }],
  ["a native user's first password", "pass", user, { loginProfile: { password: "x", passwordResetRequired: true } }],
  ["a native user's unknown profile", "warn", user, { loginProfile: unknown }],
];

describe("iam-no-long-lived-keys", () => {
  for (const [name, expected, type, props] of cases) {
    it(`${expected}: ${name}`, () => assert.equal(outcome(type, props), expected));
  }

  it("blocks where it is raised, and prints no password", () => {
    const config = { "iam-no-long-lived-keys": "mandatory" } as const;
    assert.equal(outcome(key, { user: "u" }, config), "block");
    const password = "hunter2-Tr0ub4dor";
    const [found] = results(user, { loginProfile: { password } });
    assert.match(found!.message, /Where: loginProfile\.passwordResetRequired\n/);
    assert.ok(!found!.message.includes(password));
  });
});
