import { limiter } from "../../../../common/limit";
import { type AwsClients } from "../../../../aws/clients";
import { ask, awsErrorName } from "../../../../aws/ask";

/** A rule as EventBridge has it. */
export interface RuleFound {
  region: string;
  pattern: string;
  enabled: boolean;
  /** ARNs of what it sends to. */
  targets: string[];
}

/** A rule of a default bus; undefined when there is none of that name. */
export async function ruleIn(clients: AwsClients, region: string, Name: string): Promise<RuleFound | undefined> {
  const events = clients.events(region);
  try {
    const rule = await ask("events:DescribeRule", region, () => events.describeRule({ Name }));
    const { Targets = [] } = await ask("events:ListTargetsByRule", region, () =>
      events.listTargetsByRule({ Rule: Name }),
    );
    const targets = Targets.map(({ Arn = "" }) => Arn);
    return { region, pattern: rule.EventPattern ?? "", enabled: rule.State === "ENABLED", targets };
  } catch (error) {
    if (awsErrorName(error) === "ResourceNotFoundException") {
      return undefined;
    }
    throw error;
  }
}

/** Those of the regions that have the rule. */
export async function rulesIn(clients: AwsClients, regions: string[], name: string): Promise<RuleFound[]> {
  const limit = limiter(6);
  const found = await Promise.all(regions.map((region) => limit(() => ruleIn(clients, region, name))));
  return found.filter((each) => each !== undefined);
}
