import { join } from "node:path";
import { jsonText } from "../../../common/printable";
import { plainText } from "../../../common/style";
import { ExitCode } from "../../../common/errors";
import { ask } from "../../../aws/ask";
import { identityText } from "../../../aws/identity";
import { requireIntact } from "../../evidence/intact";
import { EVENTS, openEvents, sealEvents } from "../../evidence/sealed-events";
import { writeFiles } from "../../evidence/written-files";
import { type StepContext, type StepOutcome } from "../step";
import { chronological } from "../events/chronological";
import { gather } from "../events/gather";
import { type Gathered } from "../events/model";
import { reportAsHtml } from "../../output/html";
import { reportAsMarkdown } from "../../output/markdown";
import { reportAsText } from "../../output/text";
import { timelineAsReport } from "./as-report";
import { buildTimeline } from "./build";
import { type Timeline } from "./model";
import { type TimelineRequest, timelineRequest } from "./request";
import { nameOfSubject, suspectOf } from "./suspect-of";

/** What people look at. */
const PAGE = "timeline.html";

/**
 * What the subject did, in every region: gathered, watched by rules, and written beside the events as text, JSON,
 * Markdown and HTML.
 *
 * Ends with 1 when something was found or not everything could be read, and with 130 when it was stopped: what was
 * gathered is kept then and told, and the next run goes on with it.
 */
export async function timeline(context: StepContext): Promise<StepOutcome> {
  const { folder, evidence, signal } = context;
  const request = timelineRequest(context.options);
  const gathered = await gatherFor(context, request);
  const { folder: events } = gathered;
  context.say("looking through the events");
  const { identity } = context;
  const built = await buildTimeline(chronological(events), gathered, {
    ...request,
    subject: nameOfSubject(context.subject),
  });
  const result: Timeline = { ...(identity && { identity }), ...built };
  const shown = timelineAsReport(result);
  const text = reportAsText(shown, { titled: true });
  const written = {
    text: identity ? `${identityText(identity)}\n${text}` : text,
    json: `${jsonText(result)}\n`,
    markdown: `${reportAsMarkdown(shown)}\n`,
    html: reportAsHtml(shown),
  };
  writeFiles(evidence, "timeline", {
    "timeline.txt": plainText(written.text),
    "timeline.json": plainText(written.json),
    "timeline.md": plainText(written.markdown),
    [PAGE]: plainText(written.html),
  });
  evidence.record({
    step: "timeline",
    call: "cloudtrail:LookupEvents",
    input: { subject: context.subject, from: result.from, to: result.to, bucket: request.bucket },
    result: { ...summaryOf(result), gathered: events },
  });
  const page = context.isUnrecorded
    ? "Nothing of it is kept: --html prints the page."
    : `Look at it: ${join(folder, PAGE)}`;
  const told = request.format === "text" ? `${text}\n\n${page}` : written[request.format];
  return {
    exitCode: exitCodeOf(result, signal.aborted),
    text: told,
    ...(request.format !== "text" && { isDocument: true as const }),
    json: result,
  };
}

/** Gathers what the command line asks for; the sweep gathers the same. */
export async function gatherFor(
  context: StepContext,
  request: TimelineRequest,
  options: { notOlder?: number } = {},
): Promise<Gathered> {
  const { bulk, evidence, folder, signal, subject, say } = context;
  const { bucket, from, to, regions } = request;
  const { Account: accountId = "" } = bucket
    ? await ask("sts:GetCallerIdentity", bulk.defaultRegion, () => bulk.sts().getCallerIdentity({}))
    : {};
  const wanted = {
    suspect: suspectOf(subject),
    ...(from && { from }),
    ...(to && { to }),
    ...(regions && { regions }),
    ...(bucket && { bucket: { ...bucket, accountId } }),
  };
  await requireIntact(evidence);
  openEvents(evidence);
  const gathered = await gather(bulk, wanted, join(folder, EVENTS), { ...options, signal, onProgress: say });
  await sealEvents(evidence, gathered.folder);
  return gathered;
}

function exitCodeOf({ partial, findings }: Timeline, isStopped: boolean): number {
  if (isStopped) {
    return ExitCode.interrupted;
  }
  return findings.length > 0 ? ExitCode.found : partial ? ExitCode.failed : ExitCode.ok;
}

function summaryOf({ events, flagged, refused, partial, reasons, findings }: Timeline) {
  const worst = findings.slice(0, 100);
  return { events, flagged, refused, partial, reasons, findings: worst };
}
