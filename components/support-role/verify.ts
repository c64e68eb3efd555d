import { unlessGone } from "../../aws/errors";
import { type Evidence, type VerifyScope } from "../foundation/verify/verifier";

interface Statement {
  readonly Effect: string;
  readonly Principal?: { readonly AWS?: string | string[] };
  readonly Condition?: Record<string, Record<string, unknown>>;
}

/** May somebody talk to AWS Support, and nobody without MFA? */
export async function verify({ aws, namePrefix }: VerifyScope): Promise<Evidence[]> {
  const iam = aws.iam();
  const RoleName = `${namePrefix}-support`;
  const role = (await unlessGone(iam.getRole({ RoleName }), "NoSuchEntity"))?.Role;
  if (role === undefined) {
    return [{ holds: true, neutral: true, says: "switched off" }];
  }
  const { AttachedPolicies: policies = [] } = await iam.listAttachedRolePolicies({ RoleName });
  const others = policies.filter(({ PolicyName }) => PolicyName !== "AWSSupportAccess");
  const document = JSON.parse(decodeURIComponent(role.AssumeRolePolicyDocument ?? "{}")) as { Statement?: Statement[] };
  const careless = (document.Statement ?? []).filter((each) => each.Effect === "Allow" && !needsMfa(each));
  const whom = careless.flatMap(({ Principal }) => Principal?.AWS ?? "anybody");
  return [
    {
      holds: policies.length === 1 && others.length === 0,
      says: `role ${RoleName} may use: ${policies.map(({ PolicyName }) => PolicyName).join(", ") || "nothing"}`,
    },
    {
      holds: careless.length === 0,
      says: careless.length === 0 ? "people need MFA to take it" : `taken without MFA by ${whom.join(", ")}`,
    },
  ];
}

/** A role named here shows no MFA: the session of a role never carries it. */
function needsMfa({ Principal, Condition }: Statement): boolean {
  const principals = [Principal?.AWS ?? []].flat();
  const onlyRoles = principals.length > 0 && principals.every((each) => each.includes(":role/"));
  return onlyRoles || String(Condition?.["Bool"]?.["aws:MultiFactorAuthPresent"]) === "true";
}
