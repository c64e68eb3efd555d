import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { auditRequest } from "../../../../operations/watch/audit/request";
import { reportBefore } from "../../../../operations/watch/audit/store";
import { scratch } from "../../../support/scratch";
import { finding, report } from "./facts";

describe("a file to compare an audit with", () => {
  let folder: string;
  beforeEach(() => (folder = scratch("since-file")));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const whole = report({ findings: [finding()], exempt: [{ finding: finding(), reason: "r", expires: "2027-01-01" }] });
  const text = JSON.stringify(whole);
  const fileOf = (content: string) => {
    const path = join(folder, "before.json");
    writeFileSync(path, content);
    return path;
  };

  it("is a report, with a byte order mark or without, of this version or with more in it", () => {
    for (const content of [
      text,
      `\uFEFF${text}`,
      JSON.stringify({ ...whole, more: 1 }),
      JSON.stringify(whole, null, 2),
    ]) {
      const path = fileOf(content);
      assert.equal(reportBefore(path, whole.accountId)?.findings.length, 1);
      assert.doesNotThrow(() => auditRequest({ since: path, failOn: "high", save: false }));
    }
  });

  const others: [string, string, RegExp][] = [
    ["nothing", "", /it is empty/],
    ["null", "null", /no report of an audit/],
    ["a number", "7", /no report of an audit/],
    ["a text", '"last"', /no report of an audit/],
    ["a list", "[]", /no report of an audit/],
    ["an object", "{}", /no report of an audit/],
    ["the beginning of a report", text.slice(0, text.length / 2), /not JSON, or only the beginning/],
    ["no JSON", "<html>", /not JSON/],
    ["SARIF", '{"version":"2.1.0","runs":[{"results":[]}]}', /no report of an audit/],
    ["findings that are null", JSON.stringify({ ...whole, findings: [null] }), /no report of an audit/],
    ["findings of something else", JSON.stringify({ ...whole, findings: [{ id: 1 }] }), /no report of an audit/],
    ["exemptions without findings", JSON.stringify({ ...whole, exempt: [{}] }), /no report of an audit/],
    ["problems that are texts", JSON.stringify({ ...whole, problems: ["x"] }), /no report of an audit/],
    ["regions that are numbers", JSON.stringify({ ...whole, regions: [1] }), /no report of an audit/],
    ["no time", JSON.stringify({ ...whole, startedAt: "yesterday" }), /no report of an audit/],
  ];
  for (const [what, content, why] of others) {
    it(`is not ${what}: one sentence, before AWS is asked`, () => {
      const path = fileOf(content);
      const error = { code: "unreadable-file", exitCode: 2 };
      assert.throws(() => auditRequest({ since: path, failOn: "high", save: false }), { ...error, message: why });
      assert.throws(
        () => reportBefore(path, whole.accountId),
        ({ message }: Error) => message.split("\n").length === 2 && !message.includes("Cannot read prop"),
      );
    });
  }

  it("is not one of another account", () => {
    assert.throws(() => reportBefore(fileOf(text), "210987654321"), {
      code: "unreadable-file",
      exitCode: 2,
      message: /it is an audit of account 111122223333/,
    });
  });
});
