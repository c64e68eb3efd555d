import { type AwsClients } from "../../../aws/clients";
import { globalRegion } from "../../../components/foundation/partition";
import { ask } from "../../../aws/ask";
import { enabledRegions } from "../../../aws/enabled-regions";
import { accountLooks } from "./account-wide";
import { Attempts } from "../../../aws/attempt";
import { type Survey, type SurveyKind, type SurveyOptions } from "./model";
import { type RegionalFindings, regionalLooks } from "./regional";
import { trailsIn } from "./trails";

export type { Survey, SurveyKind, SurveyOptions, SurveyProblem } from "./model";

/**
 * Reads what the account has, in every region at once. Nothing is written.
 *
 * A region or a service that cannot be asked is no error: it stands in `problems`, with the reason.
 * @throws BaselineError `no-credentials`, `credentials-expired` or `credentials-refused` when nobody can be asked at all
 * @throws BaselineError `access-denied` or `aws-call-failed` when not even the list of regions can be had
 */
export async function survey(aws: AwsClients, options: SurveyOptions = {}): Promise<Survey> {
  const home = aws.defaultRegion;
  options.onProgress?.("asking who we are, and which regions there are");
  const { Account: accountId = "", Arn: arn = "" } = await ask("sts:GetCallerIdentity", home, () =>
    aws.sts().getCallerIdentity({}),
  );
  const partition = arn.split(":")[1] || "aws";
  const regions =
    options.regions ??
    (await enabledRegions(aws, aws.defaultRegion)).sort().filter((each) => !options.except?.includes(each));
  const wanted = (kind: SurveyKind) => options.kinds?.includes(kind) ?? true;
  const attempts = new Attempts<SurveyKind>();
  let left = regions.length;

  const inRegion = async (region: string) => {
    const found = await Promise.all(
      (Object.keys(regionalLooks) as (keyof RegionalFindings)[])
        .filter(wanted)
        .map(async (kind) => [kind, await regionalLooks[kind](aws, attempts, region)] as const),
    );
    left -= 1;
    if (attempts.goesOn)
      options.onProgress?.(left === 0 ? "waiting for the last answers" : `${left} of ${regions.length} regions to go`);
    return Object.fromEntries(found) as Partial<RegionalFindings>;
  };
  const place = { aws, attempts, accountId, region: globalRegion(partition) };
  const accountWide = async () =>
    Object.fromEntries(
      await Promise.all(
        (Object.keys(accountLooks) as (keyof typeof accountLooks)[])
          .filter(wanted)
          .map(async (kind) => [kind, await accountLooks[kind](place)] as const),
      ),
    ) as Partial<Survey>;

  const [found, account, trails] = await Promise.all([
    Promise.all(regions.map(inRegion)),
    accountWide(),
    wanted("trails") ? trailsIn(aws, attempts, regions, accountId) : [],
  ]);
  const all = <Kind extends keyof RegionalFindings>(kind: Kind) =>
    found.flatMap((each) => (each[kind] ?? []) as RegionalFindings[Kind][number][]);
  return {
    accountId,
    partition,
    regions,
    detectors: all("detectors"),
    recorders: all("recorders"),
    channels: all("channels"),
    analyzers: all("analyzers"),
    defaultSecurityGroups: all("defaultSecurityGroups"),
    trails,
    budgets: [],
    users: [],
    controlTowerRoles: [],
    ...account,
    problems: attempts.problems,
  };
}
