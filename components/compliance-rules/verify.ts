import { type ConfigRule } from "@aws-sdk/client-config-service";
import { type AwsClients } from "../../aws/clients";
import { pages } from "../../aws/attempt";
import { type Evidence, type VerifyScope } from "../foundation/verify/verifier";

/** Are there rules in every region, are they active, and is the age of access keys said rather than assumed? */
export async function verify({ aws, regions, namePrefix }: VerifyScope): Promise<Evidence[]> {
  const found = await Promise.all(
    regions.map(async (region) => {
      const rules = await rulesIn(aws, region);
      return { region, rules: rules.filter(({ ConfigRuleName }) => ConfigRuleName?.startsWith(`${namePrefix}-`)) };
    }),
  );
  const keys = found.flatMap(({ rules }) => rules.filter(({ Source }) => Source?.SourceIdentifier === KEYS_ROTATED));
  return [
    ...found.map(({ region, rules }) => {
      const active = rules.filter(({ ConfigRuleState }) => ConfigRuleState === "ACTIVE");
      const idle = rules.length - active.length;
      return {
        holds: rules.length > 0 && idle === 0,
        region,
        says: `rules active: ${active.length}${idle > 0 ? `, not active: ${idle}` : ""}`,
      };
    }),
    ...(keys.length === 0
      ? [{ holds: false, says: "no rule asks for access keys to be rotated" }]
      : keys.map((rule) => {
          const days = maximumAge(rule);
          return {
            holds: days !== undefined,
            says: `access keys must be rotated ${days === undefined ? "at an age left to AWS" : `after ${days} days`}`,
          };
        })),
  ];
}

const KEYS_ROTATED = "ACCESS_KEYS_ROTATED";

function maximumAge({ InputParameters = "{}" }: ConfigRule): string | undefined {
  return (JSON.parse(InputParameters || "{}") as { maxAccessKeyAge?: string }).maxAccessKeyAge;
}

function rulesIn(aws: AwsClients, region: string): Promise<ConfigRule[]> {
  return pages(async (NextToken) => {
    const page = await aws.config(region).describeConfigRules({ NextToken });
    return { items: page.ConfigRules, next: page.NextToken };
  });
}
