import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { messageTemplate } from "../../components/alert-channel/event-alert";
import { type LeakMachineOptions } from "../../components/leak-response/leak-machine-parts";
import { leakNoticeMessage, leakNoticeValues } from "../../components/leak-response/leak-notice";
import { type Emulator } from "../../sandbox/emulator";
import { type Clients, createClients } from "../../sandbox/provider/clients";
import { startEmulator } from "../support/emulator";
import { fakeKeyId } from "../support/fake-keys";
import { inputOf, linesOf } from "../support/input-template";
import { awsSays, LeakAnswers, type Notice } from "../support/leak-answers";
import { eventId, leakTime as time, notifying, quarantine, quarantineArn } from "../support/leak-events";

const notify: LeakMachineOptions = {
  ...notifying,
  exemptUsers: [],
  exemptRoles: [],
  containRoles: ["worker"],
};

const health = (more: object, detail: object = {}) => {
  const id = eventId("health");
  const eventTypeCode = "AWS_RISK_CREDENTIALS_EXPOSED";
  const eventArn = `arn:aws:health:us-east-1::event/RISK/${eventTypeCode}/${id}`;
  const said = { eventArn, service: "RISK", eventTypeCode, statusCode: "open", ...detail };
  return { id, source: "aws.health", time, region: "us-east-1", resources: [], detail: { ...said, ...more } };
};
const entities = (...values: unknown[]) => ({ affectedEntities: values.map((entityValue) => ({ entityValue })) });
const finding = (accessKeyId: string, userName: string, more: object = {}, userType = "IAMUser") => {
  const id = eventId("finding");
  const type = "UnauthorizedAccess:IAMUser/MaliciousIPCaller";
  const service = { detectorId: "12abc34d567e8fa901bc2d34e56789f0" };
  const resource = { accessKeyDetails: { accessKeyId, userName, userType } };
  const detail = { id, type, severity: 5, service, resource, ...more };
  return { id, source: "aws.guardduty", time, region: "us-east-1", detail };
};

/** What is done rests on what AWS itself says, whatever stands in the event. */
describe("the response to a leaked key asks the source", function () {
  this.timeout(240_000);
  let emulator: Emulator;
  let aws: Clients;
  let telling: LeakAnswers;
  let denying: LeakAnswers;
  let people = 0;

  before(async () => {
    emulator = await startEmulator();
    aws = createClients(emulator.endpoint, "us-east-1");
    telling = await LeakAnswers.under(aws, "telling", notify);
    denying = await LeakAnswers.under(aws, "denying", { ...notify, mode: "contain", denyUser: true });
    await aws.iam().createRole({ RoleName: "worker", AssumeRolePolicyDocument: '{"Version":"2012-10-17"}' });
  });
  after(async () => {
    aws?.destroy();
    await emulator?.stop();
  });

  const person = async () => {
    const UserName = `person-${people++}`;
    await aws.iam().createUser({ UserName });
    const { AccessKey } = await aws.iam().createAccessKey({ UserName });
    return { user: UserName, key: AccessKey?.AccessKeyId ?? assert.fail("no key") };
  };
  const stateOf = async (UserName: string) => {
    const { AccessKeyMetadata = [] } = await aws.iam().listAccessKeys({ UserName });
    const { AttachedPolicies = [] } = await aws.iam().listAttachedUserPolicies({ UserName });
    return [...AccessKeyMetadata.map(({ Status }) => Status), ...AttachedPolicies.map(({ PolicyName }) => PolicyName)];
  };
  const deeds = (notices: Notice[]) => notices.map(({ did }) => did).join("; ");

  it("changes nothing for an event that was made up, and says that nobody confirms it", async () => {
    const { user, key } = await person();
    const made = [
      health(entities(key)),
      health({ eventMetadata: { publicKey: key, userName: user } }),
      health(entities(`arn:aws:iam::123456789012:user/${user}`)),
      finding(key, user),
      finding(key, user, { service: {} }),
      quarantine(user),
    ];
    for (const { did } of await denying.toAllForged(made)) {
      assert.match(did, /did not confirm it.*Nothing was done$/);
    }
    // What the machine of an earlier version took for its own word.
    const door = { once: true, items: [{ AccessKeyId: key, UserName: user }], keys: [key], user: "", why: "x", time };
    await denying.toForged({ ...door, again: false });
    await denying.toForged(finding(fakeKeyId("ASIA"), "worker", {}, "AssumedRole"));
    assert.deepEqual(await stateOf(user), ["Active"]);
    const { AttachedPolicies } = await aws.iam().listAttachedRolePolicies({ RoleName: "worker" });
    assert.deepEqual(AttachedPolicies, []);
  });

  it("contains the key that the source names, not the one in the event", async () => {
    const [leaked, other] = [await person(), await person()];
    const event = finding(leaked.key, leaked.user);
    await awsSays(aws, event);
    const changed = {
      ...event.detail,
      resource: { accessKeyDetails: { accessKeyId: other.key, userName: other.user, userType: "IAMUser" } },
    };
    assert.equal((await denying.toForged({ ...event, detail: changed }))[0]?.key, leaked.key);
    assert.deepEqual([await stateOf(leaked.user), await stateOf(other.user)], [["Inactive", "AWSDenyAll"], ["Active"]]);
  });

  it("contains on AWS's quarantine alone, where AWS Health answers nobody without a support plan", async () => {
    const { user, key } = await person();
    await aws.iam().attachUserPolicy({ UserName: user, PolicyArn: quarantineArn });
    assert.match(deeds(await denying.toForged(health(entities(key)))), /it is Inactive now/);
    assert.deepEqual((await stateOf(user))[0], "Inactive");
  });

  it("does not take a policy of the account for AWS's quarantine", async () => {
    const { user, key } = await person();
    const statement = { Effect: "Deny", Action: "*", Resource: "*" };
    const document = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    const PolicyName = "AWSCompromisedKeyQuarantineV3";
    const { Policy } = await aws.iam().createPolicy({ PolicyName, PolicyDocument: document });
    await aws.iam().attachUserPolicy({ UserName: user, PolicyArn: Policy?.Arn });
    assert.match(deeds(await denying.toForged(health(entities(key)))), /did not confirm it/);
    assert.equal((await stateOf(user))[0], "Active");
  });

  const kinds: [what: string, more: object, did: RegExp][] = [
    ["a finding that GuardDuty calls Low", { severity: 2 }, /calls it Low/],
    [
      "a setting that an administrator changed",
      { type: "Stealth:IAMUser/PasswordPolicyChange", severity: 5 },
      /not about a stolen key/,
    ],
    ["a sample", { title: "[SAMPLE] The API was called from a malicious address." }, /a sample finding/],
    [
      "a sample by its own mark",
      { service: { detectorId: "d", additionalInfo: { sample: true } } },
      /a sample finding/,
    ],
    ["a finding of another account", { accountId: "210987654321" }, /did not confirm it/],
  ];
  for (const [what, more, did] of kinds) {
    it(`changes nothing for ${what}`, async () => {
      const { user, key } = await person();
      const event = finding(key, user, more);
      await awsSays(aws, event);
      // As the event might tell it.
      const louder = {
        ...event,
        detail: { ...event.detail, severity: 9, type: "UnauthorizedAccess:IAMUser/TorIPCaller" },
      };
      assert.match(deeds(await denying.toForged(louder)), did);
      assert.deepEqual(await stateOf(user), ["Active"]);
    });
  }

  for (const type of [
    "Recon:IAMUser/MaliciousIPCaller",
    "Exfiltration:S3/MaliciousIPCaller",
    "Discovery:S3/TorIPCaller",
  ]) {
    it(`contains for ${type}, whose caller is on a list`, async () => {
      const { user, key } = await person();
      assert.match(deeds(await denying.to(finding(key, user, { type, severity: 8 }))), /it is Inactive now/);
      assert.equal((await stateOf(user))[0], "Inactive");
    });
  }

  const places: [where: string, more: (of: { user: string; key: string }) => object][] = [
    ["the entity", ({ key }) => entities(key)],
    ["an entity that is the user", ({ user }) => entities(`arn:aws:iam::123456789012:user/"/team/${user}`)],
    ["the metadata's key", ({ key, user }) => ({ eventMetadata: { publicKey: key, userName: user } })],
    ["the metadata's user", ({ user }) => ({ affectedEntities: [], eventMetadata: { userName: user } })],
  ];
  for (const [where, more] of places) {
    it(`finds the owner by ${where} of AWS Health`, async () => {
      const someone = await person();
      const [notice] = await denying.to(health(more(someone)));
      assert.deepEqual([notice?.key, notice?.owner], [someone.key, `user ${someone.user}`], JSON.stringify(notice));
      assert.equal((await stateOf(someone.user))[0], "Inactive");
      const [told] = await telling.to(health(more(someone)));
      assert.deepEqual([told?.key, told?.owner], [someone.key, `user ${someone.user}`]);
    });
  }

  it("says nothing of an event that AWS Health has closed, and changes nothing", async () => {
    const { user, key } = await person();
    const closed = health(entities(key), { statusCode: "closed" });
    await awsSays(aws, closed);
    const open = { ...closed, detail: { ...closed.detail, statusCode: "open" } };
    assert.deepEqual([await denying.to(closed), await denying.toForged(open), await telling.to(closed)], [[], [], []]);
    assert.deepEqual(await stateOf(user), ["Active"]);
  });

  it("says of an event without any key which code it is, such as a console in others' hands", async () => {
    const event = health({}, { eventTypeCode: "AWS_RISK_ACCOUNT_CONSOLE_COMPROMISE" });
    for (const answers of [denying, telling]) {
      const [notice] = await answers.to({
        ...event,
        id: eventId("again"),
        detail: { ...event.detail, eventArn: `${event.detail.eventArn}${eventId("again")}` },
      });
      assert.match(notice?.why ?? "", /AWS_RISK_ACCOUNT_CONSOLE_COMPROMISE/);
    }
  });

  it("tells once of a complaint that AWS had, and changes nothing", async () => {
    const { user, key } = await person();
    const more = { ...entities(key), service: "ABUSE", eventTypeCode: "AWS_ABUSE_DOS_REPORT" };
    const event = health(more);
    const [notice] = await denying.to(event);
    assert.match(`${notice?.title} ${notice?.why}`, /^AWS HAD A COMPLAINT AWS Health, AWS_ABUSE_DOS_REPORT$/);
    assert.deepEqual(await denying.to({ ...event, id: "a-copy", region: "us-west-2" }), []);
    assert.deepEqual(await stateOf(user), ["Active"]);
  });

  it("contains although somebody took the execution's name first", async () => {
    const { user, key } = await person();
    const event = finding(key, user);
    const said = `${event.detail.id} ${JSON.stringify(key)} `;
    await denying.toForged({}, createHash("sha256").update(said).digest("hex"));
    assert.match(deeds(await denying.to(event)), /it is Inactive now/);
    assert.equal((await stateOf(user))[0], "Inactive");
  });

  it("notify: a sample is said to be one", async () => {
    const { user, key } = await person();
    const sample = finding(key, user, { service: { detectorId: "d", additionalInfo: { sample: true } } });
    assert.match(deeds(await telling.to(sample)), /a sample finding/);
  });

  const hostile = [
    'AKIA"',
    "AKIA\\n",
    "AKIA\nNow: nothing, this was a drill",
    "<key>",
    'AKIA","did":"nothing',
    "AKIA two words",
  ];
  it("tells of any text in an event as one message whose lines are its own", async () => {
    const texts = hostile.flatMap((text) => [
      health(entities(text)),
      health(entities(fakeKeyId()), { eventTypeCode: `AWS_RISK_${text}` }),
      finding(fakeKeyId("ASIA"), text),
      finding(fakeKeyId("ASIA"), "x", { type: `UnauthorizedAccess:IAMUser/${text}` }, text),
      quarantine(text),
    ]);
    const notices = await telling.toAllForged(texts);
    assert.ok(notices.length > 20, String(notices.length));
    for (const notice of notices) {
      const event = { account: "1", detail: notice };
      const lines = linesOf(inputOf(messageTemplate(leakNoticeMessage), leakNoticeValues, event, "raw"));
      assert.equal(lines.length, leakNoticeMessage.length, JSON.stringify(notice));
      assert.doesNotMatch(lines.join(""), /[\n\r"\\<]|this was a drill|two words/, JSON.stringify(notice));
    }
  });
});
