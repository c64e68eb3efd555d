import assert from "node:assert/strict";
import { maybeLocksOut } from "../../../operations/respond/contain/lock-out";
import { type Subject } from "../../../operations/respond/subject";
import { requireChangeable, unchangeable } from "../../../operations/respond/contain/unchangeable";

const role = (name: string): Subject => ({ kind: "role", name });
const sts = "arn:aws:sts::123456789012:";

describe("roles that IAM lets nobody change", () => {
  const cases: [name: string, instead: RegExp | undefined][] = [
    ["AWSReservedSSO_AdministratorAccess_0123456789abcdef", /In IAM Identity Center.*disable the person's user/s],
    ["AWSServiceRoleForSupport", /Find who made the service do it/],
    ["deploy", undefined],
    ["AWSReservedSSO_mine", undefined],
  ];
  for (const [name, instead] of cases) {
    it(`${name}: ${instead ? "says what to do instead" : "is like any other"}`, () => {
      if (instead) {
        assert.throws(() => requireChangeable(role(name)), { code: "cannot-be-contained", exitCode: 2, next: instead });
      } else {
        assert.doesNotThrow(() => requireChangeable(role(name)));
      }
    });
  }

  it("are known by the path that AWS alone may use, so that no thief's role is spared for its name", () => {
    const arn = (path: string) => `arn:aws:iam::123456789012:role${path}AWSServiceRoleForSupport`;
    const thief = role("AWSServiceRoleForSupport");
    assert.equal(unchangeable(thief, arn("/")), undefined);
    assert.equal(unchangeable(thief, arn("/mine/aws-service-role/")), undefined);
    assert.notEqual(unchangeable(thief, arn("/aws-service-role/support.amazonaws.com/")), undefined);
    const sso = "AWSReservedSSO_Admin_0123456789abcdef";
    assert.equal(unchangeable(role(sso), `arn:aws:iam::123456789012:role/${sso}`), undefined);
    const real = `arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/eu-west-1/${sso}`;
    assert.notEqual(unchangeable(role(sso), real), undefined);
  });

  it("are no users of such a name", () => {
    assert.equal(unchangeable({ kind: "user", name: "AWSServiceRoleForSupport" }), undefined);
  });
});

describe("what cannot be told of the caller", () => {
  const mina: Subject = { kind: "user", name: "mina" };
  const cases: [arn: string, subject: Subject, said: RegExp | undefined][] = [
    [`${sts}federated-user/somebody`, mina, /If it was mina, this shuts you out/],
    [`${sts}assumed-role/admin/kr`, mina, /session of role admin[^]*If mina did/],
    [`${sts}assumed-role/admin/kr`, role("entry"), /came to it through entry/],
    [`${sts}assumed-role/AWSReservedSSO_Admin_0123456789abcdef/kr`, mina, undefined],
    ["arn:aws:iam::123456789012:user/kr", mina, undefined],
    ["arn:aws:iam::123456789012:root", mina, undefined],
  ];
  for (const [arn, subject, said] of cases) {
    it(`${arn} for ${subject.kind} ${subject.name}: ${said ? "is said" : "nothing"}`, () => {
      const text = maybeLocksOut({ accountId: "123456789012", arn }, subject);
      if (said) assert.match(text ?? "", said);
      else assert.equal(text, undefined);
    });
  }
});
