import assert from "node:assert/strict";
import { awsCommand } from "../../../common/command";
import { isRegionName } from "../../../common/region-name";
import { knownRegions } from "../../../components/foundation/settings/checks";
import { adoptRequest } from "../../../operations/apply/adopt/request";
import { auditRequest } from "../../../operations/watch/audit/request";
import { placeOf } from "../../../aws/session-place";
import { timelineRequest } from "../../../operations/respond/timeline/request";
import { withEnvironment } from "../../support/aws-here";

const practice = { endpoint: "http://127.0.0.1:9" };
const requests: [string, (regions: string) => { regions?: string[] }][] = [
  ["audit", (regions) => auditRequest({ regions, failOn: "high", save: false })],
  ["adopt", (regions) => adoptRequest({ regions, stack: "prod", trail: "beside" })],
  ["timeline", (regions) => timelineRequest({ regions })],
];

describe("a region's name", () => {
  it("is that of every region there is, and of those that AWS opens next", () => {
    for (const name of [...knownRegions, "eusc-de-east-1", "ap-southeast-12", "mx-central-1"]) {
      assert.ok(isRegionName(name), name);
      assert.match(awsCommand("iam", "list-users", { region: name }), /^aws iam/);
    }
  });

  const odd = [
    "us-east-1.evil.example",
    "us-east-1@evil.example",
    "us-east",
    "mars",
    "",
    "us-east-1/x",
    "us-east-0x1",
    "-1",
  ];
  for (const name of odd) {
    it(`is not ${JSON.stringify(name)}, wherever it is given`, async () => {
      const error = { code: "invalid-regions", exitCode: 2, message: /is not the name of an AWS region/ };
      for (const [verb, request] of requests) {
        // A timeline takes no name for no region.
        if (name !== "" || verb !== "timeline") assert.throws(() => request(`eu-west-1,${name}`), error, verb);
      }
      assert.match(awsCommand("iam", "list-users", { region: name }), /^No command:/);
      if (name === "") return;
      await assert.rejects(placeOf({ ...practice, region: name }), error);
      const restore = withEnvironment({ AWS_REGION: name });
      try {
        await assert.rejects(placeOf(practice), { ...error, message: /^AWS_REGION: / });
      } finally {
        restore();
      }
    });
  }

  for (const [verb, request] of requests) {
    it(`${verb}: given twice it is one region`, () =>
      assert.deepEqual(request("us-east-1,us-east-1,eu-west-1").regions, ["us-east-1", "eu-west-1"]));
  }
});
