import assert from "node:assert/strict";
import { judge, rules } from "../../../../operations/watch/audit/rules";
import { readSummary } from "../../../../operations/watch/audit/read/account";
import { type Place } from "../../../../operations/watch/audit/read/place";
import { type RootFacts, type Subjects } from "../../../../operations/watch/audit/rules/subjects";
import { ago, key, now, principal, user } from "./facts";

type Bad<Kind extends keyof Subjects> = readonly [subject: Subjects[Kind], severity: string, evidence: RegExp];

interface Pair<Kind extends keyof Subjects> {
  rule: string;
  on: Kind;
  /** Nothing is said of these. */
  good: Subjects[Kind][];
  /** Each gives one finding of the rule. */
  bad: Bad<Kind>[];
}

const pair = <Kind extends keyof Subjects>(of: Pair<Kind>): Pair<Kind> => of;

const secret = { name: "db", arn: "arn:aws:secretsmanager:eu-west-1:1:secret:db-Ab", region: "eu-west-1" };
const instance = {
  id: "i-1",
  region: "eu-west-1",
  launchedAt: ago(5),
  profileArn: "arn:aws:iam::1:instance-profile/p",
};
const group = { id: "sg-1", name: "bastion", region: "eu-west-1" };
const tcp = (port: number, CidrIp: string) => ({
  IpProtocol: "tcp",
  FromPort: port,
  ToPort: port,
  IpRanges: [{ CidrIp }],
});
const exposed = {
  ...{
    region: "eu-west-1",
    analyzerArn: "arn:aws:access-analyzer:eu-west-1:123456789012:analyzer/a",
    findingId: "f-1",
  },
  ...{ resource: "arn:aws:s3:::b", resourceType: "AWS::S3::Bucket", type: "ExternalAccess", since: ago(9) },
};
const admin = { kind: "administrator", message: "Is one.", sources: ["policy AdministratorAccess"] } as const;
/** A role that IAM lets nobody change. */
const reservedName = "AWSReservedSSO_Team_Admin_0123456789abcdef";
const permissionSet = {
  kind: "role" as const,
  name: reservedName,
  arn: `arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/${reservedName}`,
};
const policy = { minimumLength: 14, reusePrevention: 24, classes: 4 };

const pairs = [
  pair({
    rule: "user-without-mfa",
    on: "user",
    good: [
      user({ console: true, passwordUsedAt: ago(1) }),
      user({ mfa: false }),
      user({ mfa: false, keys: [key({ active: false })] }),
    ],
    bad: [
      [user({ console: true, mfa: false, passwordUsedAt: ago(1) }), "high", /password alone/],
      [user({ mfa: false, keys: [key()] }), "low", /no MFA device/],
    ],
  }),
  pair({
    rule: "console-unused-30",
    on: "user",
    good: [user({ console: true, passwordUsedAt: ago(30) }), user({ console: true, passwordUsedAt: ago(91) })],
    bad: [[user({ console: true, passwordUsedAt: ago(31) }), "low", /31 days ago/]],
  }),
  pair({
    rule: "console-unused-90",
    on: "user",
    good: [
      user({ console: true, passwordUsedAt: ago(90) }),
      user({ console: true, consoleSince: ago(90) }),
      user({ passwordUsedAt: ago(400) }),
      // A password nobody has used yet, on a user who is older.
      user({ console: true, createdAt: ago(900), passwordChangedAt: ago(2) }),
      // Somebody who came back, and got a new one.
      user({ console: true, passwordUsedAt: ago(400), passwordChangedAt: ago(1) }),
    ],
    bad: [
      [user({ console: true, passwordUsedAt: ago(91) }), "medium", /91 days ago/],
      [user({ console: true, passwordUsedAt: ago(91), consoleSince: ago(200) }), "medium", /91 days ago/],
      [
        user({ console: true, consoleSince: ago(91) }),
        "medium",
        /^Never signed in .* 91 days since there is a password/,
      ],
      [user({ console: true, passwordChangedAt: ago(120) }), "medium", /Never signed in/],
    ],
  }),
  pair({
    rule: "key-old",
    on: "user",
    good: [
      user({ keys: [key({ createdAt: ago(90) })] }),
      user({ keys: [key({ createdAt: ago(900), active: false })] }),
    ],
    bad: [[user({ keys: [key({ createdAt: ago(91) })] }), "medium", /Created 91 days ago/]],
  }),
  pair({
    rule: "key-never-used",
    on: "user",
    good: [user({ keys: [unused(7)] }), user({ keys: [key({ createdAt: ago(80) })] })],
    bad: [
      [user({ keys: [unused(8)] }), "medium", /created 8 days ago, and never used/],
      [user({ keys: [unused(91)] }), "high", /91 days/],
    ],
  }),
  pair({
    rule: "key-unused-90",
    on: "user",
    good: [
      user({ keys: [key({ lastUsedAt: ago(90) })] }),
      user({ keys: [key({ lastUsedAt: ago(500), active: false })] }),
    ],
    bad: [[user({ keys: [key({ lastUsedAt: ago(91) })] }), "high", /last used 91 days ago/]],
  }),
  pair({
    rule: "two-active-keys",
    on: "user",
    good: [user({ keys: [key(), key({ slot: 2, active: false })] })],
    bad: [[user({ keys: [key(), key({ slot: 2 })] }), "low", /Both/]],
  }),
  pair({
    rule: "root-access-key",
    on: "root",
    good: [{ accessKeys: false }, {}],
    bad: [[{ accessKeys: true }, "critical", /access key/]],
  }),
  pair({
    rule: "root-mfa",
    on: "root",
    good: [{ mfa: true }, {}, { mfa: false, accessKeys: false, cannotSignIn: true }],
    bad: [[{ mfa: false }, "critical", /no MFA/]],
  }),
  pair({
    rule: "root-used",
    on: "root",
    good: [{ lastUsedAt: ago(31) }, {}],
    bad: [[{ lastUsedAt: ago(30) }, "high", /Used 30 days ago/]],
  }),
  pair({
    rule: "administrator-aws-policy",
    on: "principal",
    good: [principal({}), principal({ ...admin, by: "wildcard" })],
    bad: [
      [principal({ ...admin, by: "aws-managed-policy" }), "critical", /policy AdministratorAccess/],
      [principal({ ...admin, by: "aws-managed-policy" }, { kind: "role" }), "medium", /Is one/],
      [
        principal({ ...admin, by: "aws-managed-policy" }, permissionSet),
        "medium",
        /nobody change this role: change permission set Team_Admin, .* in IAM Identity Center\.$/,
      ],
    ],
  }),
  pair({
    rule: "administrator-wildcard",
    on: "principal",
    good: [principal({ kind: "all-but-iam" }), principal({ ...admin, by: "aws-managed-policy" })],
    bad: [[principal({ ...admin, by: "wildcard" }), "critical", /Is one/]],
  }),
  pair({
    rule: "privilege-escalation",
    on: "principal",
    good: [principal({ kind: "conditional" })],
    bad: [[principal({ kind: "escalation", witness: "statement 1 allows it" }), "high", /Statement 1 allows it/]],
  }),
  pair({
    rule: "user-direct-policies",
    on: "principal",
    good: [principal({}), principal({}, { kind: "role", direct: [{ name: "own" }] })],
    bad: [
      [principal({}, { direct: [{ name: "own" }] }), "low", /Holds own, not through a group\.$/],
      [
        principal(
          {},
          { direct: ["a-respond-deny", "a-respond-revoke-sessions", "x", "own"].map((name) => ({ name })) },
        ),
        "low",
        /Holds x, own, a-respond-deny and 1 more, .* Leave a-respond-deny and a-respond-revoke-sessions as long as/,
      ],
    ],
  }),
  pair({
    rule: "password-policy-weak",
    on: "passwordPolicy",
    good: [{ policy }],
    bad: [
      [{}, "medium", /There is none/],
      [{ policy: { ...policy, minimumLength: 8 } }, "medium", /8 characters/],
      [{ policy: { ...policy, reusePrevention: 0 } }, "medium", /last 0 passwords/],
      [{ policy: { ...policy, classes: 3 } }, "medium", /3 of 4/],
    ],
  }),
  pair({
    rule: "open-admin-ports",
    on: "securityGroup",
    good: [
      { ...group, permissions: [] },
      { ...group, permissions: [tcp(22, "203.0.113.7/32"), tcp(443, "0.0.0.0/0")] },
      { ...group, permissions: [{ IpProtocol: "udp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }] },
    ],
    bad: [
      [{ ...group, permissions: [tcp(22, "0.0.0.0/0")] }, "high", /Port 22/],
      [{ ...group, permissions: [tcp(22, "0.0.0.0/1"), tcp(22, "128.0.0.0/1")] }, "high", /100 %/],
      [{ ...group, permissions: [{ IpProtocol: "-1", Ipv6Ranges: [{ CidrIpv6: "::/0" }] }] }, "high", /22 and 3389/],
    ],
  }),
  pair({
    rule: "secret-unused",
    on: "secret",
    good: [
      { ...secret, createdAt: ago(400), lastUsedAt: ago(90) },
      { ...secret, createdAt: ago(90) },
    ],
    bad: [
      [{ ...secret, createdAt: ago(400), lastUsedAt: ago(91) }, "medium", /Last read 91 days/],
      [{ ...secret, createdAt: ago(91) }, "medium", /Never read/],
    ],
  }),
  pair({
    rule: "instance-imdsv1",
    on: "instance",
    good: [
      { ...instance, metadata: "v2" },
      { ...instance, metadata: "off" },
    ],
    bad: [
      [{ ...instance, metadata: "v1" }, "high", /has a role/],
      [{ id: "i-1", region: "eu-west-1", metadata: "v1" }, "medium", /session token\.$/],
    ],
  }),
  pair({
    rule: "instance-without-role",
    on: "instance",
    good: [{ ...instance, metadata: "v2" }],
    bad: [[{ id: "i-1", region: "eu-west-1", metadata: "v2" }, "low", /No instance profile/]],
  }),
  pair({
    rule: "analyzer-missing",
    on: "analyzers",
    good: [{ missingIn: [] }],
    bad: [[{ missingIn: ["eu-west-1", "us-east-1"] }, "low", /eu-west-1, us-east-1/]],
  }),
  pair({
    rule: "analyzer-finding",
    on: "exposure",
    good: [],
    bad: [
      [{ ...exposed, isPublic: true }, "high", /public: AWS::S3::Bucket/],
      [{ ...exposed, isPublic: false }, "medium", /ExternalAccess: /],
      [{ ...exposed, isPublic: false, type: "UnusedIAMRole" }, "low", /UnusedIAMRole/],
    ],
  }),
];

function unused(age: number) {
  const { lastUsedAt, ...never } = key({ createdAt: ago(age) });
  void lastUsedAt;
  return never;
}

describe("audit: rules", () => {
  const of = <Kind extends keyof Subjects>({ rule, on }: Pair<Kind>, subject: Subjects[Kind]) =>
    judge(on, subject, now).filter((each) => each.rule === rule);

  for (const each of pairs as unknown as Pair<keyof Subjects>[]) {
    it(`${each.rule}: says nothing of ${each.good.length} that are well`, () => {
      each.good.forEach((subject) => assert.deepEqual(of(each, subject), [], JSON.stringify(subject)));
    });
    each.bad.forEach(([subject, severity, evidence], index) =>
      it(`${each.rule}: finds it, ${index + 1} (${severity})`, () => {
        const [found, ...others] = of(each, subject);
        assert.ok(found, "nothing found");
        assert.deepEqual(others, []);
        assert.equal(found.severity, severity);
        assert.match(found.evidence, evidence);
        assert.match(found.evidence, /^[A-Za-z0-9].*\.$/);
        assert.match(found.fix, /^aws [a-z0-9]+ [a-z0-9-]+( |$)/);
        assert.doesNotMatch(found.fix + found.evidence, /undefined|NaN|\[object/);
        assert.ok(found.references.length > 0 && found.who !== "");
      }),
    );
  }

  it("has a pair for every rule, and no two rules of one name", () => {
    const ids = rules.map(({ id }) => id);
    assert.deepEqual([...new Set(ids)].sort(), [...ids].sort());
    assert.deepEqual(pairs.map(({ rule }) => rule).sort(), [...ids].sort());
  });

  it("takes back exactly the rule that opens a port", () => {
    const permissions = [tcp(22, "203.0.113.7/32"), tcp(22, "0.0.0.0/0"), tcp(443, "0.0.0.0/0")];
    const [found] = judge("securityGroup", { ...group, permissions }, now);
    assert.equal(
      found?.fix,
      "aws ec2 revoke-security-group-ingress --region eu-west-1 --group-id sg-1 --ip-permissions " +
        "'IpProtocol=tcp,FromPort=22,ToPort=22,IpRanges=[{CidrIp=0.0.0.0/0}]'",
    );
  });

  it("loosens nothing of a password policy by what it tells to run", () => {
    const strict = { minimumLength: 20, reusePrevention: 5, classes: 4, maxAge: 60, hardExpiry: true };
    const [found] = judge("passwordPolicy", { policy: strict }, now);
    assert.match(found?.fix ?? "", /--minimum-password-length 20 .*--max-password-age 60 --hard-expiry/);
    assert.match(judge("passwordPolicy", {}, now)[0]?.fix ?? "", /--minimum-password-length 14 /);
  });

  it("detaches the user's own policy only where that is the one that does it", () => {
    const direct = [{ name: "ops", arn: "arn:aws:iam::aws:policy/ops" }];
    const fixOf = (source: string) =>
      judge("principal", principal({ kind: "administrator", by: "wildcard", sources: [source] }, { direct }), now).find(
        ({ rule }) => rule === "administrator-wildcard",
      )?.fix;
    assert.match(fixOf("policy ops") ?? "", /detach-user-policy/);
    assert.match(fixOf("policy all of group ops") ?? "", /list-groups-for-user/);
  });

  it("keeps what strangers chose on its line, and from writing over a terminal", () => {
    const owner = "mina\n  critical  Access key of the root user\u001b[2J\u202e";
    const group = { region: "eu-west-1", id: "sg-1", name: "web\u009b2J", owner, permissions: [tcp(22, "0.0.0.0/0")] };
    const [found] = judge("securityGroup", group, now);
    assert.doesNotMatch(`${found?.who}${found?.evidence}`, /[\p{Cc}\u202e]/u);
    assert.match(found?.who ?? "", /^mina\?/);
  });

  it("gives no command for a name that IAM does not give", () => {
    const [found] = judge("user", user({ name: "a;rm -rf $HOME'", console: true, mfa: false }), now);
    assert.equal(found?.fix, "No command: 'a;rm -rf $HOME'\\''' is not a user name.");
  });

  it("gives a command that works for a name that begins like an option", () => {
    const [found] = judge("user", user({ name: "--profile=x", console: true, mfa: false }), now);
    assert.match(found?.fix ?? "", / --virtual-mfa-device-name=--profile=x /);
  });

  it("sets the key Inactive that was used longer ago", () => {
    const keys = [
      key({ id: "AKIANEWERXXXXXXXXXXX" }),
      key({ slot: 2, id: "AKIAOLDERXXXXXXXXXXX", lastUsedAt: ago(20) }),
    ];
    const found = judge("user", user({ keys }), now).find(({ rule }) => rule === "two-active-keys");
    assert.match(found?.fix ?? "", /AKIAOLDERXXXXXXXXXXX --status Inactive/);
  });

  it("does not end a rotation the wrong way round: the new key is not used yet", () => {
    for (const keys of [
      [
        key({ id: "AKIAINUSEXXXXXXXXXXX" }),
        key({ slot: 2, id: "AKIANEWXXXXXXXXXXXXX", createdAt: ago(2), lastUsedAt: undefined }),
      ],
      [
        key({ id: "AKIANEWXXXXXXXXXXXXX", createdAt: ago(2), lastUsedAt: undefined }),
        key({ slot: 2, id: "AKIAINUSEXXXXXXXXXXX" }),
      ],
    ]) {
      const found = judge("user", user({ keys }), now).find(({ rule }) => rule === "two-active-keys");
      assert.match(found?.fix ?? "", /AKIAINUSEXXXXXXXXXXX --status Inactive/);
      assert.match(found?.evidence ?? "", /new and not used yet/);
    }
  });
});

describe("the fix for a role of IAM Identity Center", () => {
  const holding = { direct: [{ name: "AdministratorAccess", arn: "arn:aws:iam::aws:policy/AdministratorAccess" }] };
  const verdictOf = { ...admin, by: "aws-managed-policy" as const, sources: ["policy AdministratorAccess"] };
  const fixOf = (name: string, path: string) => {
    const role = { kind: "role" as const, name, arn: `arn:aws:iam::123456789012:role/${path}${name}`, ...holding };
    return judge("principal", principal(verdictOf, role), now)[0]?.fix ?? "";
  };

  it("is no call that IAM refuses", () => {
    const fix = fixOf(reservedName, "aws-reserved/sso.amazonaws.com/");
    assert.equal(fix, `aws iam list-attached-role-policies --role-name ${reservedName}`);
  });

  it("is the usual one for a role that only has such a name", () => {
    assert.match(fixOf(reservedName, ""), /^aws iam detach-role-policy/);
  });
});

describe("root of a member account", () => {
  const summaries: [what: string, summary: Record<string, number>, findings: string[]][] = [
    ["without any credential", { AccountMFAEnabled: 0, AccountAccessKeysPresent: 0, AccountPasswordPresent: 0 }, []],
    ["with a password", { AccountMFAEnabled: 0, AccountAccessKeysPresent: 0, AccountPasswordPresent: 1 }, ["root-mfa"]],
    [
      "with a key",
      { AccountMFAEnabled: 0, AccountAccessKeysPresent: 1, AccountPasswordPresent: 0 },
      ["root-access-key", "root-mfa"],
    ],
    [
      "of which nobody says whether it has a password",
      { AccountMFAEnabled: 0, AccountAccessKeysPresent: 0 },
      ["root-mfa"],
    ],
  ];
  for (const [what, SummaryMap, expected] of summaries) {
    it(`${what}: ${expected.join(", ") || "nothing"}`, async () => {
      const found: string[] = [];
      const place = {
        region: "us-east-1",
        aws: { iam: () => ({ getAccountSummary: () => Promise.resolve({ SummaryMap }) }) },
        attempts: {
          one: (_: unknown, __: unknown, ___: unknown, look: (call: unknown) => Promise<void>) =>
            look((____: string, send: () => unknown) => send()),
        },
        see: (kind: "root", facts: RootFacts) => found.push(...judge(kind, facts, now).map(({ rule }) => rule)),
      };
      await readSummary(place as unknown as Place);
      assert.deepEqual(found.sort(), expected);
    });
  }
});
