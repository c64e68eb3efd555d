import * as assert from "node:assert/strict";
import { UnreadableAnswer } from "../../../aws/unanswered";
import { causeOf } from "../../../aws/problem";

describe("why a call to an emulator failed", () => {
  const headers = { server: "Werkzeug/3.1.3 Python/3.12" };
  // [what came, cause]
  const cases: [string, string][] = [
    ["an answer that is no whole ListUsersResponse", "unsupported"],
    ["status 404 without an error code of AWS", "unsupported"],
    ["an empty answer", "failed"],
    ["an answer without Users", "failed"],
  ];
  for (const [what, cause] of cases) {
    it(`${what}: ${cause}`, () => assert.equal(causeOf(new UnreadableAnswer(what, { headers })), cause));
  }
});
