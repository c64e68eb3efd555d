import { awsCommand } from "../../../../common/command";
import { daysSince } from "../model";
import { type IdentityVerdict } from "../../../account/identity/verdict";
import { permissionSetOf } from "../../../account/identity/reserved-role";
import { cis, type Rule, rule, securityHub, type Sighting } from "./rule";
import { type PrincipalFacts } from "./subjects";

const noAdministrators = [cis("2.14"), securityHub("IAM.1")];

/** What they have in common: one verdict of the policy pack, told of whoever holds the policies. */
function onVerdict(
  fits: (verdict: IdentityVerdict) => boolean,
  of: Pick<Rule<"principal">, "id" | "title" | "severity" | "references" | "why">,
) {
  return rule({
    ...of,
    on: "principal",
    part: "policies",
    judge: (principal, now) => (fits(principal.verdict) ? [sighting(principal, now)] : []),
  });
}

export const administratorByAwsPolicy = onVerdict(
  ({ kind, by }) => kind === "administrator" && by === "aws-managed-policy",
  {
    id: "administrator-aws-policy",
    title: "Administrator by an AWS-managed policy",
    severity: "critical",
    references: noAdministrators,
    why: "With these credentials everything is lost.",
  },
);

export const administratorByWildcard = onVerdict(({ kind, by }) => kind === "administrator" && by === "wildcard", {
  id: "administrator-wildcard",
  title: "Administrator by wildcard",
  severity: "critical",
  references: noAdministrators,
  why: "With these credentials everything is lost, and no policy's name says so.",
});

export const escalation = onVerdict(({ kind }) => kind === "escalation", {
  id: "privilege-escalation",
  title: "Way to other principals' rights",
  severity: "high",
  references: ["MITRE ATT&CK 18 T1098.003"],
  why: "What it may do ends in what any role may do.",
});

function sighting(principal: PrincipalFacts, now: Date): Sighting {
  const { kind, name, arn, verdict, createdAt } = principal;
  const ageDays = daysSince(createdAt, now);
  const through = verdict.sources.length > 0 ? ` By ${verdict.sources.slice(0, 3).join(", ")}.` : "";
  const set = kind === "role" ? permissionSetOf(name, arn) : undefined;
  // Every change of such a role in IAM ends with UnmodifiableEntity.
  const elsewhere =
    set === undefined
      ? ""
      : ` IAM lets nobody change this role: change permission set ${set}, or who is assigned it, in IAM Identity Center.`;
  const proof = verdict.witness === "" ? "" : ` ${verdict.witness[0]!.toUpperCase()}${verdict.witness.slice(1)}.`;
  return {
    who: name,
    resource: `${kind}/${name}`,
    arn,
    // Keys of a role end by themselves, and administrators there have to be some.
    ...(kind === "role" && { severity: "medium" as const }),
    ...(ageDays !== undefined && { ageDays }),
    evidence: `${`${verdict.message}${through}${proof}`.replaceAll("..", ".")}${elsewhere}`,
    fix:
      set === undefined ? detach(principal) : awsCommand("iam", "list-attached-role-policies", { "role-name": name }),
  };
}

/** The one policy that does it, where the principal holds it by itself; else what to read first. */
function detach({ kind, name, verdict, direct }: PrincipalFacts): string {
  // By the whole of how a verdict names it: a group's policy, or an inline one, may be called the same.
  const sourceOf = (each: (typeof direct)[number]) =>
    `${each.arn === undefined ? "inline policy" : "policy"} ${each.name}`;
  const own = direct.find((each) => verdict.sources.includes(sourceOf(each)));
  const of = { [`${kind}-name`]: name };
  if (own === undefined) {
    return awsCommand("iam", kind === "user" ? "list-groups-for-user" : "list-attached-role-policies", of);
  }
  return own.arn === undefined
    ? awsCommand("iam", `delete-${kind}-policy`, { ...of, "policy-name": own.name })
    : awsCommand("iam", `detach-${kind}-policy`, { ...of, "policy-arn": own.arn });
}

/** Inline policies of `respond`, whatever their prefix. */
const CONTAINMENT = /-respond-(deny|revoke-sessions)$/;

export const directPolicies = rule({
  id: "user-direct-policies",
  title: "User with policies of its own",
  severity: "low",
  references: [cis("2.13"), securityHub("IAM.2")],
  why: "Rights given one by one are never taken back.",
  on: "principal",
  part: "policies",
  judge: ({ kind, name, arn, direct }) => {
    const [first] = direct;
    if (kind !== "user" || first === undefined) {
      return [];
    }
    const containment = direct.filter((each) => each.arn === undefined && CONTAINMENT.test(each.name));
    const others = direct.filter((each) => !containment.includes(each));
    const names = [...others, ...containment].map((each) => each.name);
    const leave = containment.map((each) => each.name).join(" and ");
    const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
    return [
      {
        who: name,
        resource: `user/${name}`,
        arn,
        evidence: `Holds ${names.slice(0, 3).join(", ")}${more}, not through a group.${leave && ` Leave ${leave} as long as the response to the leak goes on.`}`,
        fix: awsCommand("iam", "add-user-to-group", { "user-name": name, "group-name": "<group>" }),
      },
    ];
  },
});
