import assert from "node:assert/strict";
import { type ContainOptions, planContainment } from "../../../operations/respond/contain/plan";
import { denyEverything, denyOlderThan } from "../../../operations/respond/contain/deny";
import { type Principal } from "../../../operations/respond/principal";
import { type Subject } from "../../../operations/respond/subject";

const now = new Date("2026-11-22T03:00:00Z");
const since = "2026-11-22T02:59:00Z";
const options: ContainOptions = { prefix: "baseline", incident: "2026-11-22-mina", since };
const tags = { "baseline:incident": "2026-11-22-mina" };
const mina: Subject = { kind: "user", name: "mina", key: "AKIA1" };
const deploy: Subject = { kind: "role", name: "deploy" };

const user = (state: Partial<Principal> = {}): Principal => ({
  kind: "user",
  name: "mina",
  tags: {},
  keys: [
    { id: "AKIA1", status: "Active" },
    { id: "AKIA2", status: "Active" },
  ],
  console: true,
  denyPolicy: "none",
  revokePolicy: "none",
  problems: [],
  ...state,
});
const role = (state: Partial<Principal> = {}): Principal => ({
  kind: "role",
  name: "deploy",
  tags: {},
  denyPolicy: "none",
  revokePolicy: "none",
  problems: [],
  ...state,
});

/** Each call as one word: what is done to what. */
const words = (subject: Subject, state: Principal, more: Partial<ContainOptions> = {}) =>
  planContainment(subject, state, { ...options, ...more }, now).calls.map(({ action, parameters }) =>
    [action, idOf(parameters)].filter(Boolean).join(" "),
  );

function idOf(parameters: Record<string, unknown>): unknown {
  const names = ["AccessKeyId", "PolicyName", "ServiceSpecificCredentialId", "SSHPublicKeyId", "CertificateId"];
  return names.map((name) => parameters[name]).find(Boolean);
}

const revoke = "PutUserPolicy baseline-respond-revoke-sessions";
const deny = "PutUserPolicy baseline-respond-deny";
const contained = user({
  keys: [{ id: "AKIA1", status: "Inactive" }],
  denyPolicy: denyEverything(),
  revokePolicy: denyOlderThan("2026-11-22T02:59:30.000Z"),
  tags,
});

const cases: [what: string, subject: Subject, state: Principal, more: Partial<ContainOptions>, calls: string[]][] = [
  ["a key: it, then sessions, then the user", mina, user(), {}, ["UpdateAccessKey AKIA1", revoke, deny, "TagUser"]],
  [
    "all keys",
    mina,
    user(),
    { allKeys: true },
    ["UpdateAccessKey AKIA1", "UpdateAccessKey AKIA2", revoke, deny, "TagUser"],
  ],
  [
    "a user without a key named: every key",
    { kind: "user", name: "mina" },
    user(),
    {},
    ["UpdateAccessKey AKIA1", "UpdateAccessKey AKIA2", revoke, deny, "TagUser"],
  ],
  [
    "a key that is Inactive",
    mina,
    user({ keys: [{ id: "AKIA1", status: "Inactive" }] }),
    {},
    [revoke, deny, "TagUser"],
  ],
  [
    "credentials beside keys: those that are Active, once everything is denied",
    mina,
    user({
      credentials: [
        { kind: "service-specific credential", id: "ACCA1", status: "Active", service: "bedrock.amazonaws.com" },
        { kind: "service-specific credential", id: "ACCA2", status: "Expired" },
        { kind: "service-specific credential", id: "ACCA3", status: "of a later API" },
        { kind: "SSH public key", id: "APKA1", status: "Active" },
        { kind: "signing certificate", id: "CERT1", status: "Inactive" },
        { kind: "signing certificate", id: "CERT2", status: "Active" },
      ],
    }),
    {},
    [
      "UpdateAccessKey AKIA1",
      revoke,
      deny,
      "UpdateServiceSpecificCredential ACCA1",
      "UpdateServiceSpecificCredential ACCA3",
      "UpdateSSHPublicKey APKA1",
      "UpdateSigningCertificate CERT2",
      "TagUser",
    ],
  ],
  ["a key that is deleted", mina, user({ keys: [] }), {}, [revoke, deny, "TagUser"]],
  [
    "nothing that could be read: as if nothing were done",
    mina,
    { kind: "user", name: "mina", problems: ["no"] },
    {},
    ["UpdateAccessKey AKIA1", revoke, deny, "TagUser"],
  ],
  ["what is contained already", mina, contained, {}, []],
  ["what is contained but for its tags", mina, { ...contained, tags: {} }, {}, ["TagUser"]],
  ["what is contained, with newer sessions", mina, contained, { revokeAgain: true }, [revoke, "TagUser"]],
  ["what is contained, with its password", mina, contained, { disableConsole: true }, ["DeleteLoginProfile"]],
  ["no password to delete", mina, { ...contained, console: false }, { disableConsole: true }, []],
  [
    "sessions revoked in another incident, long ago",
    mina,
    { ...contained, revokePolicy: denyOlderThan("2025-01-01T00:00:00.000Z") },
    {},
    [revoke, "TagUser"],
  ],
  [
    "sessions revoked in this incident, but before any that still lives was begun",
    deploy,
    role({ revokePolicy: denyOlderThan("2026-11-20T02:59:30.000Z"), tags: { "baseline:incident": options.incident } }),
    { since: "2026-11-20T02:00:00Z" },
    ["PutRolePolicy AWSRevokeOlderSessions", "TagRole"],
  ],
  ["somebody else's policy of our name", mina, { ...contained, denyPolicy: '{"Statement":[]}' }, {}, [deny, "TagUser"]],
  [
    "a session's key of a user: no key to deactivate",
    { kind: "user", name: "mina", key: "ASIA1", temporary: true },
    user(),
    {},
    [revoke, deny, "TagUser"],
  ],
  ["a role: its older sessions", deploy, role(), {}, ["PutRolePolicy AWSRevokeOlderSessions", "TagRole"]],
  [
    "a role altogether",
    deploy,
    role(),
    { denyRole: true },
    ["PutRolePolicy AWSRevokeOlderSessions", "PutRolePolicy baseline-respond-deny", "TagRole"],
  ],
];

describe("the plan of containment", () => {
  for (const [what, subject, state, more, calls] of cases) {
    it(`for ${what}`, () => assert.deepEqual(words(subject, state, more), calls));
  }

  it("knows the way back of every call but the one that has none", () => {
    const before = '{"Statement":["theirs"]}';
    const state = user({ denyPolicy: before, tags: { "baseline:incident": "old", team: "shop" } });
    const { calls } = planContainment(mina, state, { ...options, disableConsole: true }, now);
    assert.deepEqual(
      calls.map(({ undo, noUndo }) => (undo ? [undo.action, undo.parameters] : noUndo)),
      [
        ["UpdateAccessKey", { UserName: "mina", AccessKeyId: "AKIA1", Status: "Active" }],
        ["DeleteUserPolicy", { UserName: "mina", PolicyName: "baseline-respond-revoke-sessions" }],
        ["PutUserPolicy", { UserName: "mina", PolicyName: "baseline-respond-deny", PolicyDocument: before }],
        ["TagUser", { UserName: "mina", Tags: [{ Key: "baseline:incident", Value: "old" }] }],
        "The password is gone; give the user a new one when the incident is over.",
      ],
    );
  });

  it("leaves for a person to undo what it could not read before: perhaps it was closed already", () => {
    const { calls } = planContainment(mina, { kind: "user", name: "mina", problems: ["denied"] }, options, now);
    const shutting = calls.filter(({ action }) => action !== "TagUser");
    assert.deepEqual(
      shutting.map(({ action, undo, noUndo }) => [action, undo, typeof noUndo]),
      [
        ["UpdateAccessKey", undefined, "string"],
        ["PutUserPolicy", undefined, "string"],
        ["PutUserPolicy", undefined, "string"],
      ],
    );
  });

  it("revokes sessions by the time they were issued, so that long-lived keys of others are not touched by it", () => {
    const { calls } = planContainment(deploy, role(), options, now);
    assert.deepEqual(JSON.parse(calls[0]?.parameters["PolicyDocument"] as string), {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Deny",
          Action: ["*"],
          Resource: ["*"],
          Condition: { DateLessThan: { "aws:TokenIssueTime": "2026-11-22T03:00:00.000Z" } },
        },
      ],
    });
  });

  it("says what it leaves: the other key, the password, a role's trust", () => {
    assert.match(
      planContainment(mina, user(), options, now).notes.join("\n"),
      /AKIA2[^]*--all-keys[^]*--disable-console/,
    );
    assert.match(planContainment(deploy, role(), options, now).notes.join("\n"), /trust policy, or --deny-role/);
  });
});
