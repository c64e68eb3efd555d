import * as assert from "node:assert/strict";
import { type AwsClients } from "../../../aws/clients";
import { accountClients } from "../../../aws/account-clients";
import { ask } from "../../../aws/ask";
import { mayHaveHappened } from "../../../aws/unanswered";
import { answeringServer, type Said } from "../../support/answering-server";

const patience = { perTry: 400, perFile: 400, perCall: 700 };

const xml = (body: string): Said => ({ headers: { "content-type": "text/xml" }, body });
const json = (body: string): Said => ({ headers: { "content-type": "application/x-amz-json-1.1" }, body });
const refused = (code: string, status = 400): Said => ({
  status,
  headers: { "content-type": "text/xml" },
  body: `<ErrorResponse><Error><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
});

type Ask = (aws: AwsClients) => Promise<unknown>;
const listUsers: Ask = (aws) => aws.iam().listUsers({});
const details: Ask = (aws) => aws.iam().getAccountAuthorizationDetails({ Filter: ["User", "Role"] });
const summary: Ask = (aws) => aws.iam().getAccountSummary({});
const getUser: Ask = (aws) => aws.iam().getUser({});
const updateKey: Ask = (aws) => aws.iam().updateAccessKey({ AccessKeyId: "AKIA1234567890123456", Status: "Inactive" });
const createUser: Ask = (aws) => aws.iam().createUser({ UserName: "mina" });
const groups: Ask = (aws) => aws.ec2().describeSecurityGroups({});
const trails: Ask = (aws) => aws.cloudtrail().describeTrails({});
const machine: Ask = (aws) => aws.sfn().describeStateMachine({ stateMachineArn: "a" });
const events: Ask = (aws) => aws.cloudtrail().lookupEvents({});
const selectors: Ask = (aws) => aws.cloudtrail().getEventSelectors({ TrailName: "audit" });
const detectors: Ask = (aws) => aws.guardduty().listDetectors({});
const putEvents: Ask = (aws) => aws.events().putEvents({ Entries: [{ Source: "a" }] });
const attributes: Ask = (aws) => aws.sns().getTopicAttributes({ TopicArn: "arn:aws:sns:us-east-1:123456789012:a" });
const setSubscription: Ask = (aws) =>
  aws.sns().setSubscriptionAttributes({ SubscriptionArn: "a", AttributeName: "RawMessageDelivery" });
const objects: Ask = (aws) => aws.s3().listObjectsV2({ Bucket: "logs" });
const put: Ask = (aws) => aws.s3().putObject({ Bucket: "logs", Key: "a", Body: "b" });
const listKeys: Ask = (aws) => aws.iam().listAccessKeys({ UserName: "mina" });
const regionsOf: Ask = (aws) => aws.ec2().describeRegions({});
const attached: Ask = (aws) => aws.iam().listAttachedUserPolicies({ UserName: "mina" });
const version: Ask = (aws) => aws.iam().getPolicyVersion({ PolicyArn: "arn:aws:iam::aws:policy/A", VersionId: "v1" });
const putPolicy: Ask = (aws) => aws.iam().putUserPolicy({ UserName: "mina", PolicyName: "a", PolicyDocument: "{}" });
const publish: Ask = (aws) => aws.sns().publish({ TopicArn: "arn:aws:sns:us-east-1:123456789012:a", Message: "a" });
const location: Ask = (aws) => aws.s3().getBucketLocation({ Bucket: "logs" });
const budgets: Ask = (aws) => aws.budgets().describeBudgets({ AccountId: "123456789012" });
const alarms: Ask = (aws) => aws.cloudwatch().describeAlarms({});
const disableKey: Ask = (aws) => aws.kms().disableKey({ KeyId: "a" });

const user =
  "<member><Path>/</Path><UserName>mina</UserName><UserId>A</UserId><Arn>arn:aws:iam::1:user/mina</Arn></member>";

describe("what is no answer of AWS is not taken for one", () => {
  // [what is asked, what comes, what is amiss; nothing where it is a good answer]
  const cases: [string, Ask, Said, RegExp?][] = [
    ["an empty list of users", listUsers, xml("<ListUsersResponse><ListUsersResult><Users/><IsTruncated>false</IsTruncated></ListUsersResult></ListUsersResponse>")],
    ["a list of users", listUsers, xml(`<?xml version="1.0"?>\n<ListUsersResponse xmlns="a"><ListUsersResult><Users>${user}</Users></ListUsersResult></ListUsersResponse>\n`)],
    ["no body", listUsers, xml(""), /an empty answer/],
    ["no list of users", listUsers, xml("<ListUsersResponse><ListUsersResult><IsTruncated>false</IsTruncated></ListUsersResult></ListUsersResponse>"), /without Users/],
    ["no result", listUsers, xml("<ListUsersResponse/>"), /without Users/],
    ["a list that ends early", listUsers, xml(`<ListUsersResponse><ListUsersResult><Users>${user}`), /no whole ListUsersResponse/],
    ["the answer to something else", listUsers, xml("<ListRolesResponse><ListRolesResult><Roles/></ListRolesResult></ListRolesResponse>"), /no whole ListUsersResponse/],
    ["a page of a proxy", listUsers, { headers: { "content-type": "text/html" }, body: "<html><body>Sign in</body></html>" }, /no whole ListUsersResponse/],
    ["the kinds that were asked for", details, xml("<GetAccountAuthorizationDetailsResponse><GetAccountAuthorizationDetailsResult><UserDetailList/><RoleDetailList/></GetAccountAuthorizationDetailsResult></GetAccountAuthorizationDetailsResponse>")],
    ["none of the kinds", details, xml("<GetAccountAuthorizationDetailsResponse><GetAccountAuthorizationDetailsResult><IsTruncated>false</IsTruncated></GetAccountAuthorizationDetailsResult></GetAccountAuthorizationDetailsResponse>"), /without UserDetailList/],
    ["no summary", summary, xml("<GetAccountSummaryResponse><GetAccountSummaryResult/></GetAccountSummaryResponse>"), /without SummaryMap/],
    ["more keys, and where they are", listKeys, xml("<ListAccessKeysResponse><ListAccessKeysResult><AccessKeyMetadata/><IsTruncated>true</IsTruncated><Marker>a</Marker></ListAccessKeysResult></ListAccessKeysResponse>")],
    ["more keys, and not where", listKeys, xml("<ListAccessKeysResponse><ListAccessKeysResult><AccessKeyMetadata/><IsTruncated>true</IsTruncated></ListAccessKeysResult></ListAccessKeysResponse>"), /without Marker/],
    ["more objects, and not where", objects, xml("<ListBucketResult><Name>logs</Name><IsTruncated>true</IsTruncated></ListBucketResult>"), /without NextContinuationToken/],
    ["an object that was written", put, { headers: { etag: '"a"' }, body: "" }],
    ["a page of a proxy to a write", put, { headers: { "content-type": "text/html" }, body: "<html><body>guest network</body></html>" }, /no body/],
    ["a page of a proxy to a list of objects", objects, { headers: { "content-type": "text/html" }, body: "<html><body>guest network</body></html>" }, /a page of HTML/],
    ["no regions", regionsOf, xml("<DescribeRegionsResponse><requestId>a</requestId><regionInfo/></DescribeRegionsResponse>"), /without an item of Regions/],
    ["a summary without numbers", summary, xml("<GetAccountSummaryResponse><GetAccountSummaryResult><SummaryMap/></GetAccountSummaryResult></GetAccountSummaryResponse>"), /without SummaryMap|AccountMFAEnabled in SummaryMap/],
    ["a user without a word about policies", details, xml(`<GetAccountAuthorizationDetailsResponse><GetAccountAuthorizationDetailsResult><UserDetailList>${user}</UserDetailList><RoleDetailList/></GetAccountAuthorizationDetailsResult></GetAccountAuthorizationDetailsResponse>`), /without AttachedManagedPolicies in UserDetailList/],
    ["a policy without its ARN", attached, xml("<ListAttachedUserPoliciesResponse><ListAttachedUserPoliciesResult><AttachedPolicies><member><PolicyName>A</PolicyName></member></AttachedPolicies></ListAttachedUserPoliciesResult></ListAttachedUserPoliciesResponse>"), /without PolicyArn in AttachedPolicies/],
    ["a policy without its text", version, xml("<GetPolicyVersionResponse><GetPolicyVersionResult><PolicyVersion><VersionId>v1</VersionId></PolicyVersion></GetPolicyVersionResult></GetPolicyVersionResponse>"), /without Document in PolicyVersion/],
    ["an error in the place of an answer", putPolicy, xml("<PutUserPolicyResponse><Error><Code>AccessDenied</Code></Error></PutUserPolicyResponse>"), /an error inside of a PutUserPolicyResponse/],
    ["a message without an id", publish, xml("<PublishResponse><ResponseMetadata/></PublishResponse>"), /without MessageId/],
    ["no user", getUser, xml("<GetUserResponse><GetUserResult/></GetUserResponse>"), /without User/],
    ["a write", updateKey, xml("<UpdateAccessKeyResponse><ResponseMetadata/></UpdateAccessKeyResponse>")],
    ["an empty answer to a write", updateKey, xml(""), /an empty answer/],
    ["a write of another kind", setSubscription, xml(""), /an empty answer/],
    ["no group of EC2", groups, xml("<DescribeSecurityGroupsResponse><requestId>a</requestId><securityGroupInfo/></DescribeSecurityGroupsResponse>")],
    ["no list of groups", groups, xml("<DescribeSecurityGroupsResponse><requestId>a</requestId></DescribeSecurityGroupsResponse>"), /without SecurityGroups/],
    ["no trail", trails, json('{"trailList":[]}')],
    ["no list of trails", trails, json("{}"), /without trailList/],
    ["a list of trails that is null", trails, json('{"trailList":null}'), /without trailList/],
    ["a single thing without the list that does not concern it", machine, json('{"stateMachineArn":"a","name":"a"}')],
    ["nothing of a single thing", machine, json("{}"), /without variableReferences/],
    ["JSON that ends early", events, json('{"Events":[{"EventId":"a"'), /no whole JSON object/],
    ["JSON that is a list", events, json("[]"), /no whole JSON object/],
    ["no events", events, json('{"Events":[]}')],
    ["one of two lists", selectors, json('{"TrailARN":"a","AdvancedEventSelectors":[]}')],
    ["a selector of a trail", selectors, json('{"AdvancedEventSelectors":[{"FieldSelectors":[]}]}')],
    ["a selector that selects nothing", selectors, json('{"AdvancedEventSelectors":[{"Name":"a"}]}'), /without FieldSelectors in AdvancedEventSelectors/],
    ["a member that is required", detectors, json('{"nextToken":""}'), /without DetectorIds/],
    ["what became of events", putEvents, json('{"FailedEntryCount":0,"Entries":[{"EventId":"a"}]}')],
    ["nothing about events", putEvents, json("{}"), /without Entries/],
    ["no attributes", attributes, xml("<GetTopicAttributesResponse><GetTopicAttributesResult/></GetTopicAttributesResponse>"), /without Attributes/],
    ["an empty prefix of a bucket", objects, xml("<ListBucketResult><Name>logs</Name><KeyCount>0</KeyCount></ListBucketResult>")],
    ["no word about a bucket", objects, xml(""), /an empty answer/],
    ["a bucket in us-east-1", location, xml('<LocationConstraint xmlns="a"/>')],
    ["an account without budgets", budgets, json("{}")],
    ["nothing from Budgets", budgets, json(""), /an empty answer/],
    ["nothing in CBOR", alarms, { headers: { "smithy-protocol": "rpc-v2-cbor" }, body: "" }, /an empty answer/],
    ["a write in JSON that has nothing to say", disableKey, json("")],
    ["a refusal without a code", listUsers, { status: 404, body: "<html>no such page</html>" }, /404 without an error code/],
    ["a redirection", trails, { status: 302, headers: { location: "http://127.0.0.1:1/" }, body: "" }, /302 without an error code/],
    ["a refusal", listUsers, refused("AccessDenied", 403), /^no$/],
  ]; // prettier-ignore
  for (const [what, call, said, amiss] of cases) {
    it(what, async () => {
      const server = await answeringServer(() => said);
      const aws = accountClients({ endpoint: server.endpoint, patience });
      try {
        if (amiss === undefined) await call(aws);
        else await assert.rejects(call(aws), (error: Error) => amiss.test(error.message.split("\n")[0]!));
      } finally {
        aws.destroy();
        await server.close();
      }
    });
  }
});

describe("only an error code of AWS says that a call was not carried out", () => {
  const lost: Said = "hang up";
  const exists = refused("EntityAlreadyExists", 409);
  const broken: Said = { status: 503, body: "" };
  // [what happens, what comes to each try, whether it may have happened]
  const cases: [string, Said[], boolean][] = [
    ["a refusal", [exists], false],
    ["throttled to the end", [refused("Throttling")], false],
    ["every answer is lost", [lost], true],
    ["an error of the server to the end", [broken], true],
    ["lost, and then it is there already", [lost, exists], true],
    ["an error of the server, and then it is there already", [broken, exists], true],
    ["an empty answer", [xml("")], true],
    ["a refusal without a code", [{ status: 403, body: "<html></html>" }], true],
    ["throttled, and then a refusal", [refused("Throttling"), exists], false],
    ["one byte at a time", [{ drip: "<!-- -->", every: 20 }], true],
  ];
  for (const [what, says, expected] of cases) {
    it(what, async () => {
      const server = await answeringServer((number) => says[Math.min(number, says.length - 1)]!);
      const aws = accountClients({ endpoint: server.endpoint, patience, tries: 2 });
      try {
        const error = await ask("iam:CreateUser", "us-east-1", () => createUser(aws)).then(
          () => assert.fail("no error"),
          (caught: unknown) => caught,
        );
        assert.equal(mayHaveHappened(error), expected, String(error));
      } finally {
        aws.destroy();
        await server.close();
      }
    });
  }

  it("without credentials nothing was sent", async () => {
    const server = await answeringServer(() => lost);
    const credentials = () => Promise.reject(Object.assign(new Error("none"), { name: "CredentialsProviderError" }));
    const aws = accountClients({ endpoint: server.endpoint, patience });
    try {
      Object.assign(aws.iam().config, { credentials });
      const error = await createUser(aws).catch((caught: unknown) => caught);
      assert.equal(mayHaveHappened(error), false, String(error));
      assert.equal(server.requests(), 0);
    } finally {
      aws.destroy();
      await server.close();
    }
  });
});

describe("every call ends", () => {
  const at = async (said: (number: number) => Said, call: Ask, tries = 5) => {
    const server = await answeringServer(said);
    const aws = accountClients({ endpoint: server.endpoint, patience, tries });
    const began = Date.now();
    const error = await call(aws).then(
      () => assert.fail("an answer"),
      (caught: unknown) => caught as Error,
    );
    const end = { error, requests: server.requests(), milliseconds: Date.now() - began };
    aws.destroy();
    await server.close();
    return end;
  };

  it("a body that drips ends the call at its limit, and is not asked for again", async () => {
    const { error, requests, milliseconds } = await at(() => ({ drip: "<!-- -->", every: 20 }), listUsers);
    assert.match(error.message, /no whole answer within 0.4 s/);
    assert.equal(requests, 1);
    assert.ok(milliseconds < 2000, `${milliseconds} ms`);
  });

  it("a stream that drips ends as well, for whoever reads it", async () => {
    const read: Ask = async (aws) => {
      const { Body } = await aws.s3().getObject({ Bucket: "logs", Key: "a" });
      return Body?.transformToByteArray();
    };
    const { error } = await at(() => ({ drip: "a", every: 20 }), read);
    assert.match(error.message, /no whole answer within 0.4 s/);
  });

  it("no try begins after the call's own limit", async () => {
    const { error, requests } = await at(() => ({ status: 503, body: "" }), listUsers, 50);
    assert.equal((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode, 503);
    assert.ok(requests < 15, `${requests} requests`);
  });
});

it("once the credentials have expired, nothing more is asked", async () => {
  const server = await answeringServer(() => refused("ExpiredToken", 403));
  const aws = accountClients({ endpoint: server.endpoint, patience });
  try {
    for (const call of [listUsers, summary, trails, listUsers]) {
      await assert.rejects(
        ask("any", "us-east-1", () => call(aws)),
        /credentials have expired/,
      );
    }
    assert.equal(server.requests(), 1);
  } finally {
    aws.destroy();
    await server.close();
  }
});
