import { awsCommand } from "../../../../common/command";
import { daysSince, limits } from "../model";
import { cis, days, rule, securityHub } from "./rule";

const root = { who: "root", resource: "root" };
// Root's own credentials are changed by root alone, in the console; the command shows whether it was done.
const summary = () => awsCommand("iam", "get-account-summary");

export const rootAccessKey = rule({
  id: "root-access-key",
  title: "Access key of the root user",
  severity: "critical",
  references: [cis("2.4"), securityHub("IAM.4")],
  why: "No policy limits it, and nothing but its deletion stops it.",
  on: "root",
  part: "accountSummary",
  judge: ({ accessKeys }) =>
    accessKeys
      ? [{ ...root, evidence: "The root user has an access key. Delete it, signed in as root.", fix: summary() }]
      : [],
});

export const rootMfa = rule({
  id: "root-mfa",
  title: "Root user without MFA",
  severity: "critical",
  references: [cis("2.5"), securityHub("IAM.9")],
  why: "Its password is all that stands before everything.",
  on: "root",
  part: "accountSummary",
  judge: ({ mfa, cannotSignIn }) =>
    mfa === false && !cannotSignIn
      ? [{ ...root, evidence: "The root user has no MFA device. Enrol two, signed in as root.", fix: summary() }]
      : [],
});

export const rootUsed = rule({
  id: "root-used",
  title: "Root user used recently",
  severity: "high",
  references: [cis("2.7")],
  why: "Daily work as root is work without limits, and without a name.",
  on: "root",
  part: "credentialReport",
  judge: ({ lastUsedAt }, now) => {
    const ageDays = daysSince(lastUsedAt, now);
    return ageDays !== undefined && ageDays <= limits.rootUse
      ? [
          {
            ...root,
            ageDays,
            evidence: `Used ${days(ageDays)} ago. Find out who, and for what.`,
            fix: awsCommand("cloudtrail", "lookup-events", {
              "lookup-attributes": "AttributeKey=Username,AttributeValue=root",
            }),
          },
        ]
      : [];
  },
});
