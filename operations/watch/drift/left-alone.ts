import { switchedOff } from "../../../components/settings";
import { type BaselineSettings } from "../../../components/foundation/settings/model";

/** What the settings leave alone on purpose. */
export interface LeftAlone {
  /** Names of IAM users (`mfaEnforcement.exemptUsers`). */
  exemptUsers?: readonly string[];
  /** Controls, as `adopt.skip` has them: `Control` or `Control@region`. Those that are switched off are among them. */
  skipped?: readonly string[];
  /** Regions the baseline does not cover. A trail there is looked for all the same. */
  excludedRegions?: readonly string[];
}

/** What a stack's settings leave alone. */
export function leftAloneBy(settings: BaselineSettings): LeftAlone & Required<Pick<LeftAlone, "skipped">> {
  const { mfaEnforcement, adopt, excludeRegions } = settings;
  return {
    exemptUsers: mfaEnforcement.exemptUsers,
    skipped: [...adopt.skip, ...switchedOff(settings)],
    excludedRegions: excludeRegions,
  };
}
