import { leakNames } from "../../../../components/leak-response/leak-names";
import { type LeakDrillPlan } from "../../../../operations/watch/drill/leak/plan";

const accountId = "111122223333";

/** A drill of a response that contains, where everything is in its place. */
export function leakPlan(more: Partial<LeakDrillPlan> = {}): LeakDrillPlan {
  const region = "eu-west-1";
  return {
    accountId,
    accountAlias: "",
    homeRegion: region,
    globalRegion: "us-east-1",
    names: leakNames({ namePrefix: "baseline", partition: "aws", accountId, region }),
    mode: "contain",
    denies: false,
    user: "baseline-drill-20261122-0a1b2c",
    policy: "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3",
    until: "2026-11-22T13:00:00.000Z",
    timeout: 300,
    interval: 1,
    before: [],
    ways: [],
    others: { leftBehind: [], running: [] },
    deadLetters: 2,
    ...more,
  };
}
