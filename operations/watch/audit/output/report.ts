import { type Block, type Finding, type Report, severityFacts } from "../../../output/report";
import { severities } from "../../../output/severity";
import { type FixResult } from "../fix/model";
import { fixedSince } from "../fix/words";
import { type AuditFinding, type AuditProblem, type AuditReport } from "../model";
import { byControl, byPerson, counted } from "../order";
import { type AuditChange } from "../since";
import { grouped } from "../../../../common/grouped";

/** As many findings are told in full in a terminal; the rest is counted. The other forms name them all. */
const TOLD = 200;

/** An audit, for every form in which people read it. */
export function auditAsReport(report: AuditReport, change?: AuditChange, fixes?: readonly FixResult[]): Report {
  const { accountId, findings, exempt, problems, notes, startedAt, seconds } = report;
  const persons = (some: readonly AuditFinding[]) =>
    byPerson(some).map(([who, own]) => ({ of: `${who}: ${counted(own)}`, findings: own.map(findingOf) }));
  const more = findings.length - TOLD;
  return {
    title: `Audit of account ${accountId}`,
    tab: `Audit of account ${accountId}: ${counted(findings)}`,
    identity: report.identity,
    summary: [headline(report), ...(fixes ? [fixedSince(fixes)] : [])],
    facts: [
      ...severityFacts(findings, severities),
      ["Exempt", String(exempt.length)],
      ["Could not be read", String(problems.length)],
    ],
    sections: [
      { title: "By person", blocks: persons(findings), only: ["html"] },
      { title: "By person", blocks: persons(findings.slice(0, TOLD)), only: ["text"] },
      {
        title: "",
        blocks: [{ list: more > 0 ? [`And ${more} more, none of them worse: see --json or --html.`] : [] }],
        only: ["text"],
      },
      { title: "By control", blocks: [{ table: controls(findings) }] },
      { title: "Since the last audit", blocks: change ? changes(change) : [] },
      {
        title: "Exempt",
        blocks: [
          {
            list: exempt.map(
              ({ finding, reason, expires }) => `${finding.title}: ${finding.resource}, until ${expires}: ${reason}`,
            ),
          },
        ],
      },
      { title: "Could not be told", blocks: [{ list: problemLines(problems) }] },
      { title: "Notes", blocks: [{ list: notes }] },
    ],
    footer: [`${startedAt}, ${seconds.toFixed(1)} s`],
  };
}

/** What an audit comes to, in a sentence or two. */
function headline({ accountId, findings, users, regions, partial, problems, startedAt }: AuditReport): string {
  const read = [
    ...(users === undefined ? [] : [`${users} user${users === 1 ? "" : "s"}`]),
    `${regions.length} region${regions.length === 1 ? "" : "s"}`,
  ].join(", ");
  const rest = partial ? ` Partial: ${problems.length} part(s) could not be read.` : "";
  return `Account ${accountId}, ${startedAt.slice(0, 10)} (${read}): ${counted(findings)}.${rest}`;
}

function findingOf({ severity, title, resource, region, ageDays, evidence, fix, references }: AuditFinding): Finding {
  const place = region === "global" ? resource : `${region} ${resource}`;
  const age = ageDays === undefined ? "" : `, ${ageDays} day${ageDays === 1 ? "" : "s"}`;
  return { severity, title, where: [`${place}${age}`], seen: evidence, commands: [fix], references };
}

function controls(findings: readonly AuditFinding[]): string[][] {
  const rows = byControl(findings).map(([rule, same]) => [
    rule,
    String(same.length),
    same[0]?.severity ?? "",
    same[0]?.references.join(", ") ?? "",
  ]);
  return [["Rule", "Count", "Worst", "Controls"], ...rows];
}

/** New, gone, and what nobody knows of because it could not be read then or now. */
function changes({ since, appeared, unsure, gone, unchanged, untold }: AuditChange): Block[] {
  const lines = (sign: string, some: readonly AuditFinding[]) =>
    some.slice(0, TOLD).map(({ severity, title, resource }) => `${sign} ${severity} ${title}: ${resource}`);
  const unread = "could not be read";
  return [
    { text: `${since.slice(0, 10)}: ${appeared.length} new, ${gone.length} gone, ${unchanged} as they were` },
    {
      list: [
        ...lines("+", appeared),
        ...lines("!", unsure),
        ...lines("-", gone),
        ...lines("?", untold),
        ...(unsure.length > 0 ? [`! ${unread} then, so nobody knows whether it is new`] : []),
        ...(untold.length > 0 ? [`? ${unread} now, so nobody knows whether it is gone`] : []),
      ],
    },
  ];
}

/** One line for each reason, however many regions share it. */
function problemLines(problems: readonly AuditProblem[]): string[] {
  const groups = grouped(problems, ({ kind, action, cause }) => [kind, action, cause].join());
  return [...groups.values()].flatMap((same) => {
    const others = same.length > 1 ? ` And in ${same.length - 1} more region(s).` : "";
    return same.slice(0, 1).map(({ kind, reason }) => `${kind}: ${reason}${others}`);
  });
}
