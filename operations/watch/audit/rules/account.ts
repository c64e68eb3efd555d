import { awsCommand } from "../../../../common/command";
import { daysSince } from "../model";
import { cis, rule, securityHub } from "./rule";

const LENGTH = 14;
const REUSE = 24;

/** The password policy as the baseline's own control sets it, which is what the benchmarks ask for. */
export const passwordPolicyWeak = rule({
  id: "password-policy-weak",
  title: "Weak password policy",
  severity: "medium",
  references: [cis("2.8"), cis("2.9"), securityHub("IAM.7"), securityHub("IAM.15"), securityHub("IAM.16")],
  why: "Short and used passwords are guessed.",
  on: "passwordPolicy",
  part: "passwordPolicy",
  judge: ({ policy }) => {
    const faults =
      policy === undefined
        ? ["there is none, so that eight characters are enough"]
        : [
            ...(policy.minimumLength < LENGTH ? [`${policy.minimumLength} characters are enough, not ${LENGTH}`] : []),
            ...(policy.reusePrevention < REUSE
              ? [`the last ${policy.reusePrevention} passwords are refused, not ${REUSE}`]
              : []),
            ...(policy.classes < 4 ? [`${policy.classes} of 4 classes of characters are asked for`] : []),
          ];
    return faults.length === 0
      ? []
      : [
          {
            who: "account",
            resource: "password-policy",
            evidence: `${faults.join("; ")}.`.replace(/^./, (letter) => letter.toUpperCase()),
            fix: awsCommand("iam", "update-account-password-policy", {
              // What is left out is set back to AWS's default: nothing that is strict already is to be lost.
              "minimum-password-length": Math.max(LENGTH, policy?.minimumLength ?? 0),
              "password-reuse-prevention": REUSE,
              "require-symbols": true,
              "require-numbers": true,
              "max-password-age": policy?.maxAge,
              "hard-expiry": policy?.hardExpiry,
              "require-uppercase-characters": true,
              "require-lowercase-characters": true,
              "allow-users-to-change-password": true,
            }),
          },
        ];
  },
});

export const analyzerMissing = rule({
  id: "analyzer-missing",
  title: "No external access analyzer",
  severity: "low",
  references: [cis("2.18"), securityHub("IAM.28")],
  why: "What is shared with strangers is not noticed.",
  on: "analyzers",
  part: "accessAnalyzer",
  judge: ({ missingIn: [first, ...others] }) =>
    first === undefined
      ? []
      : [
          {
            who: "account",
            resource: "access-analyzer",
            evidence: `None in ${[first, ...others].slice(0, 5).join(", ")}${others.length > 4 ? ` and ${others.length - 4} more regions` : ""}.`,
            fix: awsCommand("accessanalyzer", "create-analyzer", {
              region: first,
              "analyzer-name": "baseline",
              type: "ACCOUNT",
            }),
          },
        ],
});

/** What IAM Access Analyzer found and nobody has archived. */
export const exposure = rule({
  id: "analyzer-finding",
  title: "Active finding of IAM Access Analyzer",
  severity: "medium",
  references: [cis("2.18"), securityHub("IAM.28")],
  why: "Somebody outside may use it, or nobody inside does.",
  on: "exposure",
  part: "accessAnalyzer",
  judge: ({ analyzerArn, findingId, resource, resourceType, type, isPublic, since, region, owner }, now) => {
    const ageDays = daysSince(since, now);
    return [
      {
        who: owner ?? "account",
        resource: `finding/${findingId}`,
        ...(resource.startsWith("arn:") && { arn: resource }),
        region,
        severity: isPublic ? "high" : type === "ExternalAccess" ? "medium" : "low",
        ...(ageDays !== undefined && { ageDays }),
        evidence: `${type}${isPublic ? ", public" : ""}: ${resourceType} ${resource}.`,
        fix: awsCommand("accessanalyzer", "get-finding-v2", { region, "analyzer-arn": analyzerArn, id: findingId }),
      },
    ];
  },
});
