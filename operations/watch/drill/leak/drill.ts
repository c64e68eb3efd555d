import { type AwsClients } from "../../../../aws/clients";
import { mayHaveHappened } from "../../../../aws/unanswered";
import { undelivered } from "./dead-letters";
import { makeKey, makeUser, quarantine } from "./make-user";
import { type LeakDrillPlan } from "./plan";
import { type Belongings, removeUser } from "./remove-user";
import { type EventWay, type LeakDrillReport, type LeakStep } from "./report";
import { judge, type Verdict } from "./verdict";
import { type Observed, watch } from "./watch";

/**
 * Makes a user, lets its key leak, watches the response, and removes the user, whatever happened. People get mail: ask first.
 *
 * @param signal once aborted, goes on to removing
 * @returns what fails is a verdict: the report says as well what became of the user
 */
export async function drillLeak(
  clients: AwsClients,
  plan: LeakDrillPlan,
  signal: AbortSignal,
  say: (text: string) => void,
): Promise<LeakDrillReport> {
  const { accountId, accountAlias, homeRegion, globalRegion, mode, user, policy, interval } = plan;
  const steps: LeakStep[] = [];
  /** Written down as soon as each may be there: the user is removed with them, whatever fails then. */
  const known: Belongings = { keyIds: [], policyArns: [] };
  let observed: Observed | undefined;
  // Then there is nothing to remove. After a failure without an answer nobody knows whether the user was made.
  let refused = false;
  let failed = false;
  let verdict: Verdict = { ok: false, says: [] };
  const remove = (name: string, belongings?: Belongings) =>
    removeUser(clients, globalRegion, name, interval, belongings);
  const earlier = [];
  for (const name of plan.others.leftBehind) {
    say(`removing ${name}, left behind by an earlier drill`);
    earlier.push(await remove(name));
  }
  try {
    say(`making ${user}`);
    await makeUser(clients, plan);
    steps.push({ what: `user ${user} made, without any permission` });
    const keyId = await makeKey(clients, plan, (id) => known.keyIds.push(id));
    steps.push({ what: `key ${keyId} made for it` });
    if (!signal.aborted) {
      await quarantine(clients, plan).catch((error: unknown) => {
        if (mayHaveHappened(error)) known.policyArns.push(policy);
        throw error;
      });
      known.policyArns.push(policy);
      const begin = Date.now();
      steps.push({ what: `${policy.split("/").pop()} attached: the event`, seconds: 0 });
      observed = await watch(clients, plan, keyId, begin, signal, say);
      steps.push(...stepsOf(plan, observed));
      verdict = judge(plan, observed, signal.aborted ? undefined : await undelivered(clients, plan.names));
    }
  } catch (error) {
    failed = true;
    verdict = { ok: false, says: (error as Error).message.split("\n") };
    refused = steps.length === 0 && !mayHaveHappened(error);
  }
  const stopped = signal.aborted && !verdict.ok;
  if (stopped) {
    verdict = { ok: false, says: ["Stopped before the response was done."] };
  }
  say(`removing ${user}`);
  const removal = refused ? { user, gone: true, problems: [], commands: [] } : await remove(user, known);
  const isRemoved = removal.gone && earlier.every(({ gone }) => gone);
  const { begun, inactive, answered } = observed ?? {};
  const [keyId] = known.keyIds;
  return {
    drill: "leak",
    ...{ accountId, accountAlias, homeRegion, mode, user },
    ...(keyId !== undefined && { keyId }),
    policy,
    before: plan.before,
    steps: [
      ...steps,
      ...(removal.gone && !refused ? [{ what: "user, key and policies removed; IAM knows no such user" }] : []),
    ],
    seconds: {
      ...(begun !== undefined && { begun }),
      ...(inactive !== undefined && { inactive }),
      ...(answered !== undefined && { answered }),
    },
    ways: [quarantineWay(plan, observed), ...plan.ways],
    removal,
    earlier,
    ok: verdict.ok && isRemoved,
    failed: failed || !isRemoved,
    stopped,
    verdict: verdict.says.join("\n"),
  };
}

function stepsOf(
  { names, mode }: LeakDrillPlan,
  { begun, inactive, answered, denied, execution }: Observed,
): LeakStep[] {
  const done = execution?.status === "SUCCEEDED" ? "is done: people are told" : (execution?.status ?? "");
  return [
    ...(begun === undefined ? [] : [{ what: `${names.machine} begins`, seconds: begun }]),
    ...(inactive === undefined ? [] : [{ what: "the key is Inactive", seconds: inactive }]),
    ...(answered === undefined ? [] : [{ what: `${names.machine} ${done}`, seconds: answered }]),
    ...(denied ? [{ what: "the user is denied everything" }] : []),
    ...(mode === "notify" && inactive === undefined ? [{ what: "the key stays Active: mode notify" }] : []),
  ].sort((one, other) => (one.seconds ?? Infinity) - (other.seconds ?? Infinity) || 0);
}

function quarantineWay({ globalRegion }: LeakDrillPlan, observed: Observed | undefined): EventWay {
  const state = observed?.begun === undefined ? "nothing came" : "exercised";
  return {
    source: "quarantine",
    region: globalRegion,
    state: observed === undefined ? "not looked at" : state,
    says: "",
  };
}
