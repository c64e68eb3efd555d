import assert from "node:assert/strict";
import { type AwsClients } from "../../../../aws/clients";
import { copyCost } from "../../../../operations/apply/adopt/copy-cost";

const now = new Date("2026-06-08T00:00:00Z");
const minutesAgo = (minutes: number) => ({ EventTime: new Date(now.getTime() - minutes * 60_000) });

type Answer = () => { Events?: { EventTime: Date }[]; NextToken?: string };

/** CloudTrail in each region as `answers` has it. */
function account(answers: Record<string, Answer>): AwsClients {
  const cloudtrail = (region: string) => ({ lookupEvents: () => Promise.resolve().then(() => answers[region]!()) });
  return { cloudtrail } as unknown as AwsClients;
}

describe("what a second copy of management events costs", () => {
  it("counts a quiet region by its week", async () => {
    const quiet = account({ "eu-west-1": () => ({ Events: Array.from({ length: 7 }, () => minutesAgo(60)) }) });
    assert.deepEqual(await copyCost(quiet, ["eu-west-1"], now), { eventsPerMonth: 30, usd: 0, untold: [] });
  });

  it("counts a busy region by how far back the newest events reach", async () => {
    let page = 0;
    const busy = account({
      "us-east-1": () => {
        page += 1;
        return {
          Events: Array.from({ length: 50 }, (_, index) => minutesAgo(page * 5 * (index / 49))),
          NextToken: "more",
        };
      },
    });
    // 200 events in 20 minutes are 10 a minute, 432,000 in a month of 30 days.
    assert.deepEqual(await copyCost(busy, ["us-east-1"], now), { eventsPerMonth: 432_000, usd: 8.64, untold: [] });
  });

  it("says which regions did not tell, and nothing at all when none did", async () => {
    const denied: Answer = () => {
      throw Object.assign(new Error("no"), { name: "AccessDeniedException" });
    };
    const half = account({ a: () => ({ Events: [] }), b: denied });
    assert.deepEqual((await copyCost(half, ["a", "b"], now))?.untold, ["b"]);
    assert.equal(await copyCost(half, ["b"], now), undefined);
  });
});
