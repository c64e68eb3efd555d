import { type Clients } from "../provider/clients";

/** One thing that must not exist. */
export interface Absence {
  holds: boolean;
  /** What AWS says, in words. */
  says: string;
}

/** Asks AWS whether anything of the refused change exists. Its names stand in `refused-change.ts`. */
export async function absentAfterRefusal(aws: Clients, region: string): Promise<Absence[]> {
  const { Policies: policies = [] } = await aws.iam().listPolicies({ Scope: "Local" });
  const { SecurityGroups: groups = [] } = await aws.ec2(region).describeSecurityGroups({
    Filters: [{ Name: "group-name", Values: ["ssh-from-anywhere"] }],
  });
  const policy = policies.some(({ PolicyName }) => PolicyName === "just-for-now");
  return [
    { holds: !policy, says: `policy just-for-now ${policy ? "EXISTS" : "does not exist"}` },
    {
      holds: groups.length === 0,
      says: `security group ssh-from-anywhere ${groups.length > 0 ? "EXISTS" : "does not exist"}`,
    },
  ];
}
