import { type MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { type MetricFilter } from "@aws-sdk/client-cloudwatch-logs";
import { unlessGone } from "../../aws/errors";
import { pages } from "../../aws/attempt";
import { alarmsIn, tellsTopic } from "../foundation/verify/alarms";
import { type Evidence, type VerifyScope } from "../foundation/verify/verifier";

/** Fifteen of CIS AWS Foundations 7.0 and the baseline's own. */
const EXPECTED = 16;
const NAMESPACE = "LogMetrics";
/** As the settings have it unless told otherwise: benchmarks want it, and every typing error raises it. */
const QUIET = ["unauthorized-api-calls"];

/** Does every metric filter on the trail's log group have an alarm, and whom do the alarms tell? */
export async function verify(scope: VerifyScope): Promise<Evidence[]> {
  const { homeRegion: region, namePrefix } = scope;
  const logGroup = `/${namePrefix}/cloudtrail`;
  const [filters, alarms] = await Promise.all([filtersOf(scope, logGroup), alarmsIn(scope, region)]);
  const metrics = filters.flatMap(({ metricTransformations = [] }) =>
    metricTransformations.flatMap(({ metricNamespace, metricName }) =>
      metricNamespace === NAMESPACE && metricName !== undefined ? [metricName] : [],
    ),
  );
  const on = (metric: string) =>
    alarms.find(({ Namespace, MetricName }) => Namespace === NAMESPACE && MetricName === metric);
  if (metrics.length === 0) {
    return [{ holds: false, region, says: `no metric filter reads log group ${logGroup}` }];
  }
  const unwatched = metrics.filter((metric) => on(metric) === undefined);
  return [
    {
      holds: metrics.length >= EXPECTED,
      region,
      says: `${metrics.length} of ${EXPECTED} metric filters read log group ${logGroup}`,
    },
    {
      holds: unwatched.length === 0,
      region,
      says: unwatched.length === 0 ? "every metric has an alarm" : `no alarm on ${unwatched.join(", ")}`,
    },
    ...audience(
      scope,
      metrics.flatMap((metric) => on(metric) ?? []),
    ),
  ];
}

function audience(scope: VerifyScope, alarms: MetricAlarm[]): Evidence[] {
  const region = scope.homeRegion;
  const heard = alarms.filter((alarm) => tellsTopic(scope, region, alarm));
  const unheard = alarms.filter((alarm) => !heard.includes(alarm));
  const mayBeQuiet = QUIET.map((id) => `${scope.namePrefix}-${id}`);
  const quiet = unheard.filter(({ AlarmName = "" }) => mayBeQuiet.includes(AlarmName));
  const astray = unheard.filter((alarm) => !quiet.includes(alarm));
  return [
    {
      holds: heard.length > 0 && astray.length === 0,
      region,
      says: [
        `${heard.length} alarms tell the alert topic`,
        ...(quiet.length > 0 ? [`quiet by choice: ${names(quiet)}`] : []),
        ...(astray.length > 0 ? [`switched off or told elsewhere: ${names(astray)}`] : []),
      ].join("; "),
    },
  ];
}

function names(alarms: MetricAlarm[]): string {
  return alarms.map(({ AlarmName }) => AlarmName).join(", ");
}

function filtersOf({ aws, homeRegion }: VerifyScope, logGroupName: string): Promise<MetricFilter[]> {
  return pages(async (nextToken) => {
    const lookUp = aws.logs(homeRegion).describeMetricFilters({ logGroupName, nextToken });
    const page = await unlessGone(lookUp, "ResourceNotFound");
    return { items: page?.metricFilters, next: page?.nextToken };
  });
}
