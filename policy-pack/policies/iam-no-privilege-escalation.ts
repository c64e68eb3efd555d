import { type PolicyDocument } from "../iam/model";
import { type Escalates } from "../iam/evaluate";
import { findPaths, type FoundPath, type FoundPaths, type PathOptions } from "../iam/find-paths";
import { type Reading } from "../iam/reading";
import { TooComplex } from "../iam/share";
import { unknownInputs } from "../iam/verdict";
import { exceptionsSchema } from "./exceptions";
import { identityDocuments, identityDocumentsOf } from "./identity-documents";
import { type Finding, type Policy } from "./types";
import { conditionNames, cannotTell, listed } from "./wording";

/** Warns of combinations of actions that end in rights the holder is not meant to have. */
export const iamNoPrivilegeEscalation: Policy = {
  id: "iam-no-privilege-escalation",
  title: "No way to other principals' rights",
  description: "IAM policies should not combine actions that let their holder act with the rights of any role.",
  level: "advisory",
  severity: "high",
  frameworks: [
    {
      name: "MITRE ATT&CK",
      version: "18",
      reference: "T1098.003",
      specification: "Account Manipulation: Additional Cloud Roles.",
    },
  ],
  remediationSteps:
    "Limit iam:PassRole to the roles meant (Resource) and to the service that gets them (iam:PassedToService); limit " +
    "actions on what runs already to the functions, stacks or instances meant.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
  configSchema: {
    properties: {
      existingWorkloads: {
        type: "boolean",
        default: true,
        description:
          "Also report what takes over something that runs under a role already, e.g. lambda:UpdateFunctionCode.",
      },
      exceptions: exceptionsSchema,
    },
  },
  resourceTypes: identityDocuments.map(({ type }) => type),
  evaluate: (resource, config) => {
    const { table, documents } = identityDocumentsOf(resource);
    const options: PathOptions = {
      existing: config["existingWorkloads"] !== false,
      ...(table?.ofRole && { heldByRoles: true }),
    };
    const certain = attempt(documents, "certain", options);
    if (certain === "too-complex") return [tooComplex(documents)];
    if (certain.alone !== undefined) return [byItself(certain.alone)];
    if (certain.paths.length > 0) return [byPaths(certain.paths)];
    // A document that is unknown as a whole is what iam-no-admin-wildcard reports; once is enough.
    const inputs = unknownInputs(documents.filter((each) => !each.unknown));
    const possible = inputs.length > 0 ? attempt(documents, "possible", options) : undefined;
    const may = typeof possible === "object" && (possible.alone !== undefined || possible.paths.length > 0);
    return may ? [notKnown(inputs)] : [];
  },
};

function attempt(
  documents: readonly PolicyDocument[],
  reading: Reading,
  options: PathOptions,
): FoundPaths | "too-complex" {
  try {
    return findPaths(documents, reading, options);
  } catch (error) {
    if (error instanceof TooComplex) return "too-complex";
    throw error;
  }
}

/** One action that is enough, in words. */
export function byItself({ escalation, over, grants }: Escalates): Finding {
  const target = over === "everyone" ? `every ${escalation.kind}` : "the caller's own user";
  return {
    certainty: "violation",
    message: `Lets its holder become an administrator by one action: ${escalation.action} on ${target}.`,
    path: listed(grants.map(({ rule }) => rule.statement.path)),
    witness: `${labels(grants)}: ${escalation.how}${conditions(grants)}`,
    fix: "limit it to the resources meant, or require a permissions boundary (iam:PermissionsBoundary).",
  };
}

/** Actions that are enough together, in words. */
export function byPaths(found: readonly FoundPath[]): Finding {
  const [first, ...others] = found as [FoundPath, ...FoundPath[]];
  const { path, grants } = first;
  const more = others.length > 0 ? ` (and ${others.length} more way${others.length > 1 ? "s" : ""})` : "";
  const passes = path.actions[0] === "iam:PassRole";
  return {
    certainty: "violation",
    message: `Lets its holder ${path.how}: ${path.actions.join(" + ")}${more}.`,
    path: listed(grants.map(({ rule }) => rule.statement.path)),
    witness: `${labels(grants)}${grants.length > 1 ? " together allow" : " allows"} it${conditions(grants)}`,
    fix: passes
      ? "limit iam:PassRole to the roles meant (Resource) and to one service (iam:PassedToService)."
      : `limit ${path.actions[0]} to the resources meant, by their ARNs.`,
  };
}

function labels(grants: FoundPath["grants"]): string {
  const names = grants.map(({ rule }) => rule.statement.label);
  // Two documents may each have a first statement; the line above says where they are.
  return new Set(names).size < names.length ? `${names.length} statements` : listed(names);
}

function conditions(grants: FoundPath["grants"]): string {
  const named = conditionNames(grants.flatMap(({ judgement }) => judgement.restricting));
  return named === "" ? "" : ` (under condition ${named})`;
}

function notKnown(inputs: readonly string[]): Finding {
  return cannotTell(
    "this lets its holder act with the rights of any role",
    inputs,
    "nothing, if it names the roles and resources meant; to decide at preview, build the ARN from known parts.",
  );
}

function tooComplex(documents: readonly PolicyDocument[]): Finding {
  return {
    certainty: "unknown",
    level: "advisory",
    message: "Escalation could not be evaluated: the document has too many overlapping wildcards.",
    path: listed(documents.map(({ path }) => path)),
    witness: "the work needed to decide it exactly is beyond what a preview may take.",
    fix: "split the document, or use fewer wildcards within one name.",
  };
}
