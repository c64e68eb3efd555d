import assert from "node:assert/strict";
import { type AwsClients } from "../../../../aws/clients";
import { type AuditPart } from "../../../../operations/watch/audit/model";
import { readPrincipals } from "../../../../operations/watch/audit/read/principals";
import { type PrincipalFacts } from "../../../../operations/watch/audit/rules/subjects";
import { documentsOf } from "../../../../operations/account/identity/documents";
import { verdictOn } from "../../../../operations/account/identity/verdict";
import { principalOf } from "../../../../operations/respond/principal";
import { identityLooks } from "../../../../operations/respond/sweep/identities";
import { Attempts } from "../../../../aws/attempt";

const admin = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] });
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "sts:AssumeRole" },
});
/** IAM answers MalformedPolicyDocument to whoever wants to store one of these. */
const none: [string, string][] = [
  ["an object without a statement", "{}"],
  ["a version alone", '{"Version":"2012-10-17"}'],
  ["an empty list of statements", '{"Version":"2012-10-17","Statement":[]}'],
  ["a statement that is none", '{"Version":"2012-10-17","Statement":"x"}'],
  ["no JSON", "<html>guest network</html>"],
  ["nothing", ""],
  ["null", "null"],
  ["a list", "[]"],
];
const arn = "arn:aws:iam::111122223333:policy/team";

/** An account with a user and a role. @param text of every policy @param trusts of the role */
function account(text: string, trusts = trust): AwsClients {
  const document = encodeURIComponent(text);
  const holder = { AttachedManagedPolicies: [{ PolicyArn: arn }] };
  const inline = [{ PolicyName: "own", PolicyDocument: document }];
  const role = { RoleName: "deploy", Arn: "arn:aws:iam::111122223333:role/deploy" };
  const answers: Record<string, object> = {
    getUser: { User: { UserName: "mina" } },
    getRole: { Role: { ...role, AssumeRolePolicyDocument: encodeURIComponent(trusts) } },
    listUserPolicies: { PolicyNames: ["own"] },
    getUserPolicy: { PolicyDocument: document },
    listAttachedUserPolicies: { AttachedPolicies: [{ PolicyArn: arn }] },
    listGroupsForUser: { Groups: [] },
    getPolicy: { Policy: { DefaultVersionId: "v1" } },
    getPolicyVersion: { PolicyVersion: { Document: document } },
    getAccountAuthorizationDetails: {
      Policies: [{ Arn: arn, PolicyVersionList: [{ IsDefaultVersion: true, Document: document }] }],
      GroupDetailList: [],
      UserDetailList: [{ ...holder, UserName: "mina", Arn: "arn:aws:iam::111122223333:user/mina" }],
      RoleDetailList: [{ ...role, AttachedManagedPolicies: [], RolePolicyList: inline }],
    },
  };
  const missing = Object.assign(new Error("none"), { name: "NoSuchEntityException" });
  const iam = new Proxy(
    {},
    { get: (_, name: string) => () => (name in answers ? Promise.resolve(answers[name]) : Promise.reject(missing)) },
  );
  return { defaultRegion: "us-east-1", iam: () => iam } as unknown as AwsClients;
}

async function audited(text: string) {
  const attempts = new Attempts<AuditPart>();
  const seen: PrincipalFacts[] = [];
  const see = (_: string, subject: unknown) => void seen.push(subject as PrincipalFacts);
  await readPrincipals({ aws: account(text), attempts, region: "us-east-1", now: new Date(), see });
  return { powers: seen.map(({ verdict }) => verdict.kind), problems: attempts.problems.map(({ reason }) => reason) };
}

describe("what is no policy document grants nobody knows what", () => {
  it("while a document is judged", async () => {
    const held = await documentsOf(account(admin), { user: "mina" });
    assert.deepEqual([verdictOn(held).kind, held.problems], ["administrator", []]);
    assert.deepEqual(await audited(admin), { powers: ["administrator", "administrator"], problems: [] });
    const { trust: found } = await principalOf(account(admin), { kind: "role", name: "deploy" }, "baseline");
    assert.equal(found, trust);
  });

  for (const [what, text] of none) {
    it(`${what}: a user's and a role's policies`, async () => {
      const held = await documentsOf(account(text), { user: "mina" });
      assert.equal(verdictOn(held).kind, "unknown");
      assert.deepEqual(held.policies.map(({ source }) => source).sort(), ["inline policy own", "policy team"]);
      for (const source of ["inline policy own", "policy team"]) {
        assert.ok(
          held.problems.some((each) => each.startsWith(`The ${source} could not be read`)),
          source,
        );
      }
    });

    it(`${what}: in an audit, which still judges everybody`, async () => {
      const { powers, problems } = await audited(text);
      assert.deepEqual(powers, ["unknown", "unknown"]);
      assert.deepEqual(problems.map((each) => /^The (.*) could not be read/.exec(each)?.[1]).sort(), [
        "inline policy own",
        "policy team",
      ]);
    });

    it(`${what}: who may take a role`, async () => {
      const aws = account(admin, text);
      const { trust: found, problems } = await principalOf(aws, { kind: "role", name: "deploy" }, "baseline");
      assert.equal(found, undefined);
      assert.ok(problems.some((each) => each.startsWith("The trust policy of role deploy could not be read")));
      const [, look] = identityLooks.role!;
      await assert.rejects(look(aws, { kind: "role", id: "deploy" } as never), { code: "unreadable-policy" });
    });
  }
});
