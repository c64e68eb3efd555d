import { type Escalates, type Grant } from "../iam/evaluate";
import { decide, type Verdict } from "../iam/verdict";
import { property } from "../values";
import { root } from "./evaluate";
import { exceptionsSchema } from "./exceptions";
import { identityDocuments, identityDocumentsOf } from "./identity-documents";
import { administrators } from "./frameworks";
import { type Finding, type Policy, type PolicyConfig } from "./types";
import { conditionNames, cannotTell, listed, malformed } from "./wording";

const mfaKeys = ["aws:multifactorauthpresent", "aws:multifactorauthage"];

/** Refuses identity policies that make whoever holds them an administrator. */
export const iamNoAdminWildcard: Policy = {
  id: "iam-no-admin-wildcard",
  title: "No administrator by wildcard",
  description: "IAM policies must not grant everything, nor the IAM actions that lead to it over every principal.",
  level: "mandatory",
  severity: "critical",
  frameworks: administrators,
  remediationSteps:
    "List the actions the principal needs, on the resources it needs them on. To hand out IAM itself, require a " +
    "permissions boundary (iam:PermissionsBoundary) and limit the resources to a path.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-1",
  configSchema: {
    properties: {
      allowAdminWithMfa: {
        type: "boolean",
        default: false,
        description: "Accept an administrator whose grant needs multi-factor authentication: reported, not refused.",
      },
      acceptedConditionKeys: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: "Condition keys under which an administrator is reported, not refused, e.g. aws:SourceIp.",
      },
      allowWithPermissionsBoundary: {
        type: "boolean",
        default: false,
        description: "Accept inline policies of a resource that has a permissions boundary: reported, not refused.",
      },
      exceptions: exceptionsSchema,
    },
  },
  resourceTypes: identityDocuments.map(({ type }) => type),
  evaluate: (resource, config) => {
    const { table, documents } = identityDocumentsOf(resource);
    const boundary = table?.boundary;
    const bounded = boundary !== undefined && property(root(resource), boundary).value !== undefined;
    const verdicts = decide(documents, { conditionKeys: acceptedKeys(config), heldByRoles: table?.ofRole });
    const paths = documents.map(({ path }) => path).join(", ");
    const found = verdicts.map((verdict) => describe(verdict, paths));
    const accepted = bounded && config["allowWithPermissionsBoundary"] === true;
    const problems = documents.flatMap(({ path, problems: all }) => (all.length > 0 ? [malformed(path, all)] : []));
    return [...found.map((each) => withBoundary(each, bounded, accepted)), ...problems];
  },
};

function acceptedKeys(config: PolicyConfig): string[] {
  const listed: unknown = config["acceptedConditionKeys"];
  const keys = Array.isArray(listed) ? listed.map((key) => String(key).toLowerCase()) : [];
  return config["allowAdminWithMfa"] === true ? [...keys, ...mfaKeys] : keys;
}

/** A verdict in words. @param paths where the documents stand */
export function describe(verdict: Verdict, paths: string): Finding {
  switch (verdict.kind) {
    case "admin":
      return {
        certainty: "violation",
        message: verdict.full
          ? "Grants every action on every resource: whoever holds this is an administrator."
          : "Lets its holder become an administrator.",
        path: pathOf(verdict.by.grants),
        witness: `${proof(verdict.by)}${underConditions(verdict.by.grants)}`,
        fix: "name the actions and resources needed; for delegated IAM require a permissions boundary.",
      };
    case "undecided-admin":
      return {
        certainty: "violation",
        message: "Allows what makes an administrator; too complex to prove that its Deny statements cancel it.",
        path: pathOf(verdict.by.grants),
        witness: `${proof(verdict.by)}${underConditions(verdict.by.grants)}, Deny statements with many wildcards left out`,
        fix: "simplify the document: wildcards at the end of names only, above all in its Deny statements.",
      };
    case "conditional":
      return {
        certainty: "violation",
        level: "advisory",
        message: "Lets its holder become an administrator under a condition.",
        path: pathOf(verdict.by.grants),
        witness: `${proof(verdict.by)}${underConditions(verdict.by.grants)}`,
        fix: "make sure that the condition is meant, and that the holder cannot meet it at will.",
      };
    case "all-but-iam":
      return {
        certainty: "violation",
        level: "advisory",
        message: "Grants every action but those it names, and every new AWS service the day it appears.",
        path: verdict.by.rule.statement.path,
        witness: `${labelOf(verdict.by)} allows every action it does not exclude${underConditions([verdict.by])}.`,
        fix: "list the services and actions needed instead of the ones that are not.",
      };
    case "unknown":
      return cannotTell(
        "this makes its holder an administrator",
        verdict.inputs,
        "nothing, if it names actions and resources; to decide at preview, build the ARN from known parts.",
      );
    case "too-complex":
      return {
        certainty: "unknown",
        level: "advisory",
        message: "Could not be evaluated: the document has too many overlapping wildcards.",
        path: paths,
        witness: "the work needed to decide it exactly is beyond what a preview may take.",
        fix: "split the document, or use fewer wildcards within one name.",
      };
  }
}

/** `statement 2 (Sid X) allows iam:AttachUserPolicy on every user`. */
function proof({ escalation, over, grants }: Escalates): string {
  const target = over === "everyone" ? `every ${escalation.kind}` : "the caller's own user";
  const together = grants.length > 1 ? " together allow" : " allows";
  return `${[...new Set(grants.map(labelOf))].slice(0, 4).join(", ")}${together} ${escalation.action} on ${target}`;
}

function labelOf({ rule }: Grant): string {
  return rule.statement.label;
}

function pathOf(grants: readonly Grant[]): string {
  return listed(grants.map(({ rule }) => rule.statement.path));
}

function underConditions(grants: readonly Grant[]): string {
  const named = conditionNames(grants.flatMap(({ judgement }) => judgement.restricting));
  return named === "" ? "" : ` (under condition ${named})`;
}

function withBoundary(finding: Finding, bounded: boolean, accepted: boolean): Finding {
  if (!bounded || finding.certainty === "unknown") return finding;
  const witness = `${finding.witness}; a permissions boundary is set, what it leaves is not looked into`;
  return accepted ? { ...finding, witness, level: "advisory" } : { ...finding, witness };
}
