import { awsErrorName } from "../../../../aws/ask";
import { type Place, reading } from "./place";

/**
 * Reads the account summary: root's key and MFA device.
 *
 * @returns how many users the account has; undefined when it could not be had
 */
export async function readSummary(place: Place): Promise<number | undefined> {
  let users: number | undefined;
  await reading(place, "accountSummary", async (call) => {
    const { SummaryMap = {} } = await call("iam:GetAccountSummary", () =>
      place.aws.iam(place.region).getAccountSummary({}),
    );
    const { AccountAccessKeysPresent: keys, AccountMFAEnabled: mfa, AccountPasswordPresent: password } = SummaryMap;
    users = SummaryMap.Users;
    place.see("root", {
      ...(keys !== undefined && { accessKeys: keys > 0 }),
      ...(mfa !== undefined && { mfa: mfa > 0 }),
      // In an organization that manages root centrally, root of a member account has neither.
      ...(keys === 0 && password === 0 && { cannotSignIn: true }),
    });
  });
  return users;
}

export function readPasswordPolicy(place: Place): Promise<void> {
  return reading(place, "passwordPolicy", async (call) => {
    try {
      const { PasswordPolicy: policy } = await call("iam:GetAccountPasswordPolicy", () =>
        place.aws.iam(place.region).getAccountPasswordPolicy({}),
      );
      const classes = [
        policy?.RequireLowercaseCharacters,
        policy?.RequireUppercaseCharacters,
        policy?.RequireNumbers,
        policy?.RequireSymbols,
      ].filter(Boolean).length;
      place.see("passwordPolicy", {
        policy: {
          minimumLength: policy?.MinimumPasswordLength ?? 6,
          reusePrevention: policy?.PasswordReusePrevention ?? 0,
          classes,
          ...(policy?.MaxPasswordAge !== undefined && { maxAge: policy.MaxPasswordAge }),
          ...(policy?.HardExpiry && { hardExpiry: true }),
        },
      });
    } catch (error) {
      if (!awsErrorName(error).startsWith("NoSuchEntity")) {
        throw error;
      }
      place.see("passwordPolicy", {});
    }
  });
}
