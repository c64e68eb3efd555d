import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { leakNotice, type LeakMachineOptions } from "../../components/leak-response/leak-machine-parts";
import { type Emulator } from "../../sandbox/emulator";
import { type Clients, createClients } from "../../sandbox/provider/clients";
import { startEmulator } from "../support/emulator";
import { fakeKeyId } from "../support/fake-keys";
import { LeakAnswers } from "../support/leak-answers";
import { eventId, leakTime as time, notifying, quarantine, quarantineArn } from "../support/leak-events";

const notify: LeakMachineOptions = {
  ...notifying,
  exemptUsers: ["robot"],
  exemptRoles: ["spared"],
  containRoles: ["worker", "spared", "AWSServiceRoleForThings"],
};
const contain = { ...notify, mode: "contain" };
const trust = JSON.stringify({ Version: "2012-10-17", Statement: [] });

const health = (...keys: string[]) => {
  const id = eventId("health");
  return {
    id,
    source: "aws.health",
    time,
    detail: {
      eventArn: `arn:aws:health:us-east-1::event/RISK/AWS_RISK_CREDENTIALS_EXPOSED/${id}`,
      eventTypeCode: "AWS_RISK_CREDENTIALS_EXPOSED",
      affectedEntities: keys.map((entityValue) => ({ entityValue })),
    },
  };
};
const finding = (accessKeyId: string, userName: string, userType: string) => ({
  id: eventId("finding"),
  source: "aws.guardduty",
  region: "us-east-1",
  time,
  detail: {
    id: eventId("finding"),
    type: "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS",
    severity: 8,
    service: { detectorId: "12abc34d567e8fa901bc2d34e56789f0" },
    resource: { accessKeyDetails: { accessKeyId, userName, userType } },
  },
});
/** The same finding, sent anew because it goes on. */
const goesOn = <Event extends { id: string; time: string }>(event: Event, hours: number): Event => ({
  ...event,
  id: eventId("update"),
  time: new Date(Date.parse(event.time) + hours * 3_600_000).toISOString(),
});
/** An attack sequence of GuardDuty: what a user's key, a role's session and a process did. */
const sequence = (key: string, userName: string, roleName: string) =>
  JSON.parse(
    readFileSync("test/fixtures/events/guardduty-attack-sequence.json", "utf8")
      .replaceAll("eu-west-1", "us-east-1")
      .replaceAll("AKIAIOSFODNN7EXAMPLE", key)
      .replace("USER_NAME", userName)
      .replace("ROLE_NAME", roleName),
  ) as {
    id: string;
    source: string;
    time: string;
    detail: { id: string; service: { detection: { sequence: { actors: object[] } } } };
  };

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

  const person = async (UserName = `person-${people++}`, Path = "/") => {
    await aws.iam().createUser({ UserName, Path });
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
  const policiesOf = async (RoleName: string) => {
    const { AttachedPolicies = [] } = await aws.iam().listAttachedRolePolicies({ RoleName });
    const { PolicyNames = [] } = await aws.iam().listRolePolicies({ RoleName });
    return [...AttachedPolicies.map(({ PolicyName = "" }) => PolicyName), ...PolicyNames];
  };
  const putInQuarantine = (UserName: string) => aws.iam().attachUserPolicy({ UserName, PolicyArn: quarantineArn });

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

  it("a key of which IAM names no user, as of root's: people are told, of the others too", async () => {
    const key = await keyOf(await person());
    const nameless = await LeakAnswers.under(aws, "nameless", contain, (definition) => {
      const machine = JSON.parse(definition) as {
        States: { EachKey: { ItemProcessor: { States: { FindOwner: { Resource: string; Parameters: object } } } } };
      };
      // An answer of IAM without a UserName.
      const { FindOwner } = machine.States.EachKey.ItemProcessor.States;
      FindOwner.Resource = FindOwner.Resource.replace("getAccessKeyLastUsed", "getAccountSummary");
      FindOwner.Parameters = {};
      return JSON.stringify(machine);
    });
    const heard = await nameless.to(health(key, fakeKeyId("AKIA")));
    assert.equal(heard.length, 2);
    assert.ok(
      heard.every(({ did, now }) => /Nothing was done/.test(did) && /key of root/.test(now)),
      heard[0]?.did,
    );
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
    await putInQuarantine(user);
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

  it("temporary credentials of a role: it is denied everything by AWS's own policy, and says so", async () => {
    const RoleName = await role("worker");
    const [notice] = await containing.to(finding(fakeKeyId("ASIA"), RoleName, "AssumedRole"));
    assert.equal(notice?.owner, "role worker");
    assert.match(notice?.did ?? "", /denied everything now, new sessions too/);
    assert.deepEqual(await policiesOf(RoleName), ["AWSDenyAll"]);
  });

  it("roles that are exempt or a service's own, root, and sessions of users are only told", async () => {
    for (const name of [await role("spared"), await role("AWSServiceRoleForThings")]) {
      assert.match((await containing.to(finding(fakeKeyId("ASIA"), name, "AssumedRole")))[0]?.did ?? "", /exempt/);
      assert.deepEqual(await policiesOf(name), []);
    }
    assert.match((await containing.to(finding(fakeKeyId(), "Root", "Root")))[0]?.did ?? "", /root/);
    assert.match((await containing.to(finding(fakeKeyId("ASIA"), "robot", "IAMUser")))[0]?.did ?? "", /temporary/);
    const untouched = await role("untouched");
    assert.match((await telling.to(finding(fakeKeyId("ASIA"), untouched, "AssumedRole")))[0]?.did ?? "", /STILL WORK/);
    const [other] = await containing.to(finding(fakeKeyId("ASIA"), untouched, "AssumedRole"));
    assert.match(other?.did ?? "", /STILL WORK/);
    assert.deepEqual(await policiesOf(untouched), []);
  });

  it("an attack sequence: the key Inactive, the role denied everything, the process passed over", async () => {
    const [user, RoleName] = [await person(), "worker-of-sequence"];
    await role(RoleName);
    const answers = await LeakAnswers.under(aws, "sequences", { ...contain, containRoles: [RoleName] });
    const event = sequence(await keyOf(user), user, RoleName);
    const notices = await answers.to(event);
    assert.deepEqual(
      notices.map(({ owner, did }) => [owner, did]),
      [
        [`user ${user}`, "it is Inactive now"],
        [`role ${RoleName}`, "the role is denied everything now, new sessions too"],
      ],
    );
    assert.match(notices[0]?.why ?? "", /GuardDuty in us-east-1, AttackSequence:IAM/);
    assert.deepEqual((await lookAt(user)).keys, ["Inactive"]);
    assert.deepEqual(await policiesOf(RoleName), ["AWSDenyAll"]);
    assert.deepEqual(await answers.to(goesOn(event, 1)), []);
  });

  it("an attack sequence in which no credentials can be read is told, and ends well", async () => {
    const of = (actors: object[]) => {
      const event = sequence(fakeKeyId(), "somebody", "worker");
      event.detail.service.detection.sequence.actors = actors;
      return { ...event, id: eventId("sequence"), detail: { ...event.detail, id: eventId("sequence") } };
    };
    for (const actors of [[], [{ id: "p", process: { name: "x" } }]]) {
      const notices = await telling.to(of(actors));
      assert.deepEqual(
        notices.map(({ key }) => key),
        ["unknown"],
        JSON.stringify(actors),
      );
    }
    const [named] = await telling.to(of([{ id: "u", user: { name: "n", type: "IAMUser" } }]));
    assert.match(
      `${named?.key} ${named?.owner} ${named?.did}`,
      /^unknown user n the finding names its owner and no key/,
    );
    const [alone] = await telling.to(of([{ user: { credentialUid: fakeKeyId("ASIA") } }]));
    assert.match(`${alone?.key} ${alone?.did}`, /^ASIA.* no such key/);
    assert.ok((await telling.ends()).every((each) => each === "SUCCEEDED"));
  });

  it("contain: a finding that goes on is told once, and its key deactivated again if made Active again", async () => {
    const user = await person();
    const AccessKeyId = await keyOf(user);
    const other = await keyOf(user);
    const event = finding(AccessKeyId, user, "IAMUser");
    assert.equal((await containing.to(event)).length, 1);
    assert.deepEqual(await containing.to(goesOn(event, 1)), []);
    assert.deepEqual(await containing.to(goesOn(event, 30)), []);
    await aws.iam().updateAccessKey({ UserName: user, AccessKeyId, Status: "Active" });
    const [again, ...more] = await containing.to(goesOn(event, 31));
    assert.deepEqual([again?.key, again?.did, more.length], [AccessKeyId, "it is Inactive now", 0]);
    assert.match(again?.why ?? "", /made Active again/);
    const { AccessKeyMetadata: keys = [] } = await aws.iam().listAccessKeys({ UserName: user });
    assert.deepEqual(Object.fromEntries(keys.map((each) => [each.AccessKeyId, each.Status])), {
      [AccessKeyId]: "Inactive",
      [other]: "Active",
    });
    const exempt = finding(await keyOf("robot"), "robot", "IAMUser");
    assert.equal((await containing.to(exempt)).length, 1);
    assert.deepEqual(await containing.to(goesOn(exempt, 1)), []);
  });

  it("contain: a finding that goes on leaves a role alone from which the denial was taken; another key does not", async () => {
    const RoleName = await role("spare-worker");
    const answers = await LeakAnswers.under(aws, "sessions", { ...contain, containRoles: [RoleName] });
    const event = finding(fakeKeyId("ASIA"), RoleName, "AssumedRole");
    assert.equal((await answers.to(event)).length, 1);
    await aws.iam().detachRolePolicy({ RoleName, PolicyArn: "arn:aws:iam::aws:policy/AWSDenyAll" });
    assert.deepEqual([await answers.to(goesOn(event, 1)), await policiesOf(RoleName)], [[], []]);
    const next = goesOn(event, 2);
    next.detail.id = eventId("finding");
    next.detail.resource.accessKeyDetails.accessKeyId = `${fakeKeyId("ASIA")}2`;
    assert.equal((await answers.to(next)).length, 1);
    assert.deepEqual(await policiesOf(RoleName), ["AWSDenyAll"]);
  });

  it("notify: a finding that goes on is told once a day", async () => {
    const user = await person();
    const event = finding(await keyOf(user), user, "IAMUser");
    const told = [];
    for (const hours of [0, 1, 19, 24, 25]) {
      told.push((await telling.to(hours === 0 ? event : goesOn(event, hours))).length);
    }
    assert.deepEqual(told, [1, 0, 0, 1, 0]);
  });

  it("a message nobody takes ends the execution in failure, and the key is Inactive nevertheless", async () => {
    const mute = (definition: string) => definition.replaceAll(`"Source":"${leakNotice.source}"`, '"Source":""');
    const answers = await LeakAnswers.under(aws, "mute", contain, mute);
    const user = await person();
    assert.deepEqual(await answers.to(health(await keyOf(user), fakeKeyId())), []);
    assert.deepEqual((await answers.ends()).sort(), ["FAILED", "SUCCEEDED"]);
    assert.deepEqual((await lookAt(user)).keys, ["Inactive"]);
    await answers.to(health());
    assert.deepEqual((await answers.ends()).sort(), ["FAILED", "FAILED", "SUCCEEDED", "SUCCEEDED"]);
  });

  it("forty keys in one event, two of a user, users with paths and every character a name may have", async () => {
    const people = await Promise.all(
      Array.from({ length: 18 }, (_, at) => person(`crowd+=,.@_-${at}`, at % 2 ? "/staff/night/" : "/")),
    );
    const keys = [];
    for (const user of people) {
      keys.push(await keyOf(user), await keyOf(user));
    }
    const [gone = "", ...left] = keys;
    await aws.iam().deleteAccessKey({ UserName: people[0], AccessKeyId: gone });
    const foreign = Array.from({ length: 4 }, (_, at) => `${fakeKeyId().slice(0, -1)}${at}`);
    const notices = await containing.to(health(...keys, ...foreign));
    const count = (did: RegExp) => notices.filter((each) => did.test(each.did)).length;
    assert.deepEqual([notices.length, count(/Inactive now/), count(/no such key/)], [40, left.length, 5]);
    for (const user of people) {
      assert.ok(
        (await lookAt(user)).keys.every((each) => each === "Inactive"),
        user,
      );
    }
  });

  it("more than a name can be made of is answered all the same", async () => {
    const event = health(...Array.from({ length: 101 }, (_, at) => `${at}-${"x".repeat(110)}`));
    assert.equal((await telling.to(event)).length, 101);
  });

  it("whatever stands in the list, each item is told once, and the execution ends well", async () => {
    const garbage = fc.oneof(
      fc.constantFrom("", fakeKeyId(), fakeKeyId("ASIA"), "$.key", "{}", "AKIA*", "ünï"),
      fc.constantFrom(null, 7, true, [], {}),
    );
    const entity = fc.record({ entityValue: garbage, status: garbage }, { requiredKeys: [] });
    const user = fc.record({
      name: garbage,
      type: fc.constantFrom("Root", "IAMUser", "AssumedRole", 7),
      credentialUid: garbage,
    });
    const [seed, numRuns] = [20_261_122, 25];
    const entities = [{ entityValue: fakeKeyId() }, ...fc.sample(entity, { seed, numRuns })];
    const event = health();
    assert.equal((await telling.to({ ...event, detail: { ...event.detail, affectedEntities: entities } })).length, 26);
    const users = fc.sample(user, { seed, numRuns });
    const isText = (value: unknown) => typeof value === "string" && value !== "";
    // Credentials, or the name of somebody.
    const named = users.filter(
      ({ credentialUid, name, type }) => isText(credentialUid) || (isText(name) && isText(type)),
    );
    const attack = sequence(fakeKeyId(), "somebody", "worker");
    attack.id = attack.detail.id = "garbage";
    attack.detail.service.detection.sequence.actors = users.map((each) => ({ id: "u", user: each }));
    assert.equal((await telling.to(attack)).length, named.length);
    assert.ok(named.length > 5 && named.length < numRuns);
    assert.ok((await telling.ends()).every((each) => each === "SUCCEEDED"));
  });
});
