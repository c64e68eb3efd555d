import { type Facts } from "../../../../operations/apply/adopt/model";
import { type Survey } from "../../../../operations/account/survey/model";
import { parseSettings } from "../../../../components/settings";

export const home = "us-east-1";
export const accountId = "123456789012";

/** An account with nothing in it, in two regions. */
export const empty: Survey = {
  accountId,
  partition: "aws",
  regions: [home, "eu-west-1"],
  detectors: [],
  recorders: [],
  channels: [],
  trails: [],
  analyzers: [],
  defaultSecurityGroups: [],
  budgets: [],
  users: [],
  controlTowerRoles: [],
  problems: [],
};

/** What decisions are made from. @param settings as a stack file has them, without the project's name */
export function factsOf(
  survey: Partial<Survey>,
  settings: Record<string, unknown> = {},
  rest: Partial<Pick<Facts, "manages" | "trail">> = {},
): Facts {
  return {
    survey: { ...empty, ...survey },
    settings: parseSettings({ homeRegion: home, ...settings }),
    trail: "beside",
    ...rest,
  };
}
