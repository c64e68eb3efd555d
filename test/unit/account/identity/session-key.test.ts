import assert from "node:assert/strict";
import { lazyClients } from "../../../../aws/clients";
import { type KeyOwner, ownerOf } from "../../../../operations/account/identity/owner";
import { apiCall, callers, type CloudTrailRecord } from "../../../support/cloudtrail-records";
import { fakeKeyId } from "../../../support/fake-keys";
import { type TrailHistory, trailHistory } from "../../../support/trail-history";

const regions = ["us-east-1", "eu-west-1"];
const key = fakeKeyId("ASIA");
const denied = { status: 400, name: "AccessDeniedException" };

const signed = (userIdentity: object): CloudTrailRecord =>
  apiCall("s3", "ListBuckets", { awsRegion: "eu-west-1", userIdentity: { ...userIdentity, accessKeyId: key } });

/** Whose the key is by an account's event history, and what was asked of it, over HTTP. */
async function owner(
  records: CloudTrailRecord[],
  meddle: (history: TrailHistory) => void = () => undefined,
): Promise<{ found: KeyOwner; asked: TrailHistory["asked"] }> {
  const history = await trailHistory(records, { regions });
  meddle(history);
  const { endpoint, asked } = history;
  const credentials = { accessKeyId: "practice", secretAccessKey: "practice" };
  const aws = lazyClients("us-east-1", (_, region) => ({ region, endpoint, credentials, maxAttempts: 1 }));
  try {
    return { found: await ownerOf(aws, key, { regions }), asked };
  } finally {
    aws.destroy();
    await history.close();
  }
}

describe("whose a session's key is", () => {
  it("is the role whose session it is, by one event of whatever region", async () => {
    const { found, asked } = await owner([signed(callers.role("deploy"))]);
    assert.deepEqual(found, { kind: "role", role: "deploy", session: "session" });
    const attributes = [{ AttributeKey: "AccessKeyId", AttributeValue: key }];
    assert.deepEqual(
      asked.map(({ region, LookupAttributes, MaxResults }) => ({ region, LookupAttributes, MaxResults })),
      regions.map((region) => ({ region, LookupAttributes: attributes, MaxResults: 1 })),
    );
  });

  it("is the user who began it", async () => {
    assert.deepEqual((await owner([signed(callers.user)])).found, { kind: "user", user: "mina" });
  });

  it("is root's", async () => {
    assert.deepEqual((await owner([signed(callers.root)])).found, { kind: "root" });
  });

  it("is found although another region denies the look", async () => {
    const { found } = await owner([signed(callers.role("deploy"))], (history) => history.instead("us-east-1", denied));
    assert.equal(found.kind, "role");
  });

  it("is nobody's where no region has an event, and says which were asked", async () => {
    const { found } = await owner([]);
    assert.match((found as { reason: string }).reason, /no event of it in us-east-1, eu-west-1/);
  });

  it("is unknown where one region denies the look, and says so", async () => {
    const { found } = await owner([], (history) => history.instead("us-east-1", denied));
    assert.match((found as { reason: string }).reason, /may not call cloudtrail:LookupEvents in us-east-1/);
  });
});
