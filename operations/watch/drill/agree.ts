import { consent, type Consent } from "../../../common/consent";
import { type Answer, type Terminal } from "../../../common/question";
import { type DrillPlan } from "./plan";
import { type DrillOptions } from "./request";

/** Whom a drill would reach, and with how much. */
export function announcement({ accountId, accountAlias, homeRegion, topics, messages }: DrillPlan): string {
  const alias = accountAlias ? ` (${accountAlias})` : "";
  const hearers = new Set(topics.flatMap(({ confirmed }) => confirmed.map((each) => each.endpoint)));
  return (
    `Account ${accountId}${alias}, home region ${homeRegion}: a drill sends ${messages} message(s) ` +
    `to ${topics.length} topic(s) with ${hearers.size} subscriber(s).`
  );
}

const sending: Consent = {
  what: "A drill sends messages to people",
  nothing: "nothing was sent",
  question: "Send? [y/N] ",
};

/**
 * People get mail, so somebody has to want it. On an emulator nobody does.
 *
 * @param words what a drill does, that it was not done, and how it is asked for
 */
export async function agreed(
  { yes, endpoint }: Pick<DrillOptions, "yes" | "endpoint">,
  terminal: Terminal,
  words: Consent = sending,
): Promise<Answer> {
  if (yes || endpoint !== undefined) {
    return "yes";
  }
  return consent(terminal, words);
}
