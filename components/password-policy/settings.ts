import { wholeNumber } from "../foundation/settings/checks";
import { controlSettings, enabled, group, setting } from "../foundation/settings/setting";

export const passwordPolicySettings = controlSettings(
  "passwordPolicy",
  "Passwords of IAM users.",
  group({
    enabled: enabled(),
    minimumLength: setting(wholeNumber(6, 128), 14, "Characters, 6 to 128."),
    reusePrevention: setting(wholeNumber(1, 24), 24, "How many earlier passwords may not be used again, 1 to 24."),
    maxAgeDays: setting(wholeNumber(1, 1095), 90, "Days until a password must be changed, 1 to 1095."),
  }),
);
