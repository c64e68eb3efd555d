import assert from "node:assert/strict";
import { lazyClients } from "../../../aws/clients";
import { Looks } from "../../../operations/respond/triage/look";
import { signInsOf } from "../../../operations/respond/triage/sign-ins";
import { apiCall, type CloudTrailRecord } from "../../support/cloudtrail-records";
import { trailHistory } from "../../support/trail-history";

const now = new Date("2026-11-22T12:00:00Z");
const regions = ["eu-west-1", "us-east-1"];
const credentials = { accessKeyId: "practice", secretAccessKey: "practice" };

const signIn = (userName: string, eventTime: string, more: object = {}): CloudTrailRecord =>
  apiCall("signin", "ConsoleLogin", {
    eventTime,
    userIdentity: { type: "IAMUser", userName },
    sourceIPAddress: "203.0.113.9",
    responseElements: { ConsoleLogin: "Success" },
    additionalEventData: { MFAUsed: "No" },
    ...more,
  });

describe("console sessions that may be open", () => {
  it("are those that the user's password began within twelve hours, with or without MFA, in any region", async () => {
    const history = await trailHistory(
      [
        signIn("mina", "2026-11-22T10:00:00Z"),
        signIn("mina", "2026-11-22T11:00:00Z", {
          awsRegion: "eu-west-1",
          additionalEventData: { MFAUsed: "Yes" },
        }),
        signIn("mina", "2026-11-21T23:00:00Z"),
        signIn("jun", "2026-11-22T10:30:00Z"),
        signIn("mina", "2026-11-22T10:45:00Z", { responseElements: { ConsoleLogin: "Failure" } }),
      ],
      { regions },
    );
    const { endpoint } = history;
    const aws = lazyClients("us-east-1", (_, region) => ({ region, endpoint, credentials, maxAttempts: 1 }));
    try {
      const looks = new Looks(aws);
      const found = await signInsOf(looks, "mina", regions, now);
      assert.deepEqual(
        found.map(({ time, region, mfa, sourceIp }) => [time, region, mfa, sourceIp]),
        [
          ["2026-11-22T11:00:00Z", "eu-west-1", true, "203.0.113.9"],
          ["2026-11-22T10:00:00Z", "us-east-1", false, "203.0.113.9"],
        ],
      );
      history.instead("eu-west-1", { status: 400, name: "AccessDeniedException" });
      assert.equal((await signInsOf(looks, "mina", regions, now)).length, 1);
      assert.match(looks.problems.join(), /may not call cloudtrail:LookupEvents in eu-west-1/);
    } finally {
      aws.destroy();
      await history.close();
    }
  });
});
