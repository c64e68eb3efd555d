import assert from "node:assert/strict";
import { BaselineError } from "../../../../common/errors";
import { accountClients } from "../../../../aws/account-clients";
import { requirePrefix } from "../../../../operations/watch/drill/prefix";
import { type DrillOptions, drillRequest } from "../../../../operations/watch/drill/request";

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
    assert.equal(drillRequest({ prefix }, { AWS_REGION: "sa-east-1" }).homeIsGuessed, true);
    const { homeRegion, homeIsGuessed } = drillRequest({ prefix }, { AWS_REGION: "" });
    // Where nobody says: the search begins somewhere, and the rules lead home.
    assert.deepEqual([homeRegion, homeIsGuessed], ["us-east-1", true]);
    assert.equal(drillRequest(said, { AWS_REGION: "sa-east-1" }).homeRegion, "eu-west-1");
  });

  const wrong: [what: string, options: Partial<DrillOptions>, code: string, says: RegExp][] = [
    ["a region that is none", { region: "eu-west-9" }, "invalid-regions", /"eu-west-9"/],
    ["regions that are none", { regions: "eu-west-1,mars," }, "invalid-regions", /"mars", ""/],
    [
      "regions of another partition",
      { regions: "eu-west-1,cn-north-1,us-gov-west-1" },
      "other-partition",
      /^cn-north-1, us-gov-west-1:/,
    ],
    [
      "regions at home in another partition",
      { region: "us-gov-west-1", regions: "us-east-1" },
      "other-partition",
      /^us-east-1:/,
    ],
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

  for (const prefix of ["Base line", "base--line", "base-", "sg-base", "a".repeat(21), ""]) {
    it(`refuses the prefix ${JSON.stringify(prefix)}, as the settings do`, () => {
      assert.throws(() => requirePrefix(prefix), { code: "invalid-prefix", exitCode: 2, message: /It is .+\.$/ });
    });
  }

  it("takes a prefix that the settings take", () => {
    requirePrefix("acme-prod2");
  });

  for (const endpoint of ["http://example.com", "localhost", "", "http://u:s3cr3t@localhost:1"]) {
    it(`refuses ${JSON.stringify(endpoint)} as an endpoint, in words of its own`, () => {
      assert.throws(
        () => accountClients({ endpoint }),
        (error) => {
          assert.ok(error instanceof BaselineError && error.exitCode === 2);
          assert.match(error.message, /^--endpoint: .*not an emulator on this machine/);
          assert.doesNotMatch(error.message, /sandbox|s3cr3t/);
          return true;
        },
      );
    });
  }
});
