import { commandLines } from "../../../../common/command";
import { table, wrap } from "../../../../common/table";
import { harmless, styled } from "../../../../common/terminal";
import { identityLine } from "../../../../aws/identity";
import { severityColours } from "../../../output/severity-colours";
import { type FixResult } from "../fix/model";
import { fixedSince } from "../fix/words";
import { type AuditFinding, type AuditProblem, type AuditReport } from "../model";
import { byControl, byPerson, counted } from "../order";
import { type AuditChange } from "../since";

const width = 80;
/** As many findings are told in full; the rest is counted. The other forms name them all. */
const TOLD = 200;

/** An audit for people, at 80 columns as far as its words allow. */
export function auditAsText(report: AuditReport, change?: AuditChange, fixes?: readonly FixResult[]): string {
  const told = report.findings.slice(0, TOLD);
  const more = report.findings.length - told.length;
  return harmless(
    [
      ...(report.identity ? wrap(identityLine(report.identity), width) : []),
      ...wrap(headline(report), width),
      ...(fixes ? wrap(fixedSince(fixes), width) : []),
      ...section("By person", byPerson(told).flatMap(personLines)),
      ...(more > 0 ? ["", `And ${more} more, none of them worse: see --json or --html.`] : []),
      ...section("By control", report.findings.length === 0 ? [] : [controlTable(report.findings)]),
      ...section("Since the last audit", change ? changeLines(change) : []),
      ...section("Exempt", report.exempt.flatMap(exemptLines)),
      ...section("Could not be told", problemLines(report.problems)),
      ...section(
        "Notes",
        report.notes.flatMap((each) => hanging(each, 2)),
      ),
    ].join("\n"),
  );
}

/** What an audit comes to, in a sentence or two. */
export function headline({ accountId, findings, users, regions, partial, problems, startedAt }: AuditReport): string {
  const read = [
    ...(users === undefined ? [] : [`${users} user${users === 1 ? "" : "s"}`]),
    `${regions.length} region${regions.length === 1 ? "" : "s"}`,
  ].join(", ");
  const rest = partial ? ` Partial: ${problems.length} part(s) could not be read.` : "";
  return `Account ${accountId}, ${startedAt.slice(0, 10)} (${read}): ${counted(findings)}.${rest}`;
}

function section(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : ["", styled("bold", title), ...lines];
}

function personLines([who, findings]: [string, AuditFinding[]]): string[] {
  return ["", `${who}: ${counted(findings)}`, ...findings.flatMap(findingLines)];
}

function findingLines(finding: AuditFinding): string[] {
  const { severity, resource, region, evidence, fix } = finding;
  const place = region === "global" ? resource : `${region} ${resource}`;
  const [first = "", ...rest] = wrap(`${finding.title}: ${place}${age(finding)}`, width - 12);
  return [
    `  ${styled(severityColours[severity], severity.padEnd(8))}  ${first}`,
    ...[...rest, ...wrap(evidence, width - 12), ...commandLines(fix, width - 12)].map((line) => `            ${line}`),
  ];
}

/** `, 3 days`; nothing where no age is known. */
export function age({ ageDays }: AuditFinding): string {
  return ageDays === undefined ? "" : `, ${ageDays} day${ageDays === 1 ? "" : "s"}`;
}

function controlTable(findings: readonly AuditFinding[]): string {
  const rows = byControl(findings).map(([rule, same]) => [
    `  ${rule}`,
    String(same.length),
    same[0]?.severity ?? "",
    same[0]?.references.join(", ") ?? "",
  ]);
  return table([["  Rule", "Count", "Worst", "Controls"], ...rows], width);
}

function changeLines({ since, appeared, unsure, gone, unchanged, untold }: AuditChange): string[] {
  const line = (sign: string) => (each: AuditFinding) =>
    hanging(`${sign} ${each.severity} ${each.title}: ${each.resource}`, 2);
  return [
    `  ${since.slice(0, 10)}: ${appeared.length} new, ${gone.length} gone, ${unchanged} as they were`,
    ...appeared.slice(0, TOLD).flatMap(line("+")),
    ...unsure.slice(0, TOLD).flatMap(line("!")),
    ...gone.slice(0, TOLD).flatMap(line("-")),
    ...untold.slice(0, TOLD).flatMap(line("?")),
    ...(unsure.length > 0 ? ["  ! could not be read then, so nobody knows whether it is new"] : []),
    ...(untold.length > 0 ? ["  ? could not be read now, so nobody knows whether it is gone"] : []),
  ];
}

function exemptLines({ finding, reason, expires }: AuditReport["exempt"][number]): string[] {
  return hanging(`${finding.title}: ${finding.resource}, until ${expires}: ${reason}`, 2);
}

/** One line for each reason, however many regions share it. */
export function problemLines(problems: readonly AuditProblem[]): string[] {
  const groups = new Map<string, AuditProblem[]>();
  for (const each of problems) {
    const key = [each.kind, each.action, each.cause].join();
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    const others = same.length > 1 ? ` And in ${same.length - 1} more region(s).` : "";
    return first ? hanging(`${first.kind}: ${first.reason}${others}`, 2) : [];
  });
}

/** What does not fit in a line goes on below it, a little further in. */
function hanging(line: string, indent: number): string[] {
  return wrap(line, width - indent - 2).map((part, index) => " ".repeat(indent + (index > 0 ? 2 : 0)) + part);
}
