import assert from "node:assert/strict";
import { asWrongAccount } from "../../../components/foundation/foreign-account";
import { requireProviderRegion } from "../../../components/stack-config";
import { BaselineError } from "../../../common/errors";
import { graph } from "../../support/graph";

describe("what the program refuses in one sentence", () => {
  const wrong =
    "invocation of aws:index/getCallerIdentity:getCallerIdentity returned an error: unable to validate AWS credentials.\n" +
    "Details: AWS account ID not allowed: 123456789012\n";

  it("credentials of an account that the stack does not allow", () => {
    const error = asWrongAccount(new Error(wrong));
    assert.ok(error instanceof BaselineError);
    assert.equal(error.code, "wrong-account");
    assert.match(error.message, /^The credentials are for account 123456789012, which aws:allowedAccountIds/);
  });

  it("nothing else that the provider says", () => {
    const error = new Error(
      "invocation of aws:index/getCallerIdentity:getCallerIdentity returned an error: ExpiredToken",
    );
    assert.equal(asWrongAccount(error), error);
  });

  it("a provider without a region", () => {
    assert.throws(() => requireProviderRegion("eu-west-1", [undefined, "", undefined]), {
      code: "no-region",
      exitCode: 2,
    });
    assert.doesNotThrow(() => requireProviderRegion("eu-west-1", [undefined, "eu-west-1", undefined]));
  });

  it("as the first thing, before it asks AWS anything", async () => {
    const names = ["AWS_REGION", "AWS_DEFAULT_REGION"];
    const before = names.map((name) => process.env[name]);
    names.forEach((name) => delete process.env[name]);
    try {
      const settings = { "aws:region": undefined, "aws-prevention-baseline:homeRegion": "eu-west-1" };
      await assert.rejects(graph({ regions: ["eu-west-1"], settings }), { code: "no-region" });
    } finally {
      names.forEach((name, index) => before[index] !== undefined && (process.env[name] = before[index]));
    }
  });
});
