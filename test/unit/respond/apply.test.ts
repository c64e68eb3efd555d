import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BaselineError } from "../../../common/errors";
import { type AwsClients } from "../../../aws/clients";
import { type Evidence, openEvidence } from "../../../operations/evidence/evidence";
import { markUnanswered } from "../../../aws/unanswered";
import { applyCalls } from "../../../operations/evidence/apply";
import { type PlannedCall } from "../../../operations/evidence/planned-call";
import { planUndo } from "../../../operations/respond/contain/undo";

describe("calls that change something", () => {
  let folder: string;
  let evidence: Evidence;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "apply-"));
    evidence = await openEvidence(join(folder, "evidence"));
  });
  afterEach(() => {
    evidence.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const call = (name: string): PlannedCall => ({
    service: "iam",
    action: "DeleteUserPolicy",
    parameters: { PolicyName: name },
    why: name,
    undo: { service: "iam", action: "PutUserPolicy", parameters: { PolicyName: name }, why: "" },
  });
  const entries = async () => {
    const all = [];
    for await (const entry of evidence.read()) all.push(entry);
    return all;
  };

  describe("are what is known of them", () => {
    const lost = new Error("socket hang up");
    const code = (name: string, status = 400) =>
      Object.assign(new Error("no"), { name, $metadata: { httpStatusCode: status } });
    const gone = code("NoSuchEntityException", 404);
    // [what happens, how the call ends, what is read back, what is known, whether undo takes it back]
    const cases: [string, Error | undefined, Error | undefined, string, boolean][] = [
      ["an answer", undefined, undefined, "done", true],
      ["a refusal", code("AccessDenied", 403), undefined, "failed", false],
      ["a lost answer, and it is done", lost, gone, "done", true],
      ["a lost answer, and it is not done yet", lost, undefined, "unknown", true],
      ["a lost answer, and nothing can be read", lost, lost, "unknown", true],
      ["an error of the server", code("ServiceFailure", 500), lost, "unknown", true],
    ];
    for (const [what, ends, read, state, undone] of cases) {
      it(`after ${what}: ${state}`, async () => {
        const end = (error?: Error) => (error === undefined ? Promise.resolve({}) : Promise.reject(error));
        const iam = { deleteUserPolicy: () => end(ends), getUserPolicy: () => end(read) };
        const aws = { defaultRegion: "us-east-1", iam: () => iam } as unknown as AwsClients;
        const context = { aws, evidence, signal: new AbortController().signal, say: () => undefined };
        const [result] = await applyCalls(context, "contain", [
          { ...call("a"), parameters: { UserName: "mina", PolicyName: "a" } },
        ]);
        assert.equal(result?.state, state, result?.reason);
        assert.equal(planUndo(await entries()).calls.length, Number(undone));
      });
    }
  });

  // [whether a try before got no answer, what is known, whether undo counts it as made]
  const deletions: [boolean, string, boolean][] = [
    [false, "absent", false],
    [true, "done", true],
  ];
  for (const [unanswered, state, made] of deletions) {
    it(`are ${state} where a deletion finds nothing${unanswered ? ", after a try without an answer" : ""}`, async () => {
      const gone = Object.assign(new Error("no"), {
        name: "NoSuchEntityException",
        $metadata: { httpStatusCode: 404 },
      });
      markUnanswered(gone, unanswered);
      const iam = { deleteLoginProfile: () => Promise.reject(gone), getLoginProfile: () => Promise.reject(gone) };
      const aws = { defaultRegion: "us-east-1", iam: () => iam } as unknown as AwsClients;
      const context = { aws, evidence, signal: new AbortController().signal, say: () => undefined };
      const parameters = { UserName: "mina" };
      const [result] = await applyCalls(context, "contain", [
        { service: "iam", action: "DeleteLoginProfile", parameters, why: "", noUndo: "gone", absentIsDone: true },
      ]);
      assert.equal(result?.state, state, result?.reason);
      assert.equal(planUndo(await entries()).cannot.length, Number(made));
    });
  }

  it("stop on Ctrl-C between two of them, and the rest is named", async () => {
    const stop = new AbortController();
    const aws = {
      defaultRegion: "us-east-1",
      iam: () => ({ deleteUserPolicy: () => Promise.resolve(stop.abort()) }),
    } as unknown as AwsClients;
    const context = { aws, evidence, signal: stop.signal, say: () => undefined };
    const results = await applyCalls(context, "contain", [call("a"), call("b")]);
    assert.deepEqual(
      results.map(({ state }) => state),
      ["done", "not tried"],
    );
    assert.equal(planUndo(await entries()).calls.length, 1);
  });

  it("stand in evidence before they are sent, with the way back, so that a crash in between loses nothing", async () => {
    let known: string[] = [];
    const aws = {
      defaultRegion: "us-east-1",
      iam: () => ({
        deleteUserPolicy: async () => {
          known = planUndo(await entries()).calls.map(({ action }) => action);
        },
      }),
    } as unknown as AwsClients;
    const context = { aws, evidence, signal: new AbortController().signal, say: () => undefined };
    await applyCalls(context, "contain", [call("a")]);
    assert.deepEqual(known, ["PutUserPolicy"]);
  });

  it("end where what AWS did cannot be written down, what is left undone is named, and undo knows of it all the same", async () => {
    const sent: string[] = [];
    const full = new BaselineError("evidence-not-written", "No room.", "Make room.");
    const aws = {
      defaultRegion: "us-east-1",
      iam: () => ({
        deleteUserPolicy: ({ PolicyName }: { PolicyName: string }) => {
          sent.push(PolicyName);
          return Promise.reject(full);
        },
      }),
    } as unknown as AwsClients;
    const context = { aws, evidence, signal: new AbortController().signal, say: () => undefined };
    await assert.rejects(applyCalls(context, "contain", [call("a"), call("b")]), {
      code: "evidence-not-written",
      message:
        "No room.\nBegun, and what became of it is not noted: iam:DeleteUserPolicy (a).\n" +
        "Left undone: iam:DeleteUserPolicy (b).\nMake room.",
    });
    assert.deepEqual(sent, ["a"]);
    assert.equal(planUndo(await entries()).calls.length, 1);
  });
});
