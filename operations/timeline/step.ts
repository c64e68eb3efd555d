import { createHash } from "node:crypto";
import { createReadStream, readdirSync } from "node:fs";
import { join } from "node:path";
import { writePrivate } from "../../common/files";
import { jsonText } from "../../common/printable";
import { plainText } from "../../common/style";
import { ExitCode } from "../../common/errors";
import { ask } from "../aws/ask";
import { identityText } from "../aws/identity";
import { type StepContext, type StepOutcome } from "../respond/step";
import { chronological } from "../trail-events/chronological";
import { gather } from "../trail-events/gather";
import { type Gathered } from "../trail-events/model";
import { timelineAsHtml } from "./as-html";
import { timelineAsMarkdown } from "./as-markdown";
import { timelineAsText } from "./as-text";
import { buildTimeline } from "./build";
import { type Timeline } from "./model";
import { type TimelineRequest, timelineRequest } from "./request";
import { openEvents, requireSealed, sealEvents } from "./sealed-events";
import { nameOfSubject, suspectOf } from "./suspect-of";

/** Folder of the evidence that holds the events, a folder inside for each gathering. */
export const EVENTS = "events";

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
  const text = timelineAsText(result);
  const written = {
    text: identity ? `${identityText(identity)}\n${text}` : text,
    json: `${jsonText(result)}\n`,
    markdown: `${timelineAsMarkdown(result)}\n`,
    html: timelineAsHtml(result),
  };
  const files = { text: "timeline.txt", json: "timeline.json", markdown: "timeline.md", html: "timeline.html" };
  for (const format of ["text", "json", "markdown", "html"] as const) {
    writePrivate(join(folder, files[format]), plainText(written[format]));
  }
  evidence.record({
    step: "timeline",
    call: "cloudtrail:LookupEvents",
    input: { subject: context.subject, from: result.from, to: result.to, bucket: request.bucket },
    result: { ...summaryOf(result), gathered: events, sha256: await hashes(events), written: Object.values(files) },
  });
  const told =
    request.format === "text" ? `${text}\n\nLook at it: ${join(folder, files.html)}` : written[request.format];
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
  const parent = join(folder, EVENTS);
  await requireSealed(evidence, parent);
  openEvents(evidence);
  const gathered = await gather(bulk, wanted, parent, { ...options, signal, onProgress: say });
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

/** What the files of events are, so that the chain of evidence vouches for them too. */
async function hashes(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(folder)
    .filter((each) => each.endsWith(".jsonl"))
    .sort()) {
    const hash = createHash("sha256");
    for await (const chunk of createReadStream(join(folder, name)) as AsyncIterable<Buffer>) hash.update(chunk);
    found[name] = hash.digest("hex");
  }
  return found;
}
