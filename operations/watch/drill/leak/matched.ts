import { type AwsClients } from "../../../../aws/clients";
import { ask } from "../../../../aws/ask";
import { type EventWay } from "./report";
import { type RuleFound } from "./rule";
import { type SampleEvent } from "./samples";

/**
 * Compares events that nobody but AWS can send with a rule's own pattern, by EventBridge itself. Sends nothing.
 *
 * @param rule undefined where there is none
 */
export async function matchedWay(
  clients: AwsClients,
  source: string,
  region: string,
  rule: RuleFound | undefined,
  samples: SampleEvent[],
): Promise<EventWay> {
  const way = (state: EventWay["state"], says = ""): EventWay => ({ source, region, state, says });
  if (rule === undefined || !rule.enabled) {
    return way("would not be taken", rule === undefined ? "there is no rule" : "the rule is disabled");
  }
  const refused: SampleEvent[] = [];
  for (const sample of samples) {
    try {
      const { Result } = await ask("events:TestEventPattern", region, () =>
        clients.events(region).testEventPattern({ EventPattern: rule.pattern, Event: JSON.stringify(sample) }),
      );
      // An emulator that knows the call, and not the answer.
      if (Result === undefined) {
        return way("not looked at", "no answer to TestEventPattern");
      }
      if (!Result) {
        refused.push(sample);
      }
    } catch (error) {
      return way("not looked at", (error as Error).message.split("\n")[0] ?? "");
    }
  }
  return refused.length === 0
    ? way("would be taken")
    : way("would not be taken", `the rule's pattern leaves out ${refused.map(kindOf).join(", ")}`);
}

function kindOf({ source, detail }: SampleEvent): string {
  const { eventTypeCode, type } = detail as { eventTypeCode?: string; type?: string };
  return eventTypeCode ?? type ?? source;
}
