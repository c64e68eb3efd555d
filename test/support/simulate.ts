import assert from "node:assert/strict";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import "./one-collator";

/** One call, and the policies that are looked at. */
export interface Simulated {
  /** ARN of the caller, or the name of an AWS service. */
  principal: string;
  action: string;
  /** ARN of what is called upon. */
  resource: string;
  context?: Record<string, string>;
  /** Policy of the caller, as JSON. Default: it may do everything. */
  identityPolicy?: string;
  /** Service control policy beside one that allows everything, as JSON. */
  serviceControlPolicy?: string;
  /** Policy of the resource, as JSON. */
  resourcePolicy?: string;
}

const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

/** Does IAM let it through? In account 123456789012. */
export async function isAllowed(call: Simulated): Promise<boolean> {
  const { principal, action, resource, context = {}, identityPolicy, serviceControlPolicy, resourcePolicy } = call;
  const isService = principal.endsWith(".amazonaws.com");
  const policy = identityPolicy === undefined ? everything : (JSON.parse(identityPolicy) as object);
  const result = await runSimulation(
    {
      request: {
        principal,
        action,
        resource: { resource, accountId: "123456789012" },
        contextVariables: context,
      },
      identityPolicies: isService ? [] : [{ name: "own", policy }],
      serviceControlPolicies:
        serviceControlPolicy === undefined
          ? []
          : [
              {
                orgIdentifier: "o-example",
                policies: [
                  { name: "full", policy: everything },
                  { name: "scp", policy: JSON.parse(serviceControlPolicy) as object },
                ],
              },
            ],
      resourceControlPolicies: [],
      ...(resourcePolicy !== undefined && { resourcePolicy: JSON.parse(resourcePolicy) as object }),
    },
    {},
  );
  assert.notEqual(result.resultType, "error", JSON.stringify(result).slice(0, 300));
  return (result as { overallResult: string }).overallResult === "Allowed";
}
