import { identityRows } from "../../../../aws/identity";
import { escape, facts, htmlTable, list, page, section } from "../../../output/html";
import { severities } from "../../../output/severity";
import { type FixResult } from "../fix/model";
import { fixedSince } from "../fix/words";
import { type AuditFinding, type AuditReport } from "../model";
import { byControl, byPerson, counted } from "../order";
import { type AuditChange } from "../since";
import { age, headline, problemLines } from "./text";

/** An audit as one HTML page: no script, no network, readable on a phone and in the dark. */
export function auditAsHtml(report: AuditReport, change?: AuditChange, fixes?: readonly FixResult[]): string {
  const { accountId, findings, exempt, problems, notes, startedAt, seconds } = report;
  const ofSeverity = (severity: string) => String(findings.filter((each) => each.severity === severity).length);
  return page(`Audit of account ${accountId}: ${counted(findings)}`, {
    header: `<h1>Audit of account ${escape(accountId)}</h1>
<p>${escape(headline(report))}</p>${fixes ? `\n<p>${escape(fixedSince(fixes))}</p>` : ""}
${facts([
  ...(report.identity ? identityRows(report.identity) : []),
  ...severities.map((each): [string, string] => [each, ofSeverity(each)]),
  ["Exempt", String(exempt.length)],
  ["Could not be read", String(problems.length)],
])}`,
    main: [
      ...(change ? [section("Since the last audit", changes(change))] : []),
      ...byPerson(findings).map(([who, own]) => section(`${who}: ${counted(own)}`, own.map(article).join(""))),
      ...(findings.length > 0 ? [section("By control", controls(findings))] : []),
      ...(exempt.length > 0 ? [section("Exempt", exemptions(report))] : []),
      ...(problems.length > 0 ? [section("Could not be read", list(problemLines(problems).map(escape)))] : []),
      ...(notes.length > 0 ? [section("Notes", list(notes.map(escape)))] : []),
    ].join("\n"),
    footer: `aws-prevention-baseline, ${escape(startedAt)}, ${seconds.toFixed(1)} s`,
  });
}

function article(finding: AuditFinding): string {
  const { severity, title, resource, region, evidence, fix, references } = finding;
  const place = region === "global" ? resource : `${resource}, ${region}`;
  return `<article><h3><span class="badge ${severity}">${severity}</span> ${escape(title)}</h3>
<p class="quiet">${escape(`${place}${age(finding)}`)}</p><p>${escape(evidence)}</p>
<p><code>${escape(fix)}</code></p><p class="quiet">${escape(references.join(", "))}</p></article>`;
}

function controls(findings: readonly AuditFinding[]): string {
  const rows = byControl(findings).map(([rule, same]) => [
    rule,
    String(same.length),
    same[0]?.severity ?? "",
    same[0]?.references.join(", ") ?? "",
  ]);
  return htmlTable([["Rule", "Count", "Worst", "Controls"], ...rows]);
}

function exemptions({ exempt }: AuditReport): string {
  const rows = exempt.map(({ finding, reason, expires }) => [finding.title, finding.resource, reason, expires]);
  return htmlTable([["Finding", "Resource", "Reason", "Until"], ...rows]);
}

function changes({ since, appeared, unsure, gone, unchanged, untold }: AuditChange): string {
  const row = (what: string) => (each: AuditFinding) => [what, each.severity, each.title, each.resource];
  const rows = [
    ...appeared.map(row("new")),
    ...unsure.map(row("not read then")),
    ...gone.map(row("gone")),
    ...untold.map(row("not read now")),
  ];
  const summary = `<p>${escape(since.slice(0, 10))}: ${appeared.length} new, ${gone.length} gone, ${unchanged} as they were.</p>`;
  return rows.length > 0 ? summary + htmlTable([["Change", "Severity", "Finding", "Resource"], ...rows]) : summary;
}
