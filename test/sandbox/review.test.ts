import assert from "node:assert/strict";
import { writeFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { controls } from "../../components/controls";
import { reviewsAsMarkdown } from "../../operations/preview/review/as-markdown";
import { reviewStacks } from "../../operations/preview/review/review";
import { root } from "../support/graph";
import { practice, type Practice } from "../support/practice";
import { scratch } from "../support/scratch";

describe("review in the practice account", function () {
  this.timeout(180_000);
  let stage: Practice;
  let folder: string;
  before(async () => {
    folder = scratch("test");
    stage = await practice(folder, { excludeRegions: [] });
  });
  after(async () => {
    await stage?.end();
    rmSync(folder, { recursive: true, force: true });
  });

  const review = async (program: string) => {
    writeFileSync(join(folder, "index.js"), program);
    const open = () =>
      Promise.resolve({ preview: (name: string) => stage.host.preview(name), close: () => Promise.resolve() });
    return reviewStacks(["practice"], open, controls);
  };
  const theProgram = `module.exports = require(${JSON.stringify(join(root, "dist", "index.js"))});`;

  it("says what the whole baseline would make, and what drives the bill", async () => {
    const { reviews, exitCode } = await review(theProgram);
    assert.equal(exitCode, 0);
    const [only] = reviews;
    assert.ok((only?.counts.create ?? 0) > 100 && only?.counts.same === 0);
    assert.deepEqual(only?.findings, []);
    assert.ok(only?.costs.some(({ control }) => control === "ThreatDetection"));
    const comment = reviewsAsMarkdown(reviews);
    assert.ok(comment.length < 65_536);
    assert.match(comment, /\| ThreatDetection \| \d+ create \|/);
  });

  it("says that a change is refused, by which policy, and how to mend it; nothing was made", async () => {
    const { reviews, exitCode } = await review(`
      const aws = require("@pulumi/aws");
      module.exports = async () => {
        new aws.iam.Policy("everything", {
          name: "everything",
          policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }),
        });
      };`);
    assert.deepEqual([exitCode, reviews[0]?.outcome], [3, "blocked"]);
    const comment = reviewsAsMarkdown(reviews);
    assert.match(comment, /^### `practice`: blocked by policy; 1 to create$/m);
    assert.match(comment, /- \*\*mandatory\*\* `iam-no-admin-wildcard` on `everything`: .*Fix:/);
    const { Policies = [] } = await stage.aws.iam().listPolicies({ Scope: "Local" });
    assert.deepEqual(Policies, []);
  });
});
