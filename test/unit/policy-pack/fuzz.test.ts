import assert from "node:assert/strict";
import fc from "fast-check";
import { escalations } from "../../../policy-pack/iam/escalation";
import { evaluateResource, policies } from "../../../policy-pack/policies";
import { unknownString } from "../../../policy-pack/values";
import { outcome, results } from "./decide";

interface Statement {
  Effect: string;
  Action?: string[];
  NotAction?: string[];
  Resource?: string[];
  NotResource?: string[];
}

const actions = [
  "*",
  "iam:*",
  "iam:AttachUserPolicy",
  "iam:Put*",
  "iam:*Policy",
  "s3:*",
  "sts:AssumeRole",
  "iam:?ttach*",
];
const resources = [
  "*",
  "arn:aws:iam::*:*",
  "arn:aws:iam::*:user/*",
  "arn:aws:iam::*:role/*",
  "arn:aws:iam::*:user/dev-*",
].concat(["arn:aws:s3:::*", "arn:*:policy/*", "arn:aws:iam::*:group/?*", "arn:aws:iam::*:user/${aws:username}"]);

const some = (from: string[]) => fc.subarray(from, { minLength: 1, maxLength: 3 });
const statement: fc.Arbitrary<Statement> = fc
  .record({
    Effect: fc.constantFrom("Allow", "Allow", "Deny"),
    action: fc.tuple(fc.constantFrom("Action", "Action", "NotAction"), some(actions)),
    resource: fc.tuple(fc.constantFrom("Resource", "Resource", "NotResource"), some(resources)),
  })
  .map(({ Effect, action, resource }) => ({ Effect, [action[0]]: action[1], [resource[0]]: resource[1] }));

const ownName = "self-Vb6Nm4Qw2";

/** What AWS would answer for one request: the textbook rule on one concrete action and resource. */
function allowed(statements: readonly Statement[], action: string, resource: string): boolean {
  const hits = (patterns: string[], text: string): boolean =>
    patterns.some((each) =>
      new RegExp(
        `^${each
          .replaceAll("${aws:username}", ownName)
          .replace(/[.+^${}()|[\]\\]/g, "\\$&")
          .replace(/\*/g, ".*")
          .replace(/\?/g, ".")}$`,
        "i",
      ).test(text),
    );
  const applies = (each: Statement): boolean =>
    (each.Action ? hits(each.Action, action) : !hits(each.NotAction!, action)) &&
    (each.Resource ? hits(each.Resource, resource) : !hits(each.NotResource!, resource));
  const effects = statements.filter(applies).map(({ Effect }) => Effect);
  return effects.includes("Allow") && !effects.includes("Deny");
}

describe("random documents", () => {
  it("are refused exactly when a request for an escalation on somebody, or on oneself, would be allowed", () => {
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 5 }), (statements) => {
        const somebody = "Zq7Xw9Kv3Jt5Rn1Lp8Hm2Gf6Dc4Bs0Ya";
        const expected = escalations.some(({ action, kind }) =>
          allowed(statements, action, `arn:aws:iam::604938271605:${kind}/${somebody}`),
        );
        const oneself = `arn:aws:iam::604938271605:user/${ownName}`;
        const own = ["iam:AttachUserPolicy", "iam:PutUserPolicy"].some((action) =>
          allowed(statements, action, oneself),
        );
        const found = outcome("aws:iam/policy:Policy", { policy: JSON.stringify({ Statement: statements }) });
        assert.equal(found === "block", expected || own);
      }),
      { numRuns: 4000, seed: 2026 },
    );
  });

  it("become certain only with what is known: an unknown part never turns a refusal of the rest into silence", () => {
    const known = fc.array(statement, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(
        known,
        fc.nat(),
        fc.constantFrom("Action", "NotAction", "Resource", "NotResource"),
        (statements, at, element) => {
          const index = at % statements.length;
          const list = (statements[index] as unknown as Record<string, string[] | undefined>)[element];
          if (list === undefined) return;
          const withList = (values: string[]): string => {
            const Statement = statements.map((each, i) => (i === index ? { ...each, [element]: values } : each));
            const found = results("aws:iam/policy:Policy", { policy: { Statement } });
            if (found.some(({ level }) => level === "mandatory")) return "block";
            return found.some(({ certainty }) => certainty === "unknown") ? "unknown" : "neither";
          };
          const unknown = withList([...list, unknownString]);
          for (const value of [...actions, ...resources, "nosuch:Thing"]) {
            const later = withList([...list, value]);
            if (unknown === "block") assert.equal(later, "block");
            if (later === "block") assert.ok(/block|unknown/.test(unknown), `${unknown} but ${value}`);
          }
        },
      ),
      { numRuns: 400, seed: 2026 },
    );
  });
});

describe("random inputs", () => {
  const types = [...new Set(policies.flatMap(({ resourceTypes }) => resourceTypes))];
  const keys = [
    "policy",
    "inlinePolicies",
    "inlinePolicy",
    "Statement",
    "Effect",
    "Action",
    "Resource",
    "Condition",
    "ingress",
  ].concat([
    "cidrBlocks",
    "protocol",
    "fromPort",
    "portInfos",
    "vpcConfig",
    "remoteAccess",
    "type",
    "ruleNo",
    "action",
  ]);
  const leaf = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      true,
      22,
      -1,
      "",
      "Allow",
      "*",
      "tcp",
      "0.0.0.0/0",
      "::/0",
      unknownString,
      "iam:*",
      "${",
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

  it("never break a policy", () => {
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.dictionary(fc.constantFrom(...keys), tree), (type, props) => {
        for (const { message } of evaluateResource({ type, name: "n", urn: "u", props })) {
          assert.doesNotMatch(message, /internal error/);
          assert.ok(message.split("\n").length <= 5);
        }
      }),
      { numRuns: 3000, seed: 2026 },
    );
  });
});
