import assert from "node:assert/strict";
import { ExternalAccess, type ExternalAccessArgs } from "../../components/external-access/external-access";
import { byRegion, declared, place, removed } from "../support/declared";

const type = "aws:accessanalyzer/analyzer:Analyzer";
const regions = ["us-east-1", "eu-west-1"];

const access =
  (args: Partial<ExternalAccessArgs> = {}) =>
  () => {
    const where = { ...place, regions, homeRegion: "eu-west-1" };
    return new ExternalAccess("access", { ...where, unusedAccess: false, unusedAccessDays: 90, ...args });
  };

describe("ExternalAccess", () => {
  it("looks for access from outside the account in every region, and for nothing that is billed", async () => {
    const found = byRegion(await declared(access()), type);
    assert.deepEqual(Object.keys(found).sort(), [...regions].sort());
    for (const [region, analyzers] of Object.entries(found)) {
      assert.deepEqual(
        analyzers.map(({ inputs }) => inputs),
        [{ region, analyzerName: "baseline-external-access", type: "ACCOUNT", tags: place.tags }],
      );
    }
  });

  it("looks for unused access once, at home, when asked to", async () => {
    const more = await removed(access({ unusedAccess: true }), access());
    assert.deepEqual(more, ["access-unused"]);
    const all = await declared(access({ unusedAccess: true, unusedAccessDays: 30 }));
    const unused = all.find(({ name }) => name === "access-unused")?.inputs;
    assert.deepEqual(
      [unused?.["region"], unused?.["type"], unused?.["configuration"]],
      ["eu-west-1", "ACCOUNT_UNUSED_ACCESS", { unusedAccess: { unusedAccessAge: 30 } }],
    );
  });

  it("loses exactly a region's own analyzer when the region goes", async () => {
    assert.deepEqual(await removed(access(), access({ regions: ["eu-west-1"] })), ["access-external-us-east-1"]);
  });
});
