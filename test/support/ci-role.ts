import assert from "node:assert/strict";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import { keyOwnedByAccount, type PolicyStatement } from "../../components/foundation/policy-document";
import { applyBoundary, noContents, stateOnly } from "../../bootstrap/boundary";
import { limitedStatements, readStatements, writeStatements } from "../../bootstrap/documents";
import { iamStatements } from "../../bootstrap/iam-statements";
import { type Place, type StatePlace } from "../../bootstrap/place";
import { stateKeyGuard, stateReads, stateWrites } from "../../bootstrap/state-access";

export const ciPlace: Place = {
  partition: "aws",
  accountId: "123456789012",
  rolePrefix: "ci-baseline",
  namePrefix: "baseline",
};

export const ciState: StatePlace = {
  bucket: "ci-baseline-state-123456789012-us-east-1",
  prefix: "",
  keyArn: "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-4333-8444-555555555555",
};

const document = (Statement: PolicyStatement[]) => ({ Version: "2012-10-17", Statement });

/** Far more than AWS's own policy for auditors grants, which may grow one day. */
const audit = document([
  {
    Sid: "Audit",
    Effect: "Allow",
    Action: ["dynamodb", "lambda", "logs", "s3", "secretsmanager", "ssm"].flatMap((each) => [
      `${each}:Get*`,
      `${each}:List*`,
    ]),
    Resource: "*",
  },
]);

const roles = {
  preview: {
    identityPolicies: [
      { name: "reads", policy: document(readStatements()) },
      {
        name: "state",
        policy: document([...noContents(), ...stateOnly("aws", ciState), ...stateReads("aws", ciState)]),
      },
    ],
  },
  apply: {
    identityPolicies: [
      { name: "reads", policy: document(readStatements()) },
      { name: "writes", policy: document(writeStatements(ciPlace)) },
      { name: "limited writes", policy: document(limitedStatements(ciPlace)) },
      { name: "iam", policy: document(iamStatements(ciPlace)) },
      {
        name: "state",
        policy: document([
          ...stateOnly("aws", ciState),
          ...stateReads("aws", ciState),
          ...stateWrites("aws", ciState),
          ...stateKeyGuard(ciState),
        ]),
      },
    ],
    permissionBoundaryPolicies: [{ name: "wall", policy: document(applyBoundary(ciPlace)) }],
  },
};

export type CiRole = keyof typeof roles;

/**
 * Whether a role may do something, judged by an IAM simulator with everything the role has.
 *
 * @param more rights that somebody attaches to the role besides
 * @param resourcePolicy of the resource, as JSON
 */
export async function ciRoleMay(
  role: CiRole,
  action: string,
  resource = "*",
  context: Record<string, string | string[]> = {},
  more: "nothing" | "administrator" | "auditor" = "nothing",
  resourcePolicy?: string,
): Promise<boolean> {
  const { identityPolicies, ...walls } = roles[role];
  const everything = document([{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }]);
  const added = { nothing: [], administrator: [everything], auditor: [audit] }[more];
  const result = await runSimulation(
    {
      request: {
        action,
        resource: { resource, accountId: ciPlace.accountId },
        principal: `arn:aws:iam::123456789012:role/ci-baseline-${role}`,
        contextVariables: context,
      },
      identityPolicies: [...identityPolicies, ...added.map((policy) => ({ name: "added", policy }))],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...walls,
      // Every key of the account leaves it to IAM who may use it.
      ...(resource.startsWith("arn:aws:kms:") && {
        resourcePolicy: document([keyOwnedByAccount("aws", ciPlace.accountId)]),
      }),
      ...(resourcePolicy !== undefined && { resourcePolicy: JSON.parse(resourcePolicy) as object }),
    },
    {},
  );
  if (result.resultType === "error" && JSON.stringify(result).includes("must.use.wildcard")) {
    // The action knows no resources: a statement that names some does not allow it.
    return ciRoleMay(role, action, "*", context, more, resourcePolicy);
  }
  assert.notEqual(result.resultType, "error", `${action} on ${resource}: ${JSON.stringify(result).slice(0, 400)}`);
  return (result as { overallResult: string }).overallResult === "Allowed";
}
