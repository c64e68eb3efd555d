import assert from "node:assert/strict";
import { type Execution } from "../../../../operations/watch/drill/leak/executions";
import { type LeakDrillPlan } from "../../../../operations/watch/drill/leak/plan";
import { judge } from "../../../../operations/watch/drill/leak/verdict";
import { type Observed } from "../../../../operations/watch/drill/leak/watch";
import { leakPlan } from "./leak-plan";

const arn = "arn:aws:states:eu-west-1:111122223333:execution:baseline-leak-response:x";
const execution = (more: Partial<Execution> = {}): Execution => ({
  ...{ arn, status: "SUCCEEDED", cause: "", answers: true },
  ...more,
});
const contained: Observed = { waited: 9, begun: 4, inactive: 6, answered: 8, execution: execution() };
const told: Observed = { waited: 9, begun: 4, answered: 8, execution: execution() };
const nothing: Observed = { waited: 300 };
const amiss = [
  { holds: true, says: "the machine stands" },
  { holds: false, region: "us-east-1", says: "the rule is disabled" },
  { holds: false, says: "the role is gone" },
];

interface Case {
  name: string;
  plan?: Partial<LeakDrillPlan>;
  observed: Observed;
  /** In the dead-letter queue afterwards; before, there were 2. */
  deadLetters?: number;
  ok: boolean;
  says: RegExp[];
  not?: RegExp[];
}

const cases: Case[] = [
  {
    name: "contained in time",
    observed: contained,
    ok: true,
    says: [/^Held: the key was Inactive 6 s after the event\.$/, /^People were told 8 s after it\.$/],
    not: [/denied everything/],
  },
  {
    name: "contained, and the user denied everything",
    plan: { denies: true },
    observed: { ...contained, denied: true },
    ok: true,
    says: [/Inactive 6 s/, /^The user was denied everything\.$/],
  },
  {
    name: "contained, and the denial that is asked for is missing",
    plan: { denies: true },
    observed: { ...contained, denied: false },
    ok: false,
    says: [/Inactive after 6 s, but the user is not denied everything, as denyUser asks/, /^Look first: .*:x$/],
  },
  {
    name: "done, and the key still works",
    observed: told,
    ok: false,
    says: [/was done after 8 s, and the key STILL WORKS/, /lack iam:UpdateAccessKey/, /^Look first: .*:x$/],
  },
  {
    name: "told, in mode notify",
    plan: { mode: "notify" },
    observed: told,
    ok: true,
    says: [/^Held, in mode notify: people were told 8 s after/, /stayed Active, as set \(leakResponse\.mode: notify\)/],
  },
  {
    name: "begun, and not done in time, in mode notify too",
    plan: { mode: "notify" },
    observed: { waited: 300, begun: 4, execution: execution({ status: "RUNNING" }) },
    ok: false,
    says: [/^baseline-leak-response began after 4 s, and was not done after 300 s\.$/, /^Look first: .*:x$/],
  },
  {
    name: "begun, the key Inactive, and not done in time",
    observed: { waited: 300, begun: 4, inactive: 5, execution: execution({ status: "RUNNING" }) },
    ok: false,
    says: [/not done after 300 s/],
    not: [/Held/],
  },
  ...(["FAILED", "TIMED_OUT", "ABORTED"] as const).map((status) => ({
    name: `${status}, and the key works`,
    observed: { ...told, execution: execution({ status, cause: "States.TaskFailed: denied" }) },
    ok: false,
    says: [new RegExp(`${status}: States.TaskFailed: denied\\.$`), /^The key still works\.$/, /^Look first/],
  })),
  {
    name: "failed after the key was Inactive, without a cause",
    observed: { ...contained, execution: execution({ status: "FAILED" }) },
    ok: false,
    says: [/FAILED: no cause given\.$/, /^The key is Inactive, after 6 s\.$/],
  },
  {
    name: "nothing came, and nothing is amiss",
    observed: nothing,
    deadLetters: 2,
    ok: false,
    says: [
      /^Nothing came to baseline-leak-response in 300 s\.$/,
      /^The rules stand\. CloudTrail tells EventBridge/,
      /^Nothing new in the dead-letter queue baseline-leak-response\.$/,
      /^If the event did come to us-east-1: the metric FailedInvocations of baseline-leak-quarantine there\.$/,
      /people are told of a user that is gone/,
    ],
    not: [/Inactive/],
  },
  {
    name: "nothing came, and home is where IAM reports",
    plan: { homeRegion: "us-east-1" },
    observed: nothing,
    ok: false,
    says: [/^The rules stand/],
    not: [/FailedInvocations/],
  },
  {
    name: "nothing came, and it lies in the dead-letter queue",
    observed: nothing,
    deadLetters: 5,
    ok: false,
    says: [/^3 event\(s\) more in the dead-letter queue baseline-leak-response in eu-west-1: they came/],
    not: [/Nothing new/],
  },
  {
    name: "nothing came, and the queue cannot be looked at now",
    observed: nothing,
    ok: false,
    says: [/^The dead-letter queue baseline-leak-response could not be looked at\.$/],
  },
  {
    name: "nothing came, and the queue could not be looked at before",
    plan: { deadLetters: undefined },
    observed: nothing,
    deadLetters: 5,
    ok: false,
    says: [/^The dead-letter queue baseline-leak-response could not be looked at\.$/],
  },
  {
    name: "nothing came, and something is amiss",
    plan: { before: amiss },
    observed: nothing,
    deadLetters: 2,
    ok: false,
    says: [/^us-east-1: the rule is disabled\.$/, /^the role is gone\.$/],
    not: [/The rules stand/, /the machine stands/, /FailedInvocations/],
  },
  {
    name: "nothing came, and somebody else made the key Inactive",
    observed: { ...nothing, inactive: 7 },
    ok: false,
    says: [/^Nothing came/, /^The key is Inactive all the same: something else did that\.$/],
  },
];

describe("the verdict on a drill of the leak response", () => {
  for (const { name, plan, observed, deadLetters, ok, says, not = [] } of cases) {
    it(`${ok ? "holds" : "does not hold"}: ${name}`, () => {
      const verdict = judge(leakPlan(plan), observed, deadLetters);
      const whole = verdict.says.join("\n");
      assert.equal(verdict.ok, ok, whole);
      for (const each of says) {
        assert.ok(
          verdict.says.some((line) => each.test(line)),
          `${String(each)} in:\n${whole}`,
        );
      }
      for (const each of not) assert.doesNotMatch(whole, each);
    });
  }
});
