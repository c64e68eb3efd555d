import { unlessGone } from "../../../aws/errors";
import { type Evidence, type VerifyScope } from "./verifier";

export interface ForwardedRule {
  /** Name of the EventBridge rule, the same in every region. */
  rule: string;
  /** What matches it, in the plural, such as `findings`. */
  events: string;
  regions: string[];
}

/** Does what a rule matches find its way: to the topic at home, to the home region's bus elsewhere? */
export function forwardedRule(scope: VerifyScope, { rule, events, regions }: ForwardedRule): Promise<Evidence[]> {
  // What the others forward is published by the rule at home, whether or not that region is watched.
  const everywhere = [...new Set([...regions, scope.homeRegion])];
  return Promise.all(everywhere.map((region) => inRegion(scope, { rule, events, region })));
}

async function inRegion(
  { aws, homeRegion, namePrefix }: VerifyScope,
  { rule, events, region }: { rule: string; events: string; region: string },
): Promise<Evidence> {
  const bridge = aws.events(region);
  const found = await unlessGone(bridge.describeRule({ Name: rule }), "ResourceNotFound");
  if (found === undefined) {
    return { holds: false, region, says: `${events} go unnoticed: there is no rule ${rule}` };
  }
  const { Targets: targets = [] } = await bridge.listTargetsByRule({ Rule: rule });
  const arns = targets.map(({ Arn = "" }) => Arn);
  const atHome = region === homeRegion;
  const arrives = arns.some((arn) =>
    atHome
      ? arn.includes(`:sns:${homeRegion}:`) && arn.endsWith(`:${namePrefix}-alerts`)
      : arn.includes(`:events:${homeRegion}:`),
  );
  const goal = arrives ? (atHome ? "the alert topic" : homeRegion) : arns.join(", ") || "nothing";
  return {
    holds: found.State === "ENABLED" && arrives,
    region,
    says: `${events} go to ${goal} (rule ${found.State})`,
  };
}
