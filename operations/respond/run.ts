import { existsSync } from "node:fs";
import { join } from "node:path";
import { type AwsClients } from "../../aws/clients";
import { BaselineError, ExitCode } from "../../common/errors";
import { Interruption } from "../../common/interruption";
import { jsonText } from "../../common/printable";
import { plainText } from "../../common/style";
import { ownTerminal, print, Progress, tell, type Terminal } from "../../common/terminal";
import { bucketPlaceOf } from "../../aws/bucket-name";
import { type Identity, identityText } from "../../aws/identity";
import { sessionOptions } from "../../aws/options";
import { type AwsSession, withSession } from "../../aws/session";
import { anchorOf } from "../evidence/anchor/anchor";
import { type EvidenceEntry } from "../evidence/entry";
import { EVIDENCE_FILE, readEvidence } from "../evidence/read";
import { LONGEST, recordedClients } from "../evidence/recorded-clients";
import { begunFolders, folderWithout, newFolder } from "./folder";
import { OUTCOME, SUBJECT } from "./marks";
import { again, type Next, nextAfter } from "./next";
import { Notebook } from "./notebook";
import { type Named, type RespondOptions } from "./request";
import { type RecordedStep, type StepContext, type StepOutcome } from "./step";
import { findSubject, type Subject } from "./subject";
import { regionsOfKeys } from "./where";

/**
 * Runs a step against an account, and prints how it ended and what to do next.
 *
 * @returns the exit code: the step's own; 130 after Ctrl-C
 */
export async function runRespond(named: Named, step: RecordedStep, options: RespondOptions): Promise<number> {
  if (options.anchor !== undefined) {
    bucketPlaceOf("--anchor", options.anchor);
  }
  // Anchors are in AWS, also for a step that works from the evidence.
  const folder = step.offline && options.anchor === undefined ? await folderWithout(named, options) : undefined;
  // Before a folder is made: who cannot sign in leaves nothing behind.
  return folder !== undefined && (await subjectInEvidence(readEvidence(folder), named))
    ? respondIn(undefined, folder, named, step, options)
    : withSession(sessionOptions(options, options.region), async (session) => {
        const [begun] =
          options.evidence === undefined ? await begunOf(named, session.identity, step, options) : [options.evidence];
        return respondIn(session, begun, named, step, options);
      });
}

/**
 * @param session absent where the evidence has everything the step asks for
 * @param begun the folder to go on in, or the one that was named; absent where a new one is to be made
 * @returns the exit code, as `runRespond`
 */
export async function respondIn(
  session: AwsSession | undefined,
  begun: string | undefined,
  named: Named,
  step: RecordedStep,
  options: RespondOptions,
  terminal: Terminal = ownTerminal(),
): Promise<number> {
  const run = await step.load();
  const anchor = session && anchorOf(session, options.anchor, terminal);
  const notebook = new Notebook(step.name, session?.identity, terminal, anchor, withoutFolder(step, options));
  const clients = session?.clients ?? nothingToAsk;
  const bulk = session?.clientsWith() ?? nothingToAsk;
  const now = () => new Date(Date.now() + (session ? clockOffset(clients) : 0));
  const progress = new Progress(terminal.output as NodeJS.WriteStream);
  const interruption = new Interruption();
  try {
    if (begun !== undefined && existsSync(join(begun, EVIDENCE_FILE))) {
      await notebook.open(begun);
    }
    const aws = recordedClients(
      clients,
      (entry) => notebook.record(entry),
      () => step.name,
    );
    const find = () => findSubject(aws, named, () => regionsOfKeys(aws, options));
    const found = await interruption.unlessStopped(subjectOf(notebook, named, step, find));
    if (found === undefined) {
      return stopped(notebook.isRecorded ? notebook.folder : undefined, terminal);
    }
    const { subject } = found;
    // What was done to the owner of a key is undone under either name.
    const [ofOwner] =
      begun === undefined && named.kind === "key"
        ? await begunOf({ kind: subject.kind, name: subject.name }, session!.identity, step, options)
        : [];
    const wanted = begun ?? ofOwner ?? newFolder(named, subject, session!.identity, new Date());
    const evidence = await notebook.begin(wanted, subject, found.isKnown ? undefined : named);
    const { folder } = evidence;
    const { isRecorded } = notebook;
    const context: StepContext = {
      subject,
      ...(session && { identity: session.identity }),
      aws,
      bulk,
      evidence,
      folder,
      ...(!isRecorded && { isUnrecorded: true as const }),
      apply: options.apply === true,
      options,
      signal: interruption.signal,
      say: (text) => progress.say(text),
      now,
    };
    const outcome = await (step.stopsItself ? run(context) : interruption.unlessStopped(run(context)));
    progress.clear();
    if (outcome === undefined) {
      return stopped(isRecorded ? folder : undefined, terminal);
    }
    const { exitCode } = outcome;
    evidence.record({
      step: step.name,
      call: OUTCOME,
      input: { apply: context.apply },
      result: recordable(outcome),
    });
    show(outcome, context, step, terminal);
    return exitCode;
  } catch (error) {
    const { code, message } = error instanceof BaselineError ? error : { code: "bug", message: String(error) };
    if (code !== "evidence-not-written") {
      notebook.record({ step: step.name, call: OUTCOME, error: { code, message } });
    }
    throw error;
  } finally {
    interruption.end();
    progress.clear();
    await notebook.close();
  }
}

/** Where incidents cannot be read, what does without them goes on as if there were none. */
async function begunOf(
  named: Named,
  identity: Identity,
  step: RecordedStep,
  options: RespondOptions,
): Promise<string[]> {
  try {
    return await begunFolders(named, identity);
  } catch (error) {
    const isClosed = error instanceof BaselineError && error.code === "evidence-unreadable";
    if (!isClosed || withoutFolder(step, options) !== "account") {
      throw error;
    }
    return [];
  }
}

/** What changes nothing helps also where nothing can be written down. */
function withoutFolder(
  step: RecordedStep,
  { apply, undo }: Pick<RespondOptions, "apply" | "undo">,
): "account" | "evidence" | undefined {
  return step.needsFolder || apply ? undefined : undo ? "evidence" : "account";
}

/**
 * Milliseconds AWS's clock is ahead of this machine's, as the SDK noticed: a session is as old as AWS says. Less than a
 * minute is the coarseness of how it is noticed.
 */
function clockOffset(clients: AwsClients): number {
  const { systemClockOffset: offset } = clients.iam().config;
  return Math.abs(offset) < 60_000 ? 0 : offset;
}

const nothingToAsk = new Proxy({} as AwsClients, {
  get: () => {
    throw new Error("a step that works from the evidence asks AWS nothing");
  },
});

function stopped(folder: string | undefined, { output }: Terminal): number {
  const what = folder === undefined ? "nothing was done" : `what was found so far is in ${folder}`;
  tell(`Stopped; ${what}. Run it again to go on.`, output);
  return ExitCode.interrupted;
}

/** A key that was deleted since is still whose it was: what AWS cannot tell any more the evidence can. */
async function subjectOf(
  notebook: Notebook,
  named: Named,
  step: RecordedStep,
  find: () => Promise<Subject>,
): Promise<{ subject: Subject; isKnown: boolean }> {
  const known = await subjectInEvidence(notebook.read(), named);
  if (known && step.offline) {
    return { subject: known, isKnown: true };
  }
  try {
    return { subject: await find(), isKnown: false };
  } catch (error) {
    const lost = error instanceof BaselineError && /^(unknown-key|no-such-subject|access-denied)$/.test(error.code);
    if (known === undefined || !lost) {
      throw error;
    }
    return { subject: known, isKnown: true };
  }
}

async function subjectInEvidence(entries: AsyncIterable<EvidenceEntry>, named: Named): Promise<Subject | undefined> {
  let known: Subject | undefined;
  for await (const { call, input, result } of entries) {
    if (call === SUBJECT && JSON.stringify(input) === JSON.stringify(named)) {
      known = result as Subject;
    }
  }
  return known;
}

/** A timeline of a hundred thousand events keeps files of its own. */
function recordable({ exitCode, text, isDocument, json }: StepOutcome) {
  const size = JSON.stringify(json).length;
  return {
    exitCode,
    ...(!isDocument && { text: plainText(text) }),
    json: size > LONGEST ? { omitted: `${size} characters` } : json,
  };
}

function show(outcome: StepOutcome, context: StepContext, step: RecordedStep, { result }: Terminal): void {
  const { text, isDocument, json, exitCode } = outcome;
  const { evidence, folder, isUnrecorded, subject, identity, apply, options } = context;
  const next =
    exitCode === ExitCode.interrupted
      ? [again(step.name, subject, options)]
      : [...(outcome.next ?? []), ...nextAfter(step.name, subject, options, planned(json))];
  const { entries, head } = evidence;
  const all = {
    ...(identity && { identity }),
    step: step.name,
    subject,
    applied: apply,
    ...json,
    exitCode,
    next,
    evidence: isUnrecorded ? null : { folder, entries, head },
  };
  const who = identity && !isDocument ? [identityText(identity)] : [];
  print(options.json ? jsonText(all) : [...who, text, ...(isDocument ? [] : nextLines(next))].join("\n"), result);
}

/** How many calls a step that changes something has to make, or made. */
function planned(json: object): number | undefined {
  return "calls" in json && Array.isArray(json.calls) ? json.calls.length : undefined;
}

// A command is never broken: it shall be copied.
function nextLines(next: readonly Next[]): string[] {
  return next.length > 0 ? ["", "Next:", ...next.flatMap(({ why, command }) => [`  ${why}:`, `    ${command}`])] : [];
}
