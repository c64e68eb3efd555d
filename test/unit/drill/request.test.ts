import assert from "node:assert/strict";
import { BaselineError } from "../../../common/errors";
import { type DrillOptions, drillRequest } from "../../../operations/drill/request";

const said = { region: "eu-west-1", prefix: "baseline" };

describe("drill: what the command line says", () => {
  it("is taken as it is, each region and topic once", () => {
    const options = { ...said, regions: "us-east-1, eu-west-1,us-east-1", topic: ["mine", "mine"] };
    assert.deepEqual(drillRequest(options, {}), {
      homeRegion: "eu-west-1",
      namePrefix: "baseline",
      regions: ["us-east-1", "eu-west-1"],
      topics: ["mine"],
    });
  });

  it("finds the home region where other tools do", () => {
    const { prefix } = said;
    assert.equal(drillRequest({ prefix }, { AWS_REGION: "sa-east-1" }).homeRegion, "sa-east-1");
    assert.equal(drillRequest({ prefix }, { AWS_DEFAULT_REGION: "us-east-2" }).homeRegion, "us-east-2");
    assert.equal(drillRequest(said, { AWS_REGION: "sa-east-1" }).homeRegion, "eu-west-1");
  });

  const wrong: [what: string, options: Partial<DrillOptions>, code: string, says: RegExp][] = [
    ["no region", { region: undefined }, "no-region", /--region/],
    ["a region that is none", { region: "eu-west-9" }, "invalid-regions", /"eu-west-9"/],
    ["regions that are none", { regions: "eu-west-1,mars," }, "invalid-regions", /"mars", ""/],
    ["a prefix that is none", { prefix: "Base line" }, "invalid-prefix", /"Base line"/],
    ["an ARN for a topic", { topic: ["arn:aws:sns:eu-west-1:123456789012:x"] }, "invalid-topic", /not the ARN/],
  ];
  for (const [what, options, code, says] of wrong) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => drillRequest({ ...said, ...options }, {}),
        (error) => {
          assert.ok(error instanceof BaselineError && error.exitCode === 2);
          assert.deepEqual([error.code, says.test(error.message)], [code, true], error.message);
          return true;
        },
      );
    });
  }
});
