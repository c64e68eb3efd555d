import { compileGlob, matches } from "./glob";
import { isUnknown, replaceUnknown } from "../values";

/** What having an AWS-managed policy amounts to, and why, for people. */
export interface ManagedVerdict {
  readonly name: string;
  readonly level: "admin" | "nearly";
  readonly because: string;
}

/**
 * The AWS-managed policies that are, or come near, an administrator. All 1,523 of them (MAMIP, 2026-03-07) were decided
 * by the evaluator of this pack; no other grants everything, or an IAM escalation over everyone but with the policies
 * it may attach spelt out.
 */
export const managedVerdicts: readonly ManagedVerdict[] = [
  { name: "AdministratorAccess", level: "admin", because: "it grants every action on every resource" },
  { name: "IAMFullAccess", level: "admin", because: "it grants all of IAM, so its holder can grant itself the rest" },
  {
    name: "AdministratorAccess-Amplify",
    level: "admin",
    because: "it lets its holder attach any policy to any role",
  },
  {
    name: "AWSOpsWorksRegisterCLI",
    level: "admin",
    because: "it lets its holder write the policies of any user, its own too",
  },
  { name: "PowerUserAccess", level: "nearly", because: "it grants every action but those of IAM and the organization" },
  {
    name: "AWSMcpServiceActionsFullAccess",
    level: "nearly",
    because: "it grants every action to requests that come through an AWS MCP server",
  },
  {
    name: "AWSCodeStarServiceRole",
    level: "nearly",
    because: "it lets its holder write IAM policies, within a condition",
  },
];

// A partition that is not known, or spelt as a CloudFormation variable, makes no difference.
const managedArn = /^arn:(?:\$\{[^}]*\}|[^:]*):iam::aws:policy\/(?:.*\/)?([^/]+)$/i;

/** The verdict on a policy by its ARN; `unknown` when an input that is not known yet may make it an administrator. */
export function managedVerdict(arn: string): ManagedVerdict | "unknown" | undefined {
  const text = arn.trim();
  const name = managedArn.exec(text)?.[1];
  const known = managedVerdicts.find((each) => each.name.toLowerCase() === name?.toLowerCase());
  if (known !== undefined || !isUnknown(text)) return known;
  const glob = compileGlob(replaceUnknown(text, "*"));
  const possible = managedVerdicts.some((each) => matches(glob, `arn:aws:iam::aws:policy/${each.name}`));
  return possible ? "unknown" : undefined;
}
