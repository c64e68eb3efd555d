import { onOneLine } from "../../../common/printable";
import { type Finding, type Report, type Section, severityFacts } from "../../output/report";
import { severities } from "../../output/severity";
import { reportAsText } from "../../output/text";
import { type StackDrift } from "./look";
import { type DriftItem, type DriftReport } from "./model";
import {
  acceptanceLines,
  blindSpot,
  byType,
  differencesOf,
  headline,
  nameOf,
  placeLines,
  titleOf,
  typeName,
  whoLines,
} from "./words";
import { grouped } from "../../../common/grouped";

/** As many resources of one reason are named in a terminal; the rest is counted. */
const NAMED = 5;

/** A drift report for people, at 80 columns as far as its words allow. Secrets show as `[secret]`. */
export function driftAsText(given: DriftReport & Partial<StackDrift>): string {
  return reportAsText(driftAsReport(onOneLine(given)));
}

/** The drift of one stack, for every form in which people read it. */
export function driftAsReport(report: DriftReport & Partial<StackDrift>): Report {
  const { project = "", stack = "", state, items, acceptance, engine = "", startedAt = "", seconds = 0 } = report;
  const of = (wanted: DriftItem["state"]) => items.filter((each) => each.state === wanted);
  const [drifted, unknown] = [of("drifted").map(findingOf), of("unknown").map(findingOf)];
  const limits = [...(report.notes ?? []), ...blindSpot(report)];
  const wide: Pick<Section, "only"> = { only: ["html", "markdown"] };
  return {
    title: ["Drift of ", { code: `${project}/${stack}` }],
    tab: `Drift of ${project}/${stack}: ${state}`,
    identity: report.identity,
    summary: [headline(report)],
    facts: [
      ["State", state],
      ...severityFacts(drifted, severities),
      ["Could not be read", String(unknown.length)],
      ["Accepted", String(acceptance?.accepted.length ?? 0)],
    ],
    sections: [
      { title: "", blocks: [{ findings: drifted }, { findings: byReason(of("unknown")) }], only: ["text"] },
      { title: "", blocks: [{ list: [...acceptanceLines(report), ...limits] }], only: ["text"] },
      { title: "Not as the program says", blocks: [{ findings: drifted }], ...wide },
      { title: "Could not be read", blocks: [{ findings: unknown }], ...wide },
      { title: "Accepted drift", blocks: [{ list: acceptanceLines(report) }], ...wide },
      { title: "Controls", blocks: [{ table: controls(report) }], only: ["html"] },
      { title: "What this does not speak of", blocks: [{ list: limits }], ...wide },
    ],
    footer: [`${engine}, ${startedAt}, ${seconds.toFixed(1)} s`],
  };
}

function findingOf(item: DriftItem): Finding {
  const { state, severity, means, consequences, reason, name, urn, id } = item;
  return {
    severity: state === "unknown" ? "unknown" : severity,
    title: titleOf(item),
    ...(means !== undefined && { means }),
    where: [nameOf(item)],
    columns: [
      ["Resource", { code: name }],
      ["Who", whoLines(item)[0] ?? ""],
    ],
    differences: differencesOf(item),
    lines: [
      ...(reason === undefined ? [] : [reason]),
      ...(consequences.length > 0 ? [`gone with it: ${byType(consequences)}`] : []),
      ...whoLines(item),
      ...placeLines(item),
    ],
    ids: id === "" || id === urn ? [urn] : [urn, id],
  };
}

/** One finding for each reason, however many resources share it. */
function byReason(items: readonly DriftItem[]): Finding[] {
  return [...grouped(items, ({ reason = "no reason was given" }) => reason)].map(([reason, same]) => ({
    severity: "unknown",
    title: `${same.length} could not be read`,
    where: [],
    lines: [
      ...same
        .slice(0, NAMED)
        .map((item) => `${item.control}, ${item.region ?? "account"}: ${typeName(item)} ${item.name}`),
      ...(same.length > NAMED ? [`and ${same.length - NAMED} more`] : []),
      reason,
    ],
  }));
}

function controls({ controls: counted = [], items }: Partial<DriftReport> & Pick<DriftReport, "items">): string[][] {
  const rows = counted.map(({ control, checked, clean }) => {
    const problems = items.filter((each) => each.control === control).length;
    return [control, String(checked), String(clean), String(problems)];
  });
  return [["Control", "Resources", "As the program says", "Problems"], ...rows];
}
