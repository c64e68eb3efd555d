import { wholeNumber } from "../foundation/settings/checks";
import { controlSettings, disabled, enabled, group, setting } from "../foundation/settings/setting";

export const externalAccessSettings = controlSettings(
  "externalAccess",
  "IAM Access Analyzer.",
  group({
    enabled: enabled(),
    unusedAccess: disabled(
      "An analyzer of unused access too, once per account. Billed per IAM user and role analysed.",
    ),
    unusedAccessDays: setting(wholeNumber(1, 365), 90, "Days without use after which access counts as unused."),
  }),
);
