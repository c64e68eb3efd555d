import assert from "node:assert/strict";
import { type AwsClients } from "../../../aws/clients";
import { locksOut } from "../../../operations/respond/contain/lock-out";
import { namedBy, requireSubject } from "../../../operations/respond/request";
import { findSubject } from "../../../operations/respond/subject";
import { fakeKeyId, fakeSecret } from "../../support/fake-keys";

describe("who is meant", () => {
  const named: [text: string, meant: object][] = [
    [fakeKeyId(), { kind: "key", id: fakeKeyId() }],
    [` ${fakeKeyId("ASIA")} `, { kind: "key", id: fakeKeyId("ASIA") }],
    ["mina", { kind: "either", name: "mina" }],
    ["user/mina", { kind: "user", name: "mina" }],
    ["role/deploy", { kind: "role", name: "deploy" }],
    [
      "arn:aws:iam::123456789012:user/people/kr/mina@corp",
      {
        ...{ kind: "user", name: "mina@corp", accountId: "123456789012" },
        given: "arn:aws:iam::123456789012:user/people/kr/mina@corp",
      },
    ],
    [
      "arn:aws-cn:iam::123456789012:role/deploy",
      {
        ...{ kind: "role", name: "deploy", accountId: "123456789012" },
        given: "arn:aws-cn:iam::123456789012:role/deploy",
      },
    ],
    ["user/people/mina", { kind: "user", name: "mina", given: "user/people/mina" }],
    ["user/AKIATEAM", { kind: "user", name: "AKIATEAM" }],
    ["asia-deploy", { kind: "either", name: "asia-deploy" }],
    [
      "arn:aws:sts::123456789012:assumed-role/deploy/i-0abc",
      {
        ...{ kind: "role", name: "deploy", session: "i-0abc", accountId: "123456789012" },
        given: "arn:aws:sts::123456789012:assumed-role/deploy/i-0abc",
      },
    ],
  ];
  for (const [text, meant] of named) {
    it(`by ${text.slice(0, 40)}`, () => assert.deepEqual(namedBy(text), meant));
  }

  const refused: [text: string, code: string][] = [
    [fakeSecret(), "secret-given"],
    ["", "invalid-subject"],
    ["mi na", "invalid-subject"],
    ["../../etc", "invalid-subject"],
    ["arn:aws:s3:::bucket", "invalid-subject"],
    ["arn:aws:iam::123456789012:mina", "invalid-subject"],
    ["arn:aws:sts::123456789012:user/mina", "invalid-subject"],
    ["arn:aws:iam::123456789012:assumed-role/deploy/i-0abc", "invalid-subject"],
    ["arn:aws:sts::123456789012:federated-user/mina", "invalid-subject"],
    ["arn:aws:iam::123456789012:group/mina", "invalid-subject"],
    [fakeKeyId().slice(0, 12), "invalid-key-id"],
    [fakeKeyId().toLowerCase(), "invalid-key-id"],
  ];
  for (const [text, code] of refused) {
    it(`refuses ${code} ${text.length} letters, without repeating them`, () => {
      assert.throws(
        () => namedBy(text),
        (error: Error & { code?: string }) => error.code === code && (text === "" || !error.message.includes(text)),
      );
    });
  }
});

describe("an ARN or a path that is not the one at AWS", () => {
  const missing = Object.assign(new Error("none"), { name: "NoSuchEntityException" });
  const iam = {
    getUser: ({ UserName }: { UserName: string }) =>
      UserName === "mina"
        ? Promise.resolve({ User: { Arn: "arn:aws:iam::123456789012:user/people/mina" } })
        : Promise.reject(missing),
    getRole: ({ RoleName }: { RoleName: string }) =>
      RoleName === "deploy"
        ? Promise.resolve({ Role: { Arn: "arn:aws:iam::123456789012:role/ci/deploy" } })
        : Promise.reject(missing),
  };
  const caller = { Account: "123456789012", Arn: "arn:aws:iam::123456789012:user/tim", UserId: "u" };
  const sts = { getCallerIdentity: () => Promise.resolve(caller) };
  const aws = { defaultRegion: "us-east-1", iam: () => iam, sts: () => sts } as unknown as AwsClients;
  const cases: [given: string, code: string | undefined][] = [
    ["arn:aws:iam::123456789012:user/people/mina", undefined],
    ["user/people/mina", undefined],
    ["user/mina", undefined],
    ["mina", undefined],
    ["arn:aws:iam::123456789012:role/ci/deploy", undefined],
    ["arn:aws:sts::123456789012:assumed-role/deploy/i-0abc", undefined],
    ["arn:aws-cn:iam::123456789012:user/people/mina", "other-arn"],
    ["arn:aws:iam::123456789012:user/mina", "other-arn"],
    ["arn:aws:iam::123456789012:user/wrong/path/mina", "other-arn"],
    ["user/wrong/mina", "other-arn"],
    ["arn:aws-us-gov:iam::123456789012:role/ci/deploy", "other-arn"],
    ["role/wrong/deploy", "other-arn"],
    ["arn:aws-cn:sts::123456789012:assumed-role/deploy/i-0abc", "other-arn"],
    ["arn:aws:iam::210987654321:user/people/mina", "other-account"],
    ["arn:aws:iam::123456789012:user/people/mira", "no-such-subject"],
  ];
  for (const [given, code] of cases) {
    it(`${given}: ${code ?? "taken"}`, async () => {
      const finding = findSubject(aws, namedBy(given), () => Promise.resolve([]));
      await (code === undefined ? finding : assert.rejects(finding, { code, exitCode: 2 }));
    });
  }
});

describe("a step in the place of a subject", () => {
  it("is told as a subject that is missing", () => {
    assert.throws(() => requireSubject("contain", ["triage", "contain"]), { code: "missing-subject", exitCode: 2 });
    assert.doesNotThrow(() => requireSubject("user/contain", ["triage", "contain"]));
  });
});

describe("who would lock himself out", () => {
  const user = { kind: "user", name: "mina" } as const;
  const role = { kind: "role", name: "deploy" } as const;
  const cases: [arn: string, ofUser: boolean, ofRole: boolean][] = [
    ["arn:aws:iam::123456789012:user/mina", true, false],
    ["arn:aws:iam::123456789012:user/people/Mina", true, false],
    ["arn:aws:iam::123456789012:user/deploy", false, false],
    ["arn:aws:iam::123456789012:user/mina/other", false, false],
    ["arn:aws:sts::123456789012:assumed-role/deploy/mina", false, true],
    ["arn:aws:sts::123456789012:assumed-role/mina/deploy", false, false],
    ["arn:aws:iam::123456789012:root", false, false],
  ];
  for (const [arn, ofUser, ofRole] of cases) {
    it(arn, () => {
      const caller = { accountId: "123456789012", arn };
      assert.deepEqual([locksOut(caller, user), locksOut(caller, role)], [ofUser, ofRole]);
    });
  }
});
