import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exempted } from "../../../../operations/watch/audit/exemptions";
import { type AuditProblem } from "../../../../operations/watch/audit/model";
import { reportAsHtml } from "../../../../operations/output/html";
import { reportAsText } from "../../../../operations/output/text";
import { auditAsReport } from "../../../../operations/watch/audit/output/report";
import { auditAsSarif } from "../../../../operations/watch/audit/output/sarif";
import { commandLines } from "../../../../common/command";
import { byPerson, inOrder } from "../../../../operations/watch/audit/order";
import { auditRequest } from "../../../../operations/watch/audit/request";
import { exitCodeOf } from "../../../../operations/watch/audit/run";
import { changeSince } from "../../../../operations/watch/audit/since";
import { reportBefore, saveReport } from "../../../../operations/watch/audit/store";
import { sarifProblems } from "../../../support/sarif";
import { finding, now, report } from "./facts";

const problem: AuditProblem = {
  kind: "secrets",
  region: "eu-west-1",
  action: "secretsmanager:ListSecrets",
  cause: "denied",
  reason: "These credentials may not call secretsmanager:ListSecrets in eu-west-1.",
};
const secret = finding({ rule: "secret-unused", resource: "secret/db", region: "eu-west-1", part: "secrets" });

describe("audit: exemptions", () => {
  const exemption = { resource: "user/mina/*", reason: "migrates in spring", expires: "2027-03-01" };
  const cases: [string, object, number, RegExp | undefined][] = [
    ["by resource", exemption, 0, undefined],
    ["by person", { ...exemption, resource: "mina" }, 0, undefined],
    ["by ARN", { ...exemption, resource: "arn:aws:iam::*:user/mina" }, 0, undefined],
    ["by rule", { ...exemption, rule: "key-*" }, 0, undefined],
    ["of another rule", { ...exemption, rule: "key-old" }, 1, /fits nothing/],
    ["of another resource", { ...exemption, resource: "user/kim*" }, 1, /fits nothing/],
    ["that ends today", { ...exemption, expires: "2026-11-22" }, 1, /ended on 2026-11-22/],
    ["that ends tomorrow", { ...exemption, expires: "2026-11-23" }, 0, undefined],
  ];
  for (const [name, entry, left, note] of cases) {
    it(name, () => {
      const found = finding({ arn: "arn:aws:iam::111122223333:user/mina" });
      const result = exempted([found], [entry as typeof exemption], now);
      assert.equal(result.findings.length, left);
      assert.equal(result.exempt.length, 1 - left);
      assert.match(result.notes.join(), note ?? /^$/);
    });
  }
});

describe("audit: exemptions of a person", () => {
  it("are not had by a tag, which whoever opened the port can set", () => {
    const opened = finding({ rule: "open-admin-ports", resource: "sg-1", who: "mina", region: "eu-west-1" });
    const exemption = { resource: "mina", reason: "migrates in spring", expires: "2027-03-01" };
    assert.deepEqual(exempted([opened], [exemption], now).findings, [opened]);
    assert.equal(exempted([opened], [{ ...exemption, resource: "sg-1" }], now).findings.length, 0);
  });
});

describe("audit: since the last", () => {
  it("calls nothing new that could not be looked at before", () => {
    const after = report({ findings: [secret] });
    for (const before of [report({ problems: [problem] }), report({ regions: ["us-east-1"] })]) {
      const change = changeSince(before, after);
      assert.deepEqual([change.appeared, change.unsure], [[], [secret]]);
      assert.match(reportAsText(auditAsReport(after, change)), /0 new[^]*! high [^]*nobody knows whether it is new/);
    }
    assert.deepEqual(changeSince(report(), after).appeared, [secret]);
  });

  it("tells what is new and what is gone, by what it is about", () => {
    const old = finding({ resource: "user/a/AKIAOLD" });
    const same = finding({ resource: "user/b/AKIASAME", ageDays: 100 });
    const fresh = finding({ resource: "user/c/AKIANEW" });
    const change = changeSince(
      report({ findings: [old, same] }),
      report({ findings: [{ ...same, ageDays: 130, severity: "critical" }, fresh] }),
    );
    assert.deepEqual(change.appeared, [fresh]);
    assert.deepEqual(change.gone, [old]);
    assert.equal(change.unchanged, 1);
  });

  it("calls nothing gone that could not be looked at", () => {
    const before = report({ findings: [secret] });
    for (const after of [report({ problems: [problem] }), report({ regions: ["us-east-1"] })]) {
      const change = changeSince(before, after);
      assert.deepEqual([change.gone, change.untold], [[], [secret]]);
    }
    const elsewhere = changeSince(before, report({ problems: [{ ...problem, region: "us-east-1" }] }));
    assert.deepEqual(elsewhere.gone, [secret]);
  });

  it("calls a finding that became exempt neither new nor gone", () => {
    const exempt = [{ finding: secret, reason: "r", expires: "2027-01-01" }];
    const change = changeSince(report({ findings: [secret] }), report({ exempt }));
    assert.deepEqual([change.gone, change.appeared], [[], []]);
  });

  it("keeps a report for its owner alone, and reads it again", () => {
    const folder = mkdtempSync(join(tmpdir(), "audit-"));
    try {
      assert.equal(reportBefore("last", "111122223333", folder), undefined);
      saveReport(report({ findings: [secret] }), folder);
      const file = join(folder, "audit-111122223333.json");
      assert.equal(statSync(file).mode & 0o777, 0o600);
      assert.deepEqual(reportBefore("last", "111122223333", folder)?.findings, [secret]);
      writeFileSync(file, "{");
      assert.throws(() => reportBefore("last", "111122223333", folder), /Cannot compare with/);
      saveReport(report(), folder);
      assert.throws(() => reportBefore(file, "444455556666", folder), /it is an audit of account/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("audit: reports", () => {
  const hostile = finding({ who: "<b>x", resource: "user/<b>x", severity: "critical", evidence: "a & <script>." });
  const whole = report({
    findings: inOrder([finding(), secret, hostile]),
    exempt: [{ finding: finding({ resource: "user/kim" }), reason: "moves", expires: "2027-01-01" }],
    notes: ["The exemption of x (every rule) fits nothing; remove it."],
    partial: true,
    problems: [problem, { ...problem, region: "us-east-1" }],
  });

  it("as text keeps to 80 columns, worst first, by person and by control", () => {
    const text = reportAsText(auditAsReport(whole, changeSince(report(), whole)));
    const wide = text.split("\n").filter((each) => each.length > 80);
    assert.deepEqual(wide, []);
    assert.deepEqual(
      byPerson(whole.findings).map(([who]) => who),
      ["<b>x", "mina"],
    );
    for (const part of ["By person", "By control", "Since the last audit", "Exempt", "Could not be told", "Notes"]) {
      assert.match(text, new RegExp(`^${part}$`, "m"));
    }
    assert.match(text, /CIS 7\.0\.0 2\.11/);
    assert.match(text, /And in 1 more\s+region/);
  });

  it("breaks a command so that a shell takes it as one", () => {
    const command =
      "aws iam update-access-key --user-name somebody --access-key-id AKIAIOSFODNN7EXAMPLE --status Inactive";
    const lines = commandLines(command, 50);
    assert.ok(lines.length > 1);
    assert.equal(lines.join("\n").replace(/ \\\n +/g, " "), command);
  });

  it("as SARIF is valid, with an open result for what could not be read", () => {
    const log = JSON.parse(auditAsSarif(whole, "1.2.3", "infra/")) as {
      runs: [{ results: { kind: string; ruleId: string; partialFingerprints: object }[]; invocations: object[] }];
    };
    assert.deepEqual(sarifProblems(log), []);
    const { results, invocations } = log.runs[0];
    assert.equal(results.filter(({ kind }) => kind === "fail").length, 3);
    assert.equal(results.filter(({ kind }) => kind === "open").length, 2);
    assert.deepEqual(invocations, [{ executionSuccessful: false }]);
    const older = JSON.parse(
      auditAsSarif(report({ findings: [{ ...secret, ageDays: 999, evidence: "x" }] }), "1"),
    ) as typeof log;
    const before = results.find(({ ruleId }) => ruleId === "audit/secret-unused");
    assert.deepEqual(older.runs[0].results[0]?.partialFingerprints, before?.partialFingerprints);
  });

  it("as HTML takes nothing for markup", () => {
    const html = reportAsHtml(auditAsReport(whole, changeSince(report(), whole)));
    assert.doesNotMatch(html, /<b>x|<script>/);
    assert.match(html, /Could not be read/);
  });

  const codes: [string, Parameters<typeof exitCodeOf>, number][] = [
    ["nothing found", [report(), "high"], 0],
    ["as bad as asked for", [report({ findings: [finding()] }), "high"], 3],
    ["less bad", [report({ findings: [finding()] }), "critical"], 0],
    ["never", [report({ findings: [hostile] }), "never"], 0],
    ["partial", [report({ partial: true }), "never"], 1],
    ["partial, and bad", [report({ findings: [finding()], partial: true }), "high"], 3],
    ["what was fixed", [report({ findings: [finding()] }), "high", [fixed("done")]], 0],
    ["what a fix left", [report({ findings: [finding()] }), "high", [fixed("skipped")]], 3],
    ["a fix that failed", [report(), "high", [fixed("failed")]], 1],
    ["a fix that failed, and what it left", [report({ findings: [finding()] }), "high", [fixed("failed")]], 1],
  ];
  for (const [name, args, code] of codes) {
    it(`ends with ${code}: ${name}`, () => assert.equal(exitCodeOf(...args), code));
  }

  const wrong: [string, object, RegExp][] = [
    ["a severity there is none of", { failOn: "worst" }, /no severity worst/],
    ["--apply without --fix", { apply: true }, /belong to --fix/],
    ["a region that is none", { regions: "everywhere" }, /is not the name of an AWS region/],
    ["a report without a file", { report: ["sarif"] }, /not a format and a file/],
    ["exemptions that are not there", { accepted: "/nowhere.yaml" }, /no such file/],
  ];
  for (const [name, options, message] of wrong) {
    it(`refuses ${name}`, () =>
      assert.throws(() => auditRequest({ failOn: "high", save: true, ...options }), { message, exitCode: 2 }));
  }
});

function fixed(outcome: "done" | "skipped" | "failed") {
  const deed = { kind: "deactivate-key", user: "mina", keyId: "AKIAIOSFODNN7EXAMPLE", because: "" } as const;
  return { deed, outcome, reason: "" };
}
