import assert from "node:assert/strict";
import { identityDocuments } from "../../../policy-pack/policies/identity-documents";
import { outcome, results } from "./decide";

const text = (Action: string, Resource: string, Effect = "Allow") =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect, Action, Resource }] });
const admin = text("*", "*");
const narrow = text("s3:GetObject", "arn:aws:s3:::b/*");
const role = "aws:iam/role:Role";

/** Where each type has its document; a type added to the table without an entry here fails the first test. */
const places: Record<string, (policy: unknown) => Record<string, unknown>> = {
  "aws:iam/policy:Policy": (policy) => ({ policy }),
  "aws:iam/rolePolicy:RolePolicy": (policy) => ({ role: "r", policy }),
  "aws:iam/userPolicy:UserPolicy": (policy) => ({ user: "u", policy }),
  "aws:iam/groupPolicy:GroupPolicy": (policy) => ({ group: "g", policy }),
  "aws:iam/role:Role": (policy) => ({ inlinePolicies: [{ name: "n", policy }] }),
  "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": (inlinePolicy) => ({ inlinePolicy }),
  "aws-native:iam:ManagedPolicy": (policyDocument) => ({ policyDocument }),
  "aws-native:iam:RolePolicy": (policyDocument) => ({ roleName: "r", policyDocument }),
  "aws-native:iam:UserPolicy": (policyDocument) => ({ userName: "u", policyDocument }),
  "aws-native:iam:GroupPolicy": (policyDocument) => ({ groupName: "g", policyDocument }),
  "aws-native:iam:Role": (policyDocument) => ({ policies: [{ policyName: "n", policyDocument }] }),
  "aws-native:iam:User": (policyDocument) => ({ policies: [{ policyName: "n", policyDocument }] }),
  "aws-native:iam:Group": (policyDocument) => ({ policies: [{ policyName: "n", policyDocument }] }),
  "aws-native:sso:PermissionSet": (inlinePolicy) => ({ inlinePolicy }),
};

describe("iam-no-admin-wildcard: resources", () => {
  it("has a pair for every type", () => {
    assert.deepEqual(Object.keys(places).sort(), identityDocuments.map(({ type }) => type).sort());
  });

  for (const [type, place] of Object.entries(places)) {
    it(`${type}: a pair`, () => {
      assert.equal(outcome(type, place(admin)), "block");
      assert.equal(outcome(type, place(JSON.parse(admin))), "block");
      assert.equal(outcome(type, place(narrow)), "pass");
    });
    it(`${type}: r35, r36 malformed and absent`, () => {
      assert.equal(outcome(type, place("{ not json")), "warn");
      assert.equal(outcome(type, place("[]")), "warn");
      assert.equal(outcome(type, place({})), "warn");
      assert.equal(outcome(type, place("")), "pass");
      assert.equal(outcome(type, place(undefined)), "pass");
      assert.equal(outcome(type, place(null)), "pass");
    });
  }

  it("r09 finds the second inline policy, r10 passes the empty one", () => {
    const inlinePolicies = [
      { name: "a", policy: narrow },
      { name: "b", policy: admin },
    ];
    const [found] = results(role, { inlinePolicies });
    assert.match(found?.message ?? "", /inlinePolicies\[1\]\.policy: Statement\[0\]/);
    assert.equal(outcome(role, { inlinePolicies: [{}] }), "pass");
  });

  it("takes the inline policies of a role together", () => {
    const half = (letter: string) => text("iam:PutUserPolicy", `arn:aws:iam::*:user/${letter}*`);
    const letters = [..."abcdefghijklmnopqrstuvwxyz"];
    const inlinePolicies = letters.map((letter) => ({ name: letter, policy: half(letter) }));
    assert.equal(outcome(role, { inlinePolicies }), "block");
    assert.equal(outcome(role, { inlinePolicies: inlinePolicies.slice(0, 3) }), "pass");
    const denied = [
      { name: "a", policy: text("iam:*", "*") },
      { name: "b", policy: text("iam:*", "*", "Deny") },
    ];
    assert.equal(outcome(role, { inlinePolicies: denied }), "pass");
  });

  it("r15-r19 boundaries, service control, endpoint, key and session policies are no grants", () => {
    assert.equal(outcome(role, { permissionsBoundary: "arn:aws:iam::aws:policy/AdministratorAccess" }), "pass");
    const trusting = results(role, { assumeRolePolicy: admin });
    assert.ok(trusting.every(({ policyId }) => policyId !== "iam-no-admin-wildcard"));
    for (const type of [
      "organizations/policy:Policy",
      "ec2/vpcEndpointPolicy:VpcEndpointPolicy",
      "kms/key:Key",
      "transfer/user:User",
    ]) {
      assert.equal(outcome(`aws:${type}`, { policy: admin, content: admin }), "pass");
    }
  });

  it("r20 names a permissions boundary, and accepts it only by configuration", () => {
    const props = {
      inlinePolicies: [{ policy: admin }],
      permissionsBoundary: "arn:aws:iam::123456789012:policy/narrow",
    };
    assert.equal(outcome(role, props), "block");
    assert.match(results(role, props)[0]?.message ?? "", /permissions boundary is set/);
    assert.equal(outcome(role, props, { "iam-no-admin-wildcard": { allowWithPermissionsBoundary: true } }), "warn");
  });

  it("keeps every message within five lines, and a document's text out of it", () => {
    const secret = "hunter2-Tr0ub4dor";
    const statement = {
      Effect: "Allow",
      Action: ["*", secret],
      Resource: ["*", secret],
      Condition: { StringEquals: { "aws:PrincipalOrgID": secret } },
    };
    const shapes: unknown[] = [
      { Statement: statement },
      { Statement: [{ ...statement, Action: ["iam:*", secret], Sid: `${secret}"` }] },
      `${secret} {`,
      { Statement: secret },
      { Statement: [{ Effect: secret, [secret]: 1 }] },
    ];
    for (const policy of shapes) {
      const found = results("aws:iam/policy:Policy", { policy });
      assert.ok(found.length > 0);
      for (const { message } of found) {
        assert.ok(message.split("\n").length <= 5, message);
        assert.ok(!message.includes(secret), message);
      }
    }
  });
});
