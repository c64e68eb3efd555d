import { type Evidence, type VerifyScope } from "../foundation/verify/verifier";

/** Source of the thresholds: CIS AWS Foundations 7.0, 2.8 and 2.9. */
export async function verify({ aws }: VerifyScope): Promise<Evidence[]> {
  const { PasswordPolicy: policy } = await aws.iam().getAccountPasswordPolicy({});
  const length = policy?.MinimumPasswordLength ?? 0;
  const reuse = policy?.PasswordReusePrevention ?? 0;
  const age = policy?.MaxPasswordAge ?? 0;
  const classes =
    policy?.RequireLowercaseCharacters &&
    policy.RequireUppercaseCharacters &&
    policy.RequireNumbers &&
    policy.RequireSymbols;
  return [
    { holds: length >= 14, says: `at least ${length} characters` },
    { holds: reuse >= 24, says: `none of the last ${reuse} passwords again` },
    { holds: age > 0 && age <= 90, says: age > 0 ? `changed after ${age} days` : "never has to be changed" },
    {
      holds: classes === true,
      says: classes ? "letters of both cases, digits, symbols" : "not every class of characters",
    },
  ];
}
