import { basename } from "node:path";
import { ExitCode } from "../../../common/errors";
import { jsonText } from "../../../common/printable";
import { wrap } from "../../../common/table";
import { writeFiles } from "../../evidence/written-files";
import { exitCodeOf, outcomeJson, whatWasDone, whatWouldBe } from "../contain/words";
import { commandFor, windowOf } from "../next";
import { type StepContext, type StepOutcome } from "../step";
import { gatherFor } from "../timeline/step";
import { timelineRequest } from "../timeline/request";
import { chronological } from "../events/chronological";
import { checksOf, doubtsOn } from "../events/log-checks";
import { type Gathered } from "../events/model";
import { findMade } from "./find";
import { isLeft, type SweepLeft } from "./left";
import { type Found } from "./model";
import { type Contained, containedAmong, containing, nextSubjects, withContained } from "./next-subjects";
import { allMade } from "./made";
import { applyInOrder } from "./in-order";
import { planSweep, withMissed } from "./plan";
import { removalsOf } from "./removal";
import { removalText, sweepText } from "./words";

/**
 * What the subject made and is still there, in every region; with `apply` its instances get a snapshot and are stopped,
 * and the keys it made become Inactive; what it made before `--since` is only listed. Never terminates and never deletes.
 *
 * Ends with 3 when something is still there, and with 1 when a call was not made or not everything could be read.
 */
export async function sweep(context: StepContext): Promise<StepOutcome> {
  const { bulk, folder, apply, signal, subject, options } = context;
  const request = timelineRequest(options);
  const gathered = await gatherFor(context, request, { notOlder: 30 * 60_000 });
  context.say("looking for what it made");
  const { made, tooMany } = await allMade(chronological(gathered.folder));
  const regions = [...new Set(gathered.lanes.map(({ region }) => region))];
  const since = request.since ?? new Date(gathered.from);
  const before = await findMade(bulk, made, { regions, since, signal });
  const keep = await kept(context);
  const plan = (found: readonly Found[]) => planSweep(found, basename(folder), keep, request.since);
  const sequences = plan(before.found);
  const calls = sequences.flat();
  const partial = notesOn(gathered, tooMany);
  const record = (call: string, { found, problems }: typeof before) =>
    context.evidence.record({
      step: "sweep",
      call,
      input: { regions, since, events: gathered.folder },
      result: {
        made: made.length,
        found: found.filter(({ state }) => state !== "gone"),
        notes: [...problems, ...partial],
      },
    });
  record("what is still there", before);
  const results = apply ? await applyInOrder(context, "sweep", sequences) : undefined;
  const changed = results?.some(({ state }) => state === "done") === true && !signal.aborted;
  if (changed) {
    context.say("looking again");
  }
  // Whoever reads what was done must not read below it that nothing was.
  const after = changed ? await findMade(bulk, made, { regions, since, signal }) : before;
  const { problems } = after;
  const seen = changed ? withMissed(after.found, before.found, plan) : after.found;
  const suspected = seen.filter((each) => isLeft(each, request.since));
  const contained = signal.aborted
    ? new Map<string, string[]>()
    : await containedAmong(bulk, suspected, subject, options);
  const found = withContained(seen, contained);
  const left = leftIn(found, request.since, contained, options);
  const notes = [...problems, ...partial];
  writeFiles(context.evidence, "sweep", { "sweep.json": `${jsonText({ found, notes })}\n` });
  if (changed) {
    record("what is still there afterwards", { found, problems });
  }
  const title = `Sweep after ${subject.kind} ${subject.name}`;
  const nothing = gathered.complete
    ? "there is nothing to stop or to deactivate"
    : "in what could be read there is nothing to stop or to deactivate; not everything could be";
  const text = [
    ...(results ? whatWasDone(title, results, nothing) : whatWouldBe(title, calls, nothing)),
    ...(calls.length > 0 && !results && request.since === undefined ? ["", ...wrap(everything, 80)] : []),
    "",
    ...sweepText(found, notes, request.timeZone),
    ...removalText(
      left.removals,
      request.since === undefined,
      !results && calls.some(({ action }) => action === "CreateSnapshots"),
    ),
  ];
  const exitCode = signal.aborted
    ? ExitCode.interrupted
    : exitCodeOf(results, signal) ||
      (left.left.length > 0 ? ExitCode.found : notes.length > 0 ? ExitCode.failed : ExitCode.ok);
  return {
    exitCode,
    text: text.join("\n"),
    json: { ...outcomeJson(calls, results), found, from: gathered.from, regions, ...left, notes },
    next: [
      ...(apply || calls.length === 0
        ? []
        : [
            {
              why: "makes these calls",
              command: commandFor(subject, "sweep", { ...windowOf(options), apply: true }, options),
            },
          ]),
      ...nextSubjects(suspected, subject, options, contained),
    ],
  };
}

const everything =
  "LOOK FIRST: without --since all that it made in the window counts, its owner's own work too. With --since <time> what " +
  "was made before is left alone.";

function leftIn(
  found: readonly Found[],
  since: Date | undefined,
  contained: Contained,
  options: StepContext["options"],
): Pick<SweepLeft, "left" | "removals"> {
  const left = found.filter((each) => isLeft(each, since));
  const existing = left.filter(({ state }) => state === "exists");
  return {
    left: left.map(({ kind, id, of, region, time, state }) => ({ kind, id, ...(of && { of }), region, time, state })),
    removals: removalsOf(existing, (who) => contained.get(who) ?? containing(who, options)),
  };
}

/** The subject's own key is `contain`'s; that of whoever runs this must go on working. */
async function kept({ bulk, subject }: StepContext): Promise<string[]> {
  const { accessKeyId } = await bulk.iam().config.credentials();
  return [accessKeyId, ...(subject.key === undefined ? [] : [subject.key])];
}

function notesOn({ complete, lanes, notes }: Gathered, tooMany: boolean): string[] {
  const missing = lanes.filter(({ state }) => state === "partial").map(({ region }) => region);
  if (!complete && missing.length === 0) {
    return [`PARTIAL: not all events could be read; what was made by the others is not known. ${notes.join(" ")}`];
  }
  return [
    ...doubtsOn(checksOf(lanes)),
    ...(complete
      ? []
      : [
          `PARTIAL: events of ${[...new Set(missing)].join(", ")} could not all be read; what was made there is not known.`,
        ]),
    ...(tooMany ? ["It made more than 5000 things; the first of them were looked for."] : []),
  ];
}
