import assert from "node:assert/strict";
import { type EvidenceEntry } from "../../../operations/evidence/entry";
import { ABOUT_TO, CHANGED } from "../../../operations/respond/marks";
import { type PlannedCall } from "../../../operations/evidence/planned-call";
import { ofSubject, planUndo } from "../../../operations/respond/contain/undo";

const put = (PolicyDocument: string, before?: string): PlannedCall => ({
  service: "iam",
  action: "PutUserPolicy",
  parameters: { UserName: "mina", PolicyName: "deny", PolicyDocument },
  why: "",
  undo: before
    ? {
        service: "iam",
        action: "PutUserPolicy",
        parameters: { UserName: "mina", PolicyName: "deny", PolicyDocument: before },
        why: "",
      }
    : {
        service: "iam",
        action: "DeleteUserPolicy",
        parameters: { UserName: "mina", PolicyName: "deny" },
        why: "",
      },
});
const key: PlannedCall = {
  service: "iam",
  action: "UpdateAccessKey",
  parameters: { UserName: "mina", AccessKeyId: "AKIA1", Status: "Inactive" },
  why: "",
  undo: {
    service: "iam",
    action: "UpdateAccessKey",
    parameters: { UserName: "mina", AccessKeyId: "AKIA1", Status: "Active" },
    why: "",
  },
};
const password: PlannedCall = {
  service: "iam",
  action: "DeleteLoginProfile",
  parameters: { UserName: "mina" },
  why: "",
  noUndo: "gone",
};

type Told = [step: "contain" | "undo", call: PlannedCall, state?: string];

function entries(...told: Told[]): EvidenceEntry[] {
  const common = { time: "", before: "", hash: "" };
  return told.flatMap(([step, input, state], index) => {
    const n = 2 * index + 1;
    const before = { ...common, n, step, call: ABOUT_TO, input };
    const after = { ...common, n: n + 1, step, call: CHANGED, input: { intent: n }, result: { state } };
    return state === undefined ? [before] : [before, after];
  });
}

const tag: PlannedCall = {
  service: "iam",
  action: "TagUser",
  parameters: { UserName: "mina", Tags: [] },
  why: "",
  undo: { service: "iam", action: "UntagUser", parameters: { UserName: "mina", TagKeys: [] }, why: "" },
};

const asUndo = ({ undo }: PlannedCall): PlannedCall => ({ ...undo!, absentIsDone: true });

describe("what undo takes back", () => {
  const cases: [what: string, told: Told[], actions: string[]][] = [
    ["nothing, of no evidence", [], []],
    [
      "everything that was done, the last first",
      [
        ["contain", key, "done"],
        ["contain", put("deny"), "done"],
      ],
      ["DeleteUserPolicy", "UpdateAccessKey Active"],
    ],
    [
      "not what failed",
      [
        ["contain", key, "failed"],
        ["contain", put("deny"), "done"],
      ],
      ["DeleteUserPolicy"],
    ],
    ["what nobody knows the outcome of, too", [["contain", key]], ["UpdateAccessKey Active"]],
    ["what no answer came to", [["contain", key, "unknown"]], ["UpdateAccessKey Active"]],
    [
      "what an undo got no answer to, again",
      [
        ["contain", key, "done"],
        ["undo", asUndo(key), "unknown"],
      ],
      ["UpdateAccessKey Active"],
    ],
    ["not what was absent", [["contain", password, "absent"]], []],
    [
      "the tags that say so last, whenever they were made",
      [
        ["contain", key, "done"],
        ["contain", tag, "done"],
        ["contain", put("deny"), "unknown"],
      ],
      ["DeleteUserPolicy", "UpdateAccessKey Active", "UntagUser"],
    ],
    [
      "not what was taken back before",
      [
        ["contain", key, "done"],
        ["undo", asUndo(key), "done"],
      ],
      [],
    ],
    [
      "not what was gone when it was to be taken back",
      [
        ["contain", put("deny"), "done"],
        ["undo", asUndo(put("deny")), "absent"],
      ],
      [],
    ],
    [
      "what an undo failed at, again",
      [
        ["contain", key, "done"],
        ["undo", asUndo(key), "failed"],
      ],
      ["UpdateAccessKey Active"],
    ],
    [
      "what an undo was stopped at, again",
      [
        ["contain", key, "done"],
        ["undo", asUndo(key)],
      ],
      ["UpdateAccessKey Active"],
    ],
    [
      "what was contained again after undo",
      [
        ["contain", key, "done"],
        ["undo", asUndo(key), "done"],
        ["contain", key, "done"],
      ],
      ["UpdateAccessKey Active"],
    ],
    [
      "what was done twice, once, to what was before the first",
      [
        ["contain", put("a"), "done"],
        ["contain", put("b", "a"), "done"],
      ],
      ["DeleteUserPolicy"],
    ],
  ];
  for (const [what, told, actions] of cases) {
    it(what, () => {
      const { calls } = planUndo(entries(...told));
      assert.deepEqual(
        calls.map(({ action, parameters }) => [action, parameters["Status"]].filter(Boolean).join(" ")),
        actions,
      );
    });
  }

  it("says what it cannot take back", () => {
    assert.deepEqual(planUndo(entries(["contain", password, "done"])).cannot, ["iam:DeleteLoginProfile: gone"]);
  });

  it("leaves to a person what was done twice, the first time without knowing what was before", () => {
    const { service, action, parameters, why } = put("a");
    const { calls, cannot } = planUndo(
      entries(
        ["contain", { service, action, parameters, why, noUndo: "not read" }, "done"],
        ["contain", put("b", "a"), "done"],
      ),
    );
    assert.deepEqual([calls, cannot], [[], ["iam:PutUserPolicy: not read"]]);
  });

  it("is only what was done to whom it is asked for, and only what containment does", () => {
    const attach = { ...key, action: "AttachUserPolicy", parameters: { UserName: "mina", PolicyArn: "admin" } };
    const forged: PlannedCall = { ...attach, undo: { ...attach, why: "" } };
    const grant = { ...put("a"), parameters: { UserName: "mina", PolicyName: "all" } };
    const calls = [key, asUndo(key), forged, grant];
    const to = (kind: "user" | "role", name: string) => {
      const found = ofSubject({ calls, cannot: [] }, { kind, name });
      return [found.calls.map(({ action }) => action), found.cannot.length];
    };
    assert.deepEqual(to("user", "mina"), [["UpdateAccessKey", "UpdateAccessKey"], 2]);
    assert.deepEqual(to("user", "dave"), [[], 4]);
    assert.deepEqual(to("role", "mina"), [[], 4]);
  });
});
