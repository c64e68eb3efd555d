import assert from "node:assert/strict";
import { withoutSecrets } from "../../../operations/evidence/redact";
import { fakeKeyId, fakePrivateKey, fakeSecret } from "../../support/fake-keys";

// Put together here, so that no scanner of this repository finds one in it.
const github = `gh${"p"}_${"16C7e42F292c6912E7710c838347Ae178B4a"}`;
const stripe = `sk_${"live"}_${"4eC39HqLyjWDarjtT1zdp7dc"}`;
const jwt = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0NTY3ODkwIn0", "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P"].join(".");
const session = `IQoJb3JpZ2lu${"X2VjEJr//////////wEaCXVzLWVhc3QtMSJHMEUCIQ"}`;

/** A value, and what of it must not be found in what is left. */
const caught: [what: string, value: unknown, secrets: string[]][] = [
  ["a database's password", { MasterUserPassword: "hunter2", DbPassword: "hunter3" }, ["hunter2", "hunter3"]],
  ["names in small letters", { masteruserpassword: "hunter2", db_passwd: "hunter3" }, ["hunter2", "hunter3"]],
  [
    "a client's secret and tokens",
    { ClientSecret: "s3same", AuthToken: "t0ken", accessToken: "t1ken" },
    ["s3same", "t0ken", "t1ken"],
  ],
  ["a list of secrets", { Passwords: ["hunter2"] }, ["hunter2"]],
  ["a secret within its name", { password: { value: "hunter2" } }, ["hunter2"]],
  [
    "Lambda's variables",
    { Environment: { Variables: { DB_URL: "hunter2", MODE: "hunter3" } } },
    ["hunter2", "hunter3"],
  ],
  ["Lambda's variables in a record", { environment: { variables: { X: "hunter2" } } }, ["hunter2"]],
  ["a container's variables", { environment: [{ name: "DB", value: "hunter2" }] }, ["hunter2"]],
  [
    "a build's variables",
    { environment: { environmentVariables: [{ name: "X", value: "hunter2", type: "PLAINTEXT" }] } },
    ["hunter2"],
  ],
  ["an app's variables", { environmentVariables: { X: "hunter2" } }, ["hunter2"]],
  ["a parameter that is a secret", { Parameter: { Name: "/db", Type: "SecureString", Value: "hunter2" } }, ["hunter2"]],
  [
    "a tag or parameter by its name",
    { Tags: [{ Key: "db-password", Value: "hunter2" }], p: [{ ParameterKey: "Token", ParameterValue: "hunter3" }] },
    ["hunter2", "hunter3"],
  ],
  [
    "a pair",
    {
      headers: [
        ["Authorization", "hunter2"],
        ["x-api-key", "hunter3"],
      ],
    },
    ["hunter2", "hunter3"],
  ],
  ["a map", { map: new Map([["password", "hunter2"]]) }, ["hunter2"]],
  ["GitHub's token", { note: `clone https://x-access-token:${github}@github.com` }, [github]],
  ["Stripe's key", { note: `key ${stripe}.` }, [stripe]],
  ["a web token", { note: jwt }, [jwt]],
  ["a session's token", { note: `token was ${session}` }, [session]],
  ["a password in an address", { note: "postgres://app:hunter2@db/x" }, ["hunter2"]],
  ["a secret key in prose", { note: `we found ${fakeSecret()} in the log` }, [fakeSecret()]],
  ["a secret key as a name", { [fakeSecret()]: 1, keys: { [`x ${fakeSecret()}`]: 2 } }, [fakeSecret()]],
  ["a private key", { note: fakePrivateKey() }, ["PRIVATE KEY"]],
  [
    "an assignment",
    { command: "mysql --password hunter2; export DB_PASSWORD=hunter3 API_TOKEN: hunter4" },
    ["hunter2", "hunter3", "hunter4"],
  ],
  ["JSON as a text", { body: JSON.stringify({ a: [{ Name: "token", Value: 'with "quotes" hunter2' }] }) }, ["hunter2"]],
  [
    "JSON twice as a text",
    { body: JSON.stringify({ b: JSON.stringify({ dbPassword: 'hunter2 "x" hunter3' }) }) },
    ["hunter2", "hunter3"],
  ],
  [
    "JSON in a sentence",
    { text: `It said {"dbPassword":"hunter2 and \\"more\\" hunter3","a":1}, and ended.` },
    ["hunter2", "hunter3"],
  ],
];

/** What people need to read afterwards, and stays. */
const kept: [what: string, value: unknown][] = [
  ["key ids", { AccessKeyId: fakeKeyId(), KeyId: "1234abcd-12ab-34cd-56ef-1234567890ab" }],
  [
    "names and ARNs of secrets",
    { SecretId: "prod/db", SecretARN: "arn:aws:secretsmanager:us-east-1:1:secret:x", SecretName: "x" },
  ],
  [
    "what is about a password",
    {
      PasswordLastUsed: "2026-11-20T00:00:00Z",
      PasswordResetRequired: true,
      MinimumPasswordLength: 14,
      AccountPasswordPresent: 1,
    },
  ],
  ["places in lists", { NextToken: "page-2", nextContinuationToken: "page-3", ClientRequestToken: "abc" }],
  [
    "a policy that revokes sessions",
    { PolicyDocument: '{"Condition":{"DateLessThan":{"aws:TokenIssueTime":"2026-11-20T00:00:00Z"}}}' },
  ],
  [
    "the same policy as IAM gives it back",
    {
      PolicyDocument: encodeURIComponent(
        '{"Action":["sts:GetSessionToken"],"Condition":{"DateLessThan":{"aws:TokenIssueTime":"2026"}}}',
      ),
    },
  ],
  [
    "names of calls",
    { Action: ["sts:GetSessionToken", "secretsmanager:GetSecretValue"], call: "iam:UpdateLoginProfile" },
  ],
  ["hashes", { sha1: "da39a3ee5e6b4b0d3255bfef95601890afd80709", etag: '"d41d8cd98f00b204e9800998ecf8427e"' }],
  [
    "a log file's key",
    {
      key: "AWSLogs/123456789012/CloudTrail/us-east-1/2026/11/20/x_CloudTrail_us-east-1_20261120T0320Z_1iwuEXInvYIpo1Zq.json.gz",
    },
  ],
  [
    "sentences",
    { text: "2 secrets can be read: prod/db, prod/api. The password is 90 days old; no token was asked for." },
  ],
  ["a parameter that is none", { Parameter: { Name: "/mode", Type: "String", Value: "fast" } }],
  ["documents as they were written", { PolicyDocument: '{ "Statement": [] }' }],
];

describe("redaction", () => {
  for (const [what, value, secrets] of caught) {
    it(`takes out ${what}`, () => {
      const left = JSON.stringify(withoutSecrets(value));
      for (const secret of secrets) assert.ok(!left.includes(secret), left);
      assert.match(left, /\[redacted\]/);
    });
  }
  for (const [what, value] of kept) {
    it(`keeps ${what}`, () => assert.deepEqual(withoutSecrets(value), value));
  }
});
