import { type LeakDrillPlan } from "./plan";
import { hasFailed, type Observed } from "./watch";

/** Did the response do what its mode promises? */
export interface Verdict {
  ok: boolean;
  /** In words: what held, or where it got stuck, one thought each. */
  says: string[];
}

/**
 * @param deadLetters messages in the dead-letter queue after the drill; undefined when it could not be looked at
 */
export function judge(plan: LeakDrillPlan, observed: Observed, deadLetters: number | undefined): Verdict {
  const { mode, names, timeout } = plan;
  const { begun, inactive, answered, execution, denied } = observed;
  const not = (...says: string[]): Verdict => ({ ok: false, says });
  const look = execution && `Look first: the history of ${execution.arn}`;
  if (execution === undefined || begun === undefined) {
    const foreign = inactive === undefined ? [] : ["The key is Inactive all the same: something else did that."];
    return not(`Nothing came to ${names.machine} in ${observed.waited} s.`, ...foreign, ...stuck(plan, deadLetters));
  }
  if (hasFailed(execution)) {
    const key = inactive === undefined ? "The key still works." : `The key is Inactive, after ${inactive} s.`;
    return not(`${names.machine} ${execution.status}: ${execution.cause || "no cause given"}.`, key, look!);
  }
  if (answered === undefined) {
    return not(`${names.machine} began after ${begun} s, and was not done after ${timeout} s.`, look!);
  }
  if (mode === "notify") {
    const says = `Held, in mode notify: people were told ${answered} s after the event.`;
    return { ok: true, says: [says, "The key stayed Active, as set (leakResponse.mode: notify)."] };
  }
  if (inactive === undefined) {
    const why = "Its role may lack iam:UpdateAccessKey, or something denies it.";
    return not(`${names.machine} was done after ${answered} s, and the key STILL WORKS.`, why, look!);
  }
  if (denied === false) {
    return not(
      `The key was Inactive after ${inactive} s, but the user is not denied everything, as denyUser asks.`,
      look!,
    );
  }
  const everything = denied ? ["The user was denied everything."] : [];
  const told = `People were told ${answered} s after it.`;
  return { ok: true, says: [`Held: the key was Inactive ${inactive} s after the event.`, told, ...everything] };
}

/** Why nothing came, as far as it can be told from here. */
function stuck({ before, names, globalRegion, homeRegion, ...plan }: LeakDrillPlan, now: number | undefined): string[] {
  const amiss = before
    .filter(({ holds }) => !holds)
    .map(({ region, says }) => (region ? `${region}: ${says}.` : `${says}.`));
  const queue = `the dead-letter queue ${names.deadLetters}`;
  const more = now === undefined || plan.deadLetters === undefined ? undefined : now - plan.deadLetters;
  const letters =
    more === undefined
      ? `${queue} could not be looked at.`
      : more > 0
        ? `${more} event(s) more in ${queue} in ${homeRegion}: they came, and could not be delivered.`
        : `Nothing new in ${queue}.`;
  const trail =
    "The rules stand. CloudTrail tells EventBridge of calls only while a trail logs management events, and takes up to " +
    "minutes: is one logging, and does a longer --timeout help?";
  const failed =
    globalRegion === homeRegion
      ? []
      : [`If the event did come to ${globalRegion}: the metric FailedInvocations of ${names.rules.quarantine} there.`];
  return [
    ...(amiss.length > 0 ? amiss : [trail]),
    letters.replace(/^the/, "The"),
    ...(amiss.length === 0 ? failed : []),
    "Should it come later still, people are told of a user that is gone.",
  ];
}
