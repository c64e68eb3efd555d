import { onOneLine } from "../../../common/printable";
import { table } from "../../../common/table";
import { harmless, styled } from "../../../common/terminal";
import { DrillPath, type DrillReport, exists, type PathReport, type Subscriber, type TopicReport } from "./report";
import { hanging } from "../../output/text";

/** The report for people, at most `width` columns as far as its words allow. */
export function renderDrill(given: DrillReport, width = 80): string {
  const report = onOneLine(given);
  const account = report.accountAlias ? `${report.accountId} (${report.accountAlias})` : report.accountId;
  const paragraphs = [
    `Drill ${report.drill} in account ${account}`,
    table([["Topic", "Region", "Heard by"], ...report.topics.map(topicRow)], width),
    table(
      [
        ["", "Path", "Region", "By"],
        ...report.paths.map(({ state, path, region, by, says }) => [
          marks[state](),
          path,
          region,
          says ? `${by}: ${says}` : by,
        ]),
      ],
      width,
    ),
    ...(report.notTried.length > 0
      ? [["Not tried:", ...report.notTried.flatMap((line) => hanging(line, 0, width))].join("\n")]
      : []),
    hanging(verdict(report), 0, width).join("\n"),
  ];
  return harmless(paragraphs.join("\n\n"));
}

function topicRow({ name, region, confirmed, pending, problems }: TopicReport): string[] {
  const says = [
    confirmed.length > 0 ? list(confirmed) : styled("red", "nobody"),
    ...(pending.length > 0 ? [styled("yellow", `not confirmed: ${list(pending)}`)] : []),
    ...problems.map((problem) => styled("red", problem)),
  ];
  return [name, region, says.join("\n")];
}

function list(subscribers: Subscriber[]): string {
  return subscribers
    .map(({ protocol, endpoint }) => (protocol === "email" ? endpoint : `${protocol} ${endpoint}`))
    .join(", ");
}

const marks: Readonly<Record<PathReport["state"], () => string>> = {
  done: () => styled("green", "sent"),
  failed: () => styled("red", "FAILED"),
  unknown: () => styled("yellow", "UNKNOWN"),
};

function verdict({ ok, topics, paths, drill }: DrillReport): string {
  if (ok) {
    const alarms = paths.some(({ path }) => path === DrillPath.alarm);
    return (
      `Everything was sent. Now look at each mailbox and channel: ${topics.length} topic message(s), one message for ` +
      `each region${alarms ? ", and one for each alarm" : ""}, all with ${drill}.`
    );
  }
  const missing = topics.filter((topic) => !exists(topic)).map(({ name, region }) => `${name} in ${region}`);
  if (missing.length > 0) {
    return `There is no topic ${missing.join(", ")}: run \`pulumi up\`. Nothing reaches anybody without it.`;
  }
  const unheard = topics
    .filter(({ confirmed }) => confirmed.length === 0)
    .map(({ name, region }) => `${name} in ${region}`);
  return unheard.length > 0
    ? `Nobody hears ${unheard.join(", ")}: add an address to alertChannel.emails, or click the link in AWS's mail.`
    : paths.every(({ state }) => state !== "failed")
      ? "What became of some is not known: see above, look whether they arrive, and run it again."
      : "Alerts would be lost: see above.";
}
