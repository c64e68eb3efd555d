import assert from "node:assert/strict";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import fc from "fast-check";
import { escalations } from "../../policy-pack/iam/escalation";
import { unknownString } from "../../policy-pack/values";
import { outcome, results } from "../unit/policy-pack/decide";
import { type FuzzProperty } from "./property";
import { actions, conditionalStatement, resources, statement, type Statement } from "./statements";

const account = "604938271605";
const ownName = "self-Vb6Nm4Qw2";
const somebody = "Zq7Xw9Kv3Jt5Rn1Lp8Hm2Gf6Dc4Bs0Ya";
const policyType = "aws:iam/policy:Policy";

const compiled = new Map<string, RegExp>();

/** A pattern of a policy as a regular expression. */
function textbook(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const escaped = pattern.replaceAll("${aws:username}", ownName).replace(/[.+^${}()|[\]\\]/g, "\\$&");
  const made = new RegExp(`^${escaped.replace(/\*/g, ".*").replace(/\?/g, ".")}$`, "i");
  compiled.set(pattern, made);
  return made;
}

/** Whether an ARN matches field by field, where those the pattern lacks are `*`. */
function fieldsMatch(pattern: string, arn: string): boolean {
  if (!pattern.startsWith("arn:") || pattern.includes("${")) return textbook(pattern).test(arn);
  const fields = pattern.split(":");
  return arn.split(":").every((field, at) => textbook(fields[at] ?? "*").test(field));
}

/**
 * Whether AWS may allow one request: the textbook rule on one concrete action and resource. Of the ways to match a
 * pattern with too few fields, the one counts that allows more.
 */
function allowed(statements: readonly Statement[], action: string, resource: string): boolean {
  const hits = (patterns: string[], text: string): boolean => patterns.some((each) => textbook(each).test(text));
  const names = ({ Effect, Resource, NotResource }: Statement): boolean => {
    const either = (Effect === "Allow") === (Resource !== undefined);
    return (Resource ?? NotResource!).some((each) => {
      const ways = [textbook(each).test(resource), fieldsMatch(each, resource)];
      return either ? ways.includes(true) : !ways.includes(false);
    });
  };
  const applies = (each: Statement): boolean =>
    (each.Action ? hits(each.Action, action) : !hits(each.NotAction!, action)) &&
    names(each) === (each.Resource !== undefined);
  const effects = statements.filter(applies).map(({ Effect }) => Effect);
  return effects.includes("Allow") && !effects.includes("Deny");
}

function refusedExactly(statements: readonly Statement[]): void {
  const expected = escalations.some(({ action, kind }) =>
    allowed(statements, action, `arn:aws:iam::${account}:${kind}/${somebody}`),
  );
  const oneself = `arn:aws:iam::${account}:user/${ownName}`;
  const own = ["iam:AttachUserPolicy", "iam:PutUserPolicy"].some((action) => allowed(statements, action, oneself));
  const found = outcome(policyType, { policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }) });
  assert.equal(found === "block", expected || own);
}

function certainOnlyOfWhatIsKnown([statements, at, element]: [Statement[], number, string]): void {
  const index = at % statements.length;
  const list = (statements[index] as unknown as Record<string, string[] | undefined>)[element];
  if (list === undefined) return;
  const withList = (values: string[]): string => {
    const Statement = statements.map((each, i) => (i === index ? { ...each, [element]: values } : each));
    const found = results(policyType, { policy: { Statement } });
    if (found.some(({ level }) => level === "mandatory")) return "block";
    return found.some(({ certainty }) => certainty === "unknown") ? "unknown" : "neither";
  };
  const unknown = withList([...list, unknownString]);
  for (const value of [...actions, ...resources, "nosuch:Thing"]) {
    const later = withList([...list, value]);
    if (unknown === "block") assert.equal(later, "block");
    if (later === "block") assert.ok(/block|unknown/.test(unknown), `${unknown} but ${value}`);
  }
}

/** An ordinary request of somebody with a long-term key: no MFA, no tags, no organization. */
const context = {
  "aws:username": ownName,
  "aws:PrincipalArn": `arn:aws:iam::${account}:user/${ownName}`,
  "aws:SourceIp": "198.51.99.7",
  "aws:RequestedRegion": "us-east-1",
  "aws:CurrentTime": "2026-11-22T00:00:00Z",
  "aws:ViaAWSService": "false",
};

async function simulated(Statement: readonly Statement[], action: string, resource: string): Promise<string> {
  const result = await runSimulation(
    {
      request: {
        action,
        resource: { resource, accountId: account },
        principal: `arn:aws:iam::${account}:user/${ownName}`,
        contextVariables: context,
      },
      identityPolicies: [{ name: "fuzz", policy: { Version: "2012-10-17", Statement } }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  return result.resultType === "error" ? "error" : (result as { overallResult: string }).overallResult;
}

async function neverMissesWhatASimulatorAllows([statements, pick]: [Statement[], number]): Promise<void> {
  const { action, kind } = escalations[pick % escalations.length]!;
  const answer = await simulated(statements, action, `arn:aws:iam::${account}:${kind}/${somebody}`);
  if (answer !== "Allowed") return;
  const found = results(policyType, { policy: { Version: "2012-10-17", Statement: statements } });
  const ofPolicy = found.filter(({ policyId }) => policyId === "iam-no-admin-wildcard");
  // An Allow under a condition that AWS finds met may be told as one under a condition; never as nothing.
  const bare = statements.every(({ Condition }) => Condition === undefined);
  assert.ok(ofPolicy.some(({ level, certainty }) => (bare ? level === "mandatory" : certainty === "violation")));
}

// One action of each of several services that have nothing to do with each other.
const canaries: [string, string][] = [
  ["s3:DeleteBucket", "arn:aws:s3:::some-bucket"],
  ["dynamodb:DeleteTable", `arn:aws:dynamodb:us-east-1:${account}:table/orders`],
  ["lambda:DeleteFunction", `arn:aws:lambda:us-east-1:${account}:function:web`],
  ["sqs:DeleteQueue", `arn:aws:sqs:us-east-1:${account}:jobs`],
];

async function neverPassesWhatGrantsEverything(statements: Statement[]): Promise<void> {
  for (const [action, resource] of [...canaries, ["iam:CreatePolicyVersion", `arn:aws:iam::${account}:policy/p1`]]) {
    if ((await simulated(statements, action!, resource!)) !== "Allowed") return;
  }
  assert.notEqual(outcome(policyType, { policy: { Version: "2012-10-17", Statement: statements } }), "pass");
}

/** Random policy documents. */
export const documentProperties: readonly FuzzProperty[] = [
  {
    name: "documents are refused exactly when an escalation on somebody, or on oneself, would be allowed",
    runs: 4000,
    property: fc.property(fc.array(statement, { maxLength: 5 }), refusedExactly),
  },
  {
    name: "an unknown part never turns a refusal of the rest into silence",
    runs: 400,
    property: fc.property(
      fc.tuple(
        fc.array(statement, { minLength: 1, maxLength: 3 }),
        fc.nat(),
        fc.constantFrom("Action", "NotAction", "Resource", "NotResource"),
      ),
      certainOnlyOfWhatIsKnown,
    ),
  },
  {
    name: "what an IAM simulator allows of an escalation is never missed",
    runs: 1000,
    property: fc.asyncProperty(
      fc.tuple(fc.array(conditionalStatement, { minLength: 1, maxLength: 4 }), fc.nat()),
      neverMissesWhatASimulatorAllows,
    ),
  },
  {
    name: "what an IAM simulator allows of everything is never passed over",
    runs: 500,
    property: fc.asyncProperty(
      fc.array(conditionalStatement, { minLength: 1, maxLength: 3 }),
      neverPassesWhatGrantsEverything,
    ),
  },
];
