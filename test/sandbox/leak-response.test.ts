import assert from "node:assert/strict";
import { type LeakMachineOptions } from "../../components/response/leak-machine-parts";
import { type Emulator, startEmulator } from "../../sandbox/emulator";
import { type Clients, createClients } from "../../sandbox/provider/clients";
import { fakeKeyId } from "../support/fake-keys";
import { LeakAnswers } from "../support/leak-answers";

const notify: LeakMachineOptions = {
  partition: "aws",
  mode: "notify",
  exemptUsers: ["robot"],
  exemptRoles: ["spared"],
  containRoles: ["worker", "spared", "AWSServiceRoleForThings"],
  denyUser: false,
};
const contain = { ...notify, mode: "contain" };
const time = "2026-11-22T04:00:00Z";
const trust = JSON.stringify({ Version: "2012-10-17", Statement: [] });

let events = 0;
const health = (...keys: string[]) => ({
  id: `health-${events}`,
  source: "aws.health",
  time,
  detail: {
    eventArn: `arn:aws:health:us-east-1::event/RISK/AWS_RISK_CREDENTIALS_EXPOSED/${events++}`,
    eventTypeCode: "AWS_RISK_CREDENTIALS_EXPOSED",
    affectedEntities: keys.map((entityValue) => ({ entityValue })),
  },
});
const finding = (accessKeyId: string, userName: string, userType: string) => ({
  id: `finding-${events++}`,
  source: "aws.guardduty",
  region: "eu-west-1",
  time,
  detail: {
    type: "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS",
    resource: { accessKeyDetails: { accessKeyId, userName, userType } },
  },
});
const quarantine = (userName: string) => ({
  id: `quarantine-${events++}`,
  source: "aws.iam",
  time,
  detail: { requestParameters: { userName, policyArn: "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3" } },
});

/** The state machine itself, carried out by the emulator against the emulator's own IAM. */
describe("the response to a leaked key", function () {
  this.timeout(240_000);
  let emulator: Emulator;
  let aws: Clients;
  let telling: LeakAnswers;
  let containing: LeakAnswers;
  let denying: LeakAnswers;
  let people = 0;

  before(async () => {
    emulator = await startEmulator();
    aws = createClients(emulator.endpoint, "us-east-1");
    telling = await LeakAnswers.under(aws, "telling", notify);
    containing = await LeakAnswers.under(aws, "containing", contain);
    denying = await LeakAnswers.under(aws, "denying", { ...contain, denyUser: true });
    await aws.iam().createUser({ UserName: "robot" });
  });
  after(async () => {
    aws?.destroy();
    await emulator?.stop();
  });

  const person = async () => {
    const UserName = `person-${people++}`;
    await aws.iam().createUser({ UserName });
    return UserName;
  };
  const keyOf = async (UserName: string) =>
    (await aws.iam().createAccessKey({ UserName })).AccessKey?.AccessKeyId ?? assert.fail("no key");
  /** What there is to see of a user: the keys' states, tags and policies. */
  const lookAt = async (UserName: string) => {
    const iam = aws.iam();
    const { AccessKeyMetadata: keys = [] } = await iam.listAccessKeys({ UserName });
    const { Tags = [] } = await iam.listUserTags({ UserName });
    const { AttachedPolicies = [] } = await iam.listAttachedUserPolicies({ UserName });
    return {
      keys: keys.map(({ Status }) => Status),
      tags: Object.fromEntries(Tags.map(({ Key = "", Value }) => [Key, Value])),
      policies: AttachedPolicies.map(({ PolicyName }) => PolicyName),
    };
  };
  const role = async (RoleName: string) => {
    await aws.iam().createRole({ RoleName, AssumeRolePolicyDocument: trust });
    return RoleName;
  };
  const inlineOf = async (RoleName: string) => (await aws.iam().listRolePolicies({ RoleName })).PolicyNames ?? [];

  it("contain: the key is Inactive, the user says so, and people are told whose it was", async () => {
    const user = await person();
    const key = await keyOf(user);
    const [notice, ...more] = await containing.to(health(key));
    assert.deepEqual(more, []);
    assert.deepEqual(
      [notice?.key, notice?.owner, notice?.did],
      [key, `user ${user}`, "it is Inactive now"],
      JSON.stringify(notice),
    );
    assert.match(notice?.why ?? "", /AWS Health, AWS_RISK_CREDENTIALS_EXPOSED/);
    assert.deepEqual(await lookAt(user), {
      keys: ["Inactive"],
      tags: { [`baseline:leaked-key:${key}`]: time },
      policies: [],
    });
  });

  it("the same event twice, or AWS Health's copy in another region, changes and tells nothing", async () => {
    const user = await person();
    const event = health(await keyOf(user));
    await containing.to(event);
    const after = await lookAt(user);
    assert.deepEqual(await containing.to({ ...event, id: "a-copy", ...{ region: "us-west-2" } }), []);
    assert.deepEqual(await lookAt(user), after);
    assert.ok((await containing.ends()).every((each) => each === "SUCCEEDED"));
  });

  it("another event on the same key leaves it as it is, and is told", async () => {
    const user = await person();
    const key = await keyOf(user);
    await containing.to(health(key));
    const after = await lookAt(user);
    assert.equal((await containing.to(health(key))).length, 1);
    assert.deepEqual(await lookAt(user), after);
  });

  it("notify: whose it is, and nothing is changed", async () => {
    const user = await person();
    const key = await keyOf(user);
    const [notice] = await telling.to(health(key));
    assert.deepEqual([notice?.key, notice?.owner], [key, `user ${user}`]);
    assert.match(notice?.did ?? "", /STILL WORKS/);
    assert.deepEqual(await lookAt(user), { keys: ["Active"], tags: {}, policies: [] });
  });

  it("a list that fails half-way: every key is told, those that can be are Inactive", async () => {
    const [one, other] = [await person(), await person()];
    const keys = [await keyOf(one), fakeKeyId(), await keyOf("robot"), await keyOf(other)];
    const notices = await containing.to(health(...keys));
    const did = Object.fromEntries(notices.map((each) => [each.key, each.did]));
    assert.deepEqual(Object.keys(did).sort(), [...keys].sort());
    assert.match(did[keys[1]!]!, /no such key/);
    assert.match(did[keys[2]!]!, /exempt/);
    assert.deepEqual((await lookAt("robot")).keys, ["Active"]);
    assert.deepEqual([...(await lookAt(one)).keys, ...(await lookAt(other)).keys], ["Inactive", "Inactive"]);
  });

  it("an event without a readable key is told nevertheless", async () => {
    assert.match((await containing.to(health()))[0]?.did ?? "", /no key/);
    const strange = { ...health(), detail: { ...health("x").detail, affectedEntities: [{ other: 1 }] } };
    assert.equal((await containing.to(strange))[0]?.key, "unknown");
  });

  it("a quarantine put on a user means all keys of the user", async () => {
    const user = await person();
    await keyOf(user);
    await keyOf(user);
    assert.equal((await containing.to(quarantine(user))).length, 2);
    assert.deepEqual((await lookAt(user)).keys, ["Inactive", "Inactive"]);
    assert.match((await containing.to(quarantine("nobody")))[0]?.why ?? "", /attached to nobody/);
  });

  it("denyUser: the owner is denied everything too", async () => {
    const user = await person();
    const [notice] = await denying.to(health(await keyOf(user)));
    assert.match(notice?.did ?? "", /denied everything/);
    assert.deepEqual((await lookAt(user)).policies, ["AWSDenyAll"]);
  });

  it("temporary credentials of a role: sessions begun before are refused, and no others", async () => {
    const RoleName = await role("worker");
    const [notice] = await containing.to(finding(fakeKeyId("ASIA"), RoleName, "AssumedRole"));
    assert.equal(notice?.owner, "role worker");
    const [PolicyName] = await inlineOf(RoleName);
    const { PolicyDocument = "" } = await aws.iam().getRolePolicy({ RoleName, PolicyName });
    assert.deepEqual(JSON.parse(decodeURIComponent(PolicyDocument)), {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Deny", Action: "*", Resource: "*", Condition: { DateLessThan: { "aws:TokenIssueTime": time } } },
      ],
    });
  });

  it("roles that are exempt or a service's own, root, and sessions of users are only told", async () => {
    for (const name of [await role("spared"), await role("AWSServiceRoleForThings")]) {
      assert.match((await containing.to(finding(fakeKeyId("ASIA"), name, "AssumedRole")))[0]?.did ?? "", /exempt/);
      assert.deepEqual(await inlineOf(name), []);
    }
    assert.match((await containing.to(finding(fakeKeyId(), "Root", "Root")))[0]?.did ?? "", /root/);
    assert.match((await containing.to(finding(fakeKeyId("ASIA"), "robot", "IAMUser")))[0]?.did ?? "", /temporary/);
    const untouched = await role("untouched");
    assert.match((await telling.to(finding(fakeKeyId("ASIA"), untouched, "AssumedRole")))[0]?.did ?? "", /STILL WORK/);
    const [other] = await containing.to(finding(fakeKeyId("ASIA"), untouched, "AssumedRole"));
    assert.match(other?.did ?? "", /STILL WORK/);
    assert.deepEqual(await inlineOf(untouched), []);
  });
});
