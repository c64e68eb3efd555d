import assert from "node:assert/strict";
import { type EvidenceEntry } from "../../../operations/evidence/entry";
import { denyEverything, denyOlderThan } from "../../../operations/respond/contain/deny";
import { ABOUT_TO } from "../../../operations/respond/marks";
import { type AwsCall, type PlannedCall } from "../../../operations/evidence/planned-call";
import { withProvenUndo } from "../../../operations/respond/contain/proven-undo";
import { planUndo } from "../../../operations/respond/contain/undo";

const UserName = "mina";
const PolicyName = "baseline-respond-deny";
const allow = (Action: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
const everything = allow("*");
const listing = allow("s3:ListAllMyBuckets");
const foreign = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: "s3:*", Resource: "*" }],
});

type Line = Partial<EvidenceEntry>;
const policyWas = (document: string): Line => ({
  call: "iam:GetUserPolicy",
  input: { UserName, PolicyName },
  result: { UserName, PolicyName, PolicyDocument: encodeURIComponent(document) },
});
const noPolicy: Line = {
  call: "iam:GetUserPolicy",
  input: { UserName, PolicyName },
  error: { code: "NoSuchEntityException", message: "none" },
};
const userWas = (Tags: { Key: string; Value: string }[]): Line => ({
  call: "iam:GetUser",
  input: { UserName },
  result: { User: { UserName, Tags } },
});
const keysWere = (Status: string, AccessKeyId = "AKIA1"): Line => ({
  call: "iam:ListAccessKeys",
  input: { UserName },
  result: { AccessKeyMetadata: [{ UserName, AccessKeyId, Status }], IsTruncated: false, requestId: "1" },
});
const sshWere = (Status: string): Line => ({
  call: "iam:ListSSHPublicKeys",
  input: { UserName },
  result: { SSHPublicKeys: [{ UserName, SSHPublicKeyId: "APKA1", Status }] },
});

const call = (action: string, parameters: object): AwsCall => ({
  service: "iam",
  action,
  parameters: { UserName, ...parameters },
});
const put = (PolicyDocument: string) => call("PutUserPolicy", { PolicyName, PolicyDocument });
const remove = call("DeleteUserPolicy", { PolicyName });
const activate = call("UpdateAccessKey", { AccessKeyId: "AKIA1", Status: "Active" });
const activateSsh = call("UpdateSSHPublicKey", { SSHPublicKeyId: "APKA1", Status: "Active" });
const tag = (Value: string, Key = "baseline:incident") => call("TagUser", { Tags: [{ Key, Value }] });
const untag = (...TagKeys: string[]) => call("UntagUser", { TagKeys });

/** What stands before a change, the way back that the evidence gives for it, and whether it is gone. */
const cases: [what: string, before: Line[], undo: AwsCall, isGone: boolean][] = [
  ["a policy that was not there is taken away", [noPolicy], remove, true],
  ["a policy that was there is not", [policyWas(foreign)], remove, false],
  ["a policy of which nobody asked is not", [], remove, false],
  [
    "a policy that could not be read is not",
    [{ ...noPolicy, error: { code: "AccessDenied", message: "" } }],
    remove,
    false,
  ],
  ["a document that was read is put back", [policyWas(foreign)], put(foreign), true],
  ["one that allows little, too", [policyWas(listing)], put(listing), true],
  ["another document than was read is not", [policyWas(foreign)], put(listing), false],
  ["a document where none was is not", [noPolicy], put(listing), false],
  ["a document of which nobody asked is not", [], put(listing), false],
  ["what was read earlier does not count", [policyWas(listing), policyWas(foreign)], put(listing), false],
  ["an administrator is not, even where the answer says so", [policyWas(everything)], put(everything), false],
  ["nor a way to become one", [policyWas(allow("iam:PutUserPolicy"))], put(allow("iam:PutUserPolicy")), false],
  ["nor what is no document", [policyWas("{")], put("{"), false],
  ["our own denial is", [], put(denyEverything()), true],
  ["our own revocation is", [], put(denyOlderThan("2026-11-20T00:00:00.000Z")), true],
  ["a key that was Active is made so", [keysWere("Active")], activate, true],
  ["a key that was Inactive is not", [keysWere("Inactive")], activate, false],
  ["a key that was not listed is not", [keysWere("Active", "AKIA2")], activate, false],
  ["a key that was Active earlier is not", [keysWere("Active"), keysWere("Inactive")], activate, false],
  ["an SSH key that was Active is made so", [sshWere("Active")], activateSsh, true],
  ["an SSH key is not by the answer about others", [keysWere("Active", "APKA1")], activateSsh, false],
  ["tags that were there are set", [userWas([{ Key: "baseline:incident", Value: "old" }])], tag("old"), true],
  ["other values are not", [userWas([{ Key: "baseline:incident", Value: "old" }])], tag("new"), false],
  ["other tags are not", [userWas([{ Key: "team", Value: "admins" }])], tag("admins", "team"), false],
  ["tags that were not there are taken away", [userWas([])], untag("baseline:incident", "baseline:contained"), true],
  ["other tags are not taken away", [userWas([])], untag("team"), false],
  ["tags of which nobody asked are not", [], untag("baseline:incident"), false],
  [
    "a secret that was taken out is not written",
    [userWas([{ Key: "a:incident", Value: "[redacted]" }])],
    tag("[redacted]", "a:incident"),
    false,
  ],
];

function planned(lines: Line[], undo: AwsCall, step = "contain") {
  const { action, parameters } = undo;
  const made: PlannedCall = { ...call(action, parameters), why: "", undo: { ...undo, why: "" } };
  const all = [...lines, { call: ABOUT_TO, input: made }];
  return planUndo(
    withProvenUndo(all.map((line, at) => ({ n: at + 1, time: "", step, call: "", before: "", hash: "", ...line }))),
  );
}

describe("the way back that undo goes", () => {
  for (const [what, before, undo, isGone] of cases) {
    it(what, () => {
      const { calls, cannot } = planned(before, undo);
      assert.deepEqual([calls.length, cannot.length], isGone ? [1, 0] : [0, 1], cannot.join());
    });
  }

  it("is proven alike for what a fix of the audit did", () => {
    assert.equal(planned([keysWere("Active")], activate, "audit fix").calls.length, 1);
    assert.equal(planned([keysWere("Inactive")], activate, "audit fix").calls.length, 0);
  });

  it("is not proven by an answer that came after the change", () => {
    const forged: PlannedCall = { ...remove, why: "", undo: { ...put(listing), why: "" } };
    const lines = [{ call: ABOUT_TO, input: forged }, policyWas(listing)];
    const entries = lines.map((line, at) => ({
      n: at + 1,
      time: "",
      step: "contain",
      call: "",
      before: "",
      hash: "",
      ...line,
    }));
    const { calls, cannot } = planUndo(withProvenUndo(entries));
    assert.deepEqual([calls, cannot.length], [[], 1]);
    assert.match(cannot[0]!, /line 1/);
  });
});
