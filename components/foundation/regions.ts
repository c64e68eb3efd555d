import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BaselineError, ExitCode } from "../../common/errors";
import { knownRegions } from "./settings/checks";

/**
 * The regions to cover, found at run time: every region enabled in the account (opt-in regions count once somebody
 * opted in) less `exclude`. The home region comes first, so that what others depend on is created first.
 *
 * Source: EC2 DescribeRegions, `OptInStatus`.
 * @throws BaselineError `region-not-enabled` when the home region is not enabled, or is itself excluded
 */
export async function enabledRegions(homeRegion: string, exclude: string[]): Promise<string[]> {
  const { names } = await aws.getRegions();
  const covered = names.filter((name) => !exclude.includes(name)).sort();
  if (!covered.includes(homeRegion)) {
    throw new BaselineError(
      "region-not-enabled",
      `The home region ${homeRegion} is not among the regions the baseline covers (${covered.join(", ") || "none"}).`,
      "Set homeRegion (or aws:region) to an enabled region that excludeRegions does not list; for `plan`, which takes the " +
        "regions every account has, name the enabled ones with --regions.",
      ExitCode.badInput,
    );
  }
  const strange = exclude.filter((name) => !names.includes(name) && !knownRegions.has(name));
  if (strange.length > 0) {
    await pulumi.log.warn(
      `excludeRegions names ${strange.join(", ")}, which is neither enabled in this account nor known to this version. Check its spelling.`,
    );
  }
  return [homeRegion, ...covered.filter((name) => name !== homeRegion)];
}
