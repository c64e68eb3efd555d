import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { type Identity } from "../../../aws/identity";
import { type EvidenceEntry } from "../../../operations/evidence/entry";
import { type Evidence, openEvidence } from "../../../operations/evidence/evidence";
import { recordIdentity } from "../../../operations/evidence/same-account";
import { scratch } from "../../support/scratch";

const signedIn = (accountId: string, endpoint = "AWS"): Identity => {
  const callerArn = `arn:aws:iam::${accountId}:user/oncall`;
  return { accountId, callerArn, partition: "aws", endpoint, profile: "prod" };
};
const one = "111122223333";
const other = "444455556666";

describe("evidence and accounts", () => {
  let folder: string;
  let evidence: Evidence;
  beforeEach(async () => {
    folder = scratch("same-account");
    evidence = await openEvidence(folder);
  });
  afterEach(() => {
    evidence.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const lines = async () => {
    const all: EvidenceEntry[] = [];
    for await (const each of evidence.read()) all.push(each);
    return all;
  };

  it("begins with account, caller, partition, endpoint and profile", async () => {
    await recordIdentity(evidence, "triage", signedIn(one));
    const [first] = await lines();
    assert.deepEqual([first?.n, first?.call, first?.result], [1, "identity", signedIn(one)]);
  });

  it("is of the account it began in, whoever looked into it by mistake since", async () => {
    await recordIdentity(evidence, "triage", signedIn(one));
    evidence.record({ step: "triage", call: "sts:GetCallerIdentity", input: {}, result: { Account: other } });
    await recordIdentity(evidence, "contain", signedIn(one));
    await assert.rejects(recordIdentity(evidence, "contain", signedIn(other)), {
      code: "evidence-of-another-account",
      exitCode: 2,
      message: /account 111122223333, and you are signed in to 444455556666/,
    });
    assert.equal((await lines()).length, 3);
  });

  it("of an older version is of the account AWS named first", async () => {
    evidence.record({ step: "triage", call: "sts:GetCallerIdentity", input: {}, result: { Account: one } });
    await recordIdentity(evidence, "triage", signedIn(one));
    await assert.rejects(recordIdentity(evidence, "triage", signedIn(other)), { code: "evidence-of-another-account" });
  });

  it("of an emulator is not the account's, though their ids are the same", async () => {
    await recordIdentity(evidence, "triage", signedIn(one, "http://localhost:5000"));
    await recordIdentity(evidence, "triage", signedIn(one, "http://localhost:6000"));
    await assert.rejects(recordIdentity(evidence, "contain", signedIn(one)), {
      code: "evidence-of-another-account",
      message: /account 111122223333 of an emulator, and you are signed in to 111122223333;/,
    });
  });
});
