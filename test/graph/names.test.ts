import assert from "node:assert/strict";
import { describeLimit, limits } from "../support/name-limits";
import { partitionOf } from "../../components/foundation/partition";
import { knownRegions } from "../../components/foundation/settings/checks";
import { type Registration } from "../../engine/in-process/registration";
import { everything, graph, ofType } from "../support/graph";

const project = "aws-prevention-baseline";
const longest = [...knownRegions]
  .filter((name) => partitionOf(name) === "aws")
  .sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
const named = (prefix: string): Record<string, unknown> => ({ ...everything, [`${project}:namePrefix`]: prefix });

/** What is in the partition `aws` alone is left out, and the VPC is at home. */
const elsewhere = (home: string): Record<string, unknown> => ({
  [`${project}:alertChannel`]: { emails: ["a@example.com"] },
  [`${project}:ssmEndpoints`]: { vpcs: [{ region: home, vpcId: "vpc-0123456789abcdef0" }] },
});

/** Inputs that are a name or a text for people, in whatever type. */
const watched = ["name", "bucket", "analyzerName", "configurationName", "targetId", "description", "alarmDescription"];

/** Inputs so called that hold something else: AWS's own words, what a person chose, or a reference to another resource. */
const notOurs = [
  "aws:account/alternativeContact:AlternativeContact.name",
  "aws:cfg/recorderStatus:RecorderStatus.name",
  "aws:cfg/remediationConfiguration:RemediationConfiguration.targetId",
  "aws:guardduty/detectorFeature:DetectorFeature.name",
];

/** What is too long, too short, or has signs in it that AWS refuses. */
function problems(all: Registration[]): string[] {
  return all.flatMap(({ type, inputs }) =>
    Object.entries(limits[type] ?? {}).flatMap(([property, limit]) => {
      const value = inputs[property];
      const fits =
        typeof value !== "string" ||
        (value.length >= (limit.minimum ?? 1) && value.length <= limit.maximum && (limit.pattern?.test(value) ?? true));
      return fits ? [] : [`${type} ${property} "${value}" (${value.length}): ${describeLimit(limit)}`];
    }),
  );
}

describe("names and texts, as long as the settings let them be", function () {
  const prefixes = ["x".repeat(20), "a", "a-b-c-d-e-f-g-h-i-jk"];
  const places: [where: string, home: string, settings: Record<string, unknown>][] = [
    ["the longest region name there is", longest[0]!, {}],
    ["China", "cn-northwest-1", elsewhere("cn-northwest-1")],
    ["GovCloud", "us-gov-west-1", elsewhere("us-gov-west-1")],
  ];
  for (const [where, home, settings] of places) {
    for (const prefix of prefixes) {
      it(`are within AWS's limits: prefix ${prefix}, at home in ${where}`, async () => {
        const all = await graph({
          regions: [home, ...(home.includes("-gov-") || home.startsWith("cn-") ? [] : longest.slice(1, 4))],
          settings: { ...named(prefix), "aws:region": home, ...settings },
          preview: false,
        });
        assert.ok(ofType(all, "aws:s3/bucket:Bucket").length === 3 && all.length > 100);
        assert.deepEqual(problems(all), []);
      });
    }
  }

  it("are all in the table", async () => {
    const missing = (await graph({ settings: everything })).flatMap(({ type, inputs, custom }) =>
      watched
        .filter((property) => custom && typeof inputs[property] === "string")
        // What belongs to a bucket names it.
        .filter((property) => property !== "bucket" || type === "aws:s3/bucket:Bucket")
        .filter((property) => limits[type]?.[property] === undefined)
        .map((property) => `${type}.${property}`)
        .filter((each) => !notOurs.includes(each)),
    );
    assert.deepEqual([...new Set(missing)], []);
  });

  it("would be found too long: the table is not too generous", () => {
    const role = { type: "aws:iam/role:Role", inputs: { name: "x".repeat(65) } } as unknown as Registration;
    const trail = { type: "aws:cloudtrail/trail:Trail", inputs: { name: "a--trail" } } as unknown as Registration;
    assert.equal(problems([role, trail]).length, 2);
  });

  it("leaves room for the tags of the baseline beside all that can be chosen", async () => {
    const chosen = Object.fromEntries(Array.from({ length: 46 }, (_, index) => [`team-${index}`, "x"]));
    const all = await graph({ settings: { ...everything, [`${project}:tags`]: chosen } });
    const counts = all.map(({ inputs }) => Object.keys((inputs["tags"] as object | undefined) ?? {}).length);
    assert.equal(Math.max(...counts), 50);
  });
});
