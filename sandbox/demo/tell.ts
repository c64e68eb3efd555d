import { table } from "../../common/table";
import { styled } from "../../common/terminal";
import { type PolicyFinding } from "../../engine/host";
import { driftAsText } from "../../operations/watch/drift/render";
import { controlRows } from "../../operations/output/whereabouts";
import { type ControlEvidence } from "../../operations/account/verify";
import { type Evidence } from "../../components/foundation/verify/verifier";
import { beforeLines } from "./before";
import { type Story } from "./story";
import { grouped } from "../../common/grouped";

/** What a step came to, in lines of any length; a leading indent is kept. */
export const tellings: Record<string, (story: Story) => string[]> = {
  "The account before": ({ before, startedAt }) => beforeLines(before, new Date(startedAt)),
  Preview: ({ preview, regions }) => [
    ...table([["Control", "Resources", "Where"], ...controlRows(preview.resources)], 77).split("\n"),
    `${preview.resources.length} resources in ${regions.length} regions would be created.`,
    preview.findings.length === 0
      ? "Policy pack: no violation."
      : `Policy pack: ${preview.findings.length} finding(s).`,
    ...preview.findings.flatMap(tellFinding),
  ],
  Up: ({ up }) => [
    `${up.created} resources created in ${up.seconds.toFixed(1)} s. Read back through the AWS SDK, the emulated account says:`,
    ...up.controls.flatMap(tellControl),
    ...(up.recordedOnly.length > 0 ? ["Recorded only, the emulator has no API for it:", ...up.recordedOnly] : []),
  ],
  "A change refused": ({ refused }) => [
    ...refused.findings.flatMap(tellFinding),
    "Nothing of it was created. The emulated account says:",
    ...refused.absent.map(({ holds, says }) => `  ${mark(holds)} ${says}`),
  ],
  "Drift found": ({ drift }) => [
    "Behind the program's back, somebody ran:",
    ...drift.done.map(({ says }) => `  aws ${says}`),
    "Refresh says:",
    ...driftAsText(drift.report)
      .split("\n")
      .map((line) => (line ? `  ${line}` : "")),
    `exit code ${drift.exitCode}`,
  ],
};

function tellFinding({ level, policy, urn, message }: PolicyFinding): string[] {
  const name = urn.split("::").at(-1) ?? urn;
  return [
    `${styled(level === "mandatory" ? "red" : "yellow", level)} ${policy} on ${name}`,
    ...message.split("\n").map((line) => `    ${line}`),
  ];
}

/** One line for all regions that say the same. */
function tellControl({ control, holds, evidence }: ControlEvidence): string[] {
  const lines = [...groupBySays(evidence)].map(([says, same]) => {
    const regions = same.flatMap(({ region }) => region ?? []);
    const where = regions.length > 1 ? `${regions.length} regions: ` : "";
    return `  ${markOf(same)} ${where}${says}`;
  });
  return [`${styled("bold", control)}${holds ? "" : ` ${styled("red", "does not hold")}`}`, ...lines];
}

export function groupBySays(evidence: Evidence[]): Map<string, Evidence[]> {
  return grouped(evidence, ({ says }) => says);
}

export function mark(holds: boolean): string {
  return holds ? styled("green", "ok") : styled("red", "NO");
}

/** What does not speak for the control must not look as if it did. */
function markOf(evidence: Evidence[]): string {
  return evidence.every(({ neutral }) => neutral) ? "--" : mark(evidence.every(({ holds }) => holds));
}
