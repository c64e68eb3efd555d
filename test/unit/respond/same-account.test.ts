import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { type AwsClients } from "../../../common/aws-clients";
import { type Evidence, openEvidence } from "../../../operations/evidence/evidence";
import { requireSameAccount } from "../../../operations/respond/same-account";
import { scratch } from "../../support/scratch";

const signedIn = (Account: string) => {
  const getCallerIdentity = () => Promise.resolve({ Account, Arn: `arn:aws:iam::${Account}:user/oncall` });
  return { defaultRegion: "us-east-1", sts: () => ({ getCallerIdentity }) } as unknown as AwsClients;
};

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
  const entry = (Account: string) => {
    evidence.record({ step: "triage", call: "sts:GetCallerIdentity", input: {}, result: { Account } });
  };

  it("is of the account it began in, whoever looked into it by mistake since", async () => {
    await requireSameAccount(signedIn("111122223333"), evidence);
    entry("111122223333");
    entry("444455556666");
    await requireSameAccount(signedIn("111122223333"), evidence);
    await assert.rejects(requireSameAccount(signedIn("444455556666"), evidence), {
      code: "evidence-of-another-account",
      message: /account 111122223333, and you are signed in to 444455556666/,
    });
  });
});
