import assert from "node:assert/strict";
import { planOf, releasedPlan, releasedPlans, writeReleasedPlan } from "../support/released";

/**
 * What accounts have is found again by its URN: a resource whose URN changes is deleted and made anew. So a resource of
 * the last release that moves needs an alias, and one whose inputs change needs a reason. With WRITE_RELEASED=1 the
 * inputs of today are written as those of the release; a URN that is gone fails all the same.
 */
describe("resources of the last release", function () {
  this.timeout(60_000);
  for (const name of Object.keys(releasedPlans)) {
    it(`are where they were, with the inputs they had: ${name}`, async () => {
      const now = await planOf(name);
      const released = releasedPlan(name);
      const gone = [...released.keys()].filter((urn) => !now.has(urn));
      assert.deepEqual(gone, [], "these URNs are gone");
      if (process.env.WRITE_RELEASED === "1") {
        writeReleasedPlan(name, now);
        return;
      }
      const changed = [...released].filter(([urn, sum]) => now.get(urn) !== sum).map(([urn]) => urn);
      assert.deepEqual(changed, [], "the inputs of these changed; WRITE_RELEASED=1 records them where that is meant");
    });
  }
});
