import { readDocument } from "../iam/document";
import { decideTrust, type Opening, type TrustVerdict } from "../iam/trust";
import { property } from "../values";
import { root } from "./evaluate";
import { exceptionsSchema } from "./exceptions";
import { type Finding, type Policy } from "./types";
import { conditionNames, listed, malformed } from "./wording";

/** Where the trust policy of a role stands, by type. */
const trustPolicies: Readonly<Record<string, string>> = {
  "aws:iam/role:Role": "assumeRolePolicy",
  "aws-native:iam:Role": "assumeRolePolicyDocument",
};

/** Refuses roles that people can assume who have nothing to do with the account. */
export const iamNoPublicTrust: Policy = {
  id: "iam-no-public-trust",
  title: "No role that strangers can assume",
  description:
    "A role's trust policy must name who may assume it, and bind identities of shared issuers to one tenant.",
  level: "mandatory",
  severity: "critical",
  frameworks: [
    {
      name: "AWS Well-Architected Framework",
      version: "2024-06-27",
      reference: "SEC03-BP07",
      specification: "Analyze public and cross-account access.",
    },
  ],
  remediationSteps:
    "Name accounts or roles in Principal, or require aws:PrincipalOrgID. For an OIDC provider such as GitHub, compare " +
    "its sub claim with one organization and repository.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  configSchema: { properties: { exceptions: exceptionsSchema } },
  resourceTypes: Object.keys(trustPolicies),
  evaluate: (resource) => {
    const document = readDocument(property(root(resource), trustPolicies[resource.type] ?? ""), "trust");
    const { path, problems } = document;
    return [...decideTrust(document).map(describe), ...(problems.length > 0 ? [malformed(path, problems)] : [])];
  },
};

function describe(verdict: TrustVerdict): Finding {
  switch (verdict.kind) {
    case "public": {
      const { withLuck, statement, by, conditions } = verdict;
      const named = conditionNames(conditions);
      const despite = withLuck
        ? `; only ${named} stands in the way, which does not say who calls`
        : named && `; ${named} does not keep strangers out`;
      return {
        certainty: "violation",
        ...(withLuck ? { level: "advisory" } : {}),
        message: `${whoOf(by)} can assume this role${withLuck ? ", if they guess a value or get into a network" : ""}.`,
        path: by.path,
        witness: `${statement.label} ${reasonOf(by)}${despite}`,
        fix: fixOf(by),
      };
    }
    case "tenant":
      return {
        certainty: "violation",
        level: "advisory",
        message: `Anyone with ${verdict.by.anyoneWith ?? "an identity"} can assume this role.`,
        path: verdict.by.path,
        witness: `${verdict.statement.label} trusts ${verdict.by.issuer?.split("/")[0] ?? "an issuer"} without a bound sub`,
        fix: fixOf(verdict.by),
      };
    case "unknown":
      return {
        certainty: "unknown",
        level: "advisory",
        message: "Cannot tell yet whether strangers can assume this role.",
        path: listed(verdict.inputs),
        witness: "this input is known only during the update; it is decided then, before the role is created.",
        fix: "nothing, if it names who may assume the role; to decide at preview, build the ARN from known parts.",
      };
  }
}

function whoOf({ how, anyoneWith }: Opening): string {
  if (how === "any-service") return "Every AWS service, on behalf of any account,";
  if (how === "any-issuer") return "Anyone with an identity of some issuer";
  return `Anyone with ${anyoneWith ?? "an AWS account"}`;
}

function reasonOf({ how, action, issuer }: Opening): string {
  switch (how) {
    case "everyone":
      return `allows ${action} to every AWS principal`;
    case "not-principal":
      return `allows ${action} to everyone but its NotPrincipal`;
    case "any-service":
      return `allows ${action} to every service`;
    case "any-issuer":
      return `allows ${action} without naming the identity provider`;
    case "issuer":
      return `trusts ${issuer ?? "an issuer"} without a claim that names one of its tenants`;
  }
}

function fixOf({ how, issuer }: Opening): string {
  if (how === "any-service") return "name the service, and bind it with aws:SourceAccount or aws:SourceArn.";
  if (how !== "issuer") return "name accounts or roles in Principal, or require aws:PrincipalOrgID (StringEquals).";
  const example =
    issuer === "token.actions.githubusercontent.com" ? ", e.g. repo:my-org/my-repo:ref:refs/heads/main" : "";
  return `compare the claim (sub, or aud) with one tenant, no wildcard before its end${example}.`;
}
