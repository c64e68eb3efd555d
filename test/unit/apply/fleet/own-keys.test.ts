import assert from "node:assert/strict";
import { type AwsClients } from "../../../../aws/clients";
import { fleetAsJunit, fleetAsText } from "../../../../operations/apply/fleet/render";
import { openSession, sessionEnvironment } from "../../../../operations/apply/fleet/session";
import { type FleetReport } from "../../../../operations/apply/fleet/result";

const account = { name: "prod", accountId: "111122223333", roles: [], stack: "prod", config: {} };
const callerArn = "arn:aws:iam::111122223333:user/mina";

describe("fleet: an account without a role", () => {
  const signing: (string | undefined)[] = [];
  const clientsFor = (credentials?: { accessKeyId: string }) => {
    signing.push(credentials?.accessKeyId);
    const getCallerIdentity = () => Promise.resolve({ Account: account.accountId, Arn: callerArn });
    return {
      defaultRegion: "us-east-1",
      sts: () => ({ getCallerIdentity }),
      destroy: () => undefined,
    } as unknown as AwsClients;
  };

  it("is worked on with the keys of the run's own session, which `pulumi` gets and nothing else", async () => {
    const own = () => Promise.resolve({ accessKeyId: "AKIAOWN", secretAccessKey: "s" });
    const session = await openSession(account, clientsFor, own);
    assert.deepEqual(signing, ["AKIAOWN"]);
    assert.equal(session.callerArn, callerArn);
    const { AWS_ACCESS_KEY_ID, AWS_SESSION_TOKEN, AWS_PROFILE } = sessionEnvironment(session);
    assert.deepEqual([AWS_ACCESS_KEY_ID, AWS_SESSION_TOKEN, AWS_PROFILE], ["AKIAOWN", "", ""]);
  });
});

describe("fleet: its report", () => {
  const report: FleetReport = {
    verb: "preview",
    identity: { accountId: "444455556666", callerArn: "arn:aws:iam::444455556666:user/hub", partition: "aws", endpoint: "AWS", profile: "hub" },
    accounts: [{ name: "prod", accountId: account.accountId, stack: "prod", callerArn, state: "done", tries: 1, seconds: 1 }],
    leftOut: [],
    seconds: 1,
  }; // prettier-ignore

  it("begins with who runs it, and says who worked on each account", () => {
    assert.match(
      fleetAsText(report),
      /^Account 444455556666, caller arn:aws:iam::444455556666:user\/hub, partition\saws,\sendpoint\sAWS,\sprofile\shub\n/,
    );
    const xml = fleetAsJunit(report);
    assert.match(xml, /<properties>\s*<property name="Account" value="444455556666"\/>/);
    assert.match(xml, /<property name="Caller there" value="arn:aws:iam::111122223333:user\/mina"\/>/);
  });
});
