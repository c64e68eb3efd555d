import { type Evidence, type VerifyScope } from "./verify";

/** Does a finding in each region find its way: to the topic at home, to the home region's bus elsewhere? */
export function findingAlert({ aws, regions, homeRegion, namePrefix }: VerifyScope): Promise<Evidence[]> {
  const rule = `${namePrefix}-guardduty-finding`;
  return Promise.all(
    regions.map(async (region) => {
      const events = aws.events(region);
      const { State: state } = await events.describeRule({ Name: rule });
      const { Targets: targets = [] } = await events.listTargetsByRule({ Rule: rule });
      const target = targets[0]?.Arn ?? "nothing";
      const service = region === homeRegion ? "sns" : "events";
      const arrives = target.includes(`:${service}:${homeRegion}:`);
      return {
        holds: state === "ENABLED" && arrives,
        region,
        says: `findings go to ${arrives ? (region === homeRegion ? "the alert topic" : homeRegion) : target} (rule ${state})`,
      };
    }),
  );
}
