import assert from "node:assert/strict";
import { evaluateResource, type Result } from "../../../policy-pack/policies";
import { unknownString } from "../../../policy-pack/values";
import { type Pair, pairs, withValue } from "../../policy/pairs";
import { fakeKeyId, fakeSecret } from "../../support/fake-keys";

const evaluated = ({ type }: Pair, props: Record<string, unknown>): Result[] =>
  evaluateResource({ type, name: "subject", urn: `urn:pulumi:dev::shop::${type}::subject`, props });

// Whatever is said of a resource stands in a terminal, a log of CI and a report that many people read.
describe("a message, of whatever policy and type", () => {
  it("has five lines at most, and no sentinel of the engine", () => {
    for (const pair of pairs) {
      const unknown = withValue(pair.bad, pair.decisive, () => unknownString) as Pair["bad"];
      for (const { message, path } of [pair.bad, pair.good, unknown].flatMap((props) => evaluated(pair, props))) {
        assert.ok(message.split("\n").length <= 5, message);
        assert.ok(!`${message}${path}`.includes(unknownString), message);
      }
    }
  });

  it("shows no part of a credential that stands among the inputs, as a value or as a name", () => {
    const credentials = [fakeKeyId(), fakeSecret()];
    const [id, secret] = credentials;
    for (const pair of pairs) {
      const beside = { ...pair.bad, note: `${id} ${secret}`, tags: { [`${id}`]: secret, secretKey: secret } };
      const inPlace = withValue(pair.bad, pair.decisive, () => `${id}:${secret}`) as Pair["bad"];
      const all = [beside, inPlace].flatMap((props) => evaluated(pair, props));
      assert.ok(all.some(({ policyId }) => policyId === "no-hardcoded-credentials"));
      const shown = all.map(({ message, path }) => `${message}\n${path}`).join("\n");
      for (const credential of credentials) {
        for (let at = 0; at + 8 <= credential.length; at++) {
          assert.ok(!shown.includes(credential.slice(at, at + 8)), `${pair.policy} ${pair.type}`);
        }
      }
    }
  });
});
