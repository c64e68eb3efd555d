import { type AwsClients } from "../../common/aws-clients";
import { BaselineError, ExitCode } from "../../common/errors";
import { Interruption } from "../../common/interruption";
import { jsonText } from "../../common/printable";
import { plainText } from "../../common/style";
import { print, Progress, tell } from "../../common/terminal";
import { identityText } from "../aws/identity";
import { sessionOptions } from "../aws/options";
import { type AwsSession, withSession } from "../aws/session";
import { type EvidenceEntry } from "../evidence/entry";
import { type Evidence, openEvidence } from "../evidence/evidence";
import { readEvidence } from "../evidence/read";
import { LONGEST, recordedClients } from "../evidence/recorded-clients";
import { recordIdentity } from "../evidence/same-account";
import { evidenceFolder } from "./folder";
import { OUTCOME, SUBJECT } from "./marks";
import { type Next, nextAfter } from "./next";
import { type Named, type RespondOptions } from "./request";
import { type Step, type StepContext, type StepOutcome } from "./step";
import { findSubject, type Subject } from "./subject";
import { regionsOfKeys } from "./where";

/**
 * Runs a step against an account, and prints how it ended and what to do next.
 *
 * @returns the exit code: the step's own; 130 after Ctrl-C
 */
export async function runRespond(named: Named, step: Step, options: RespondOptions): Promise<number> {
  const folder = options.evidence ?? evidenceFolder(named, new Date());
  // Before the folder is made: who cannot sign in leaves nothing behind.
  return step.offline && (await subjectInEvidence(readEvidence(folder), named))
    ? respondIn(undefined, folder, named, step, options)
    : withSession(sessionOptions(options, options.region), (session) =>
        respondIn(session, folder, named, step, options),
      );
}

/** @param session absent where the evidence has everything the step asks for */
async function respondIn(
  session: AwsSession | undefined,
  folder: string,
  named: Named,
  step: Step,
  options: RespondOptions,
): Promise<number> {
  const run = await step.load();
  const evidence = await openEvidence(folder);
  const clients = session?.clients ?? nothingToAsk;
  const bulk = session?.clientsWith() ?? nothingToAsk;
  const now = () => new Date(Date.now() + (session ? clockOffset(clients) : 0));
  const progress = new Progress();
  const interruption = new Interruption();
  try {
    const aws = recordedClients(
      clients,
      (entry) => evidence.isOpen && evidence.record(entry),
      () => step.name,
    );
    if (session) {
      await recordIdentity(evidence, step.name, session.identity);
    }
    const find = () => findSubject(aws, named, () => regionsOfKeys(aws, options));
    const subject = await interruption.unlessStopped(subjectOf(evidence, named, step, find));
    if (subject === undefined) {
      return stopped(folder);
    }
    const context: StepContext = {
      subject,
      ...(session && { identity: session.identity }),
      aws,
      bulk,
      evidence,
      folder,
      apply: options.apply === true,
      options,
      signal: interruption.signal,
      say: (text) => progress.say(text),
      now,
    };
    const outcome = await (step.stopsItself ? run(context) : interruption.unlessStopped(run(context)));
    progress.clear();
    if (outcome === undefined) {
      return stopped(folder);
    }
    const { exitCode } = outcome;
    evidence.record({
      step: step.name,
      call: OUTCOME,
      input: { apply: context.apply },
      result: recordable(outcome),
    });
    show(outcome, context, step);
    return exitCode;
  } catch (error) {
    const { code, message } = error instanceof BaselineError ? error : { code: "bug", message: String(error) };
    if (code !== "evidence-not-written") {
      evidence.record({ step: step.name, call: OUTCOME, error: { code, message } });
    }
    throw error;
  } finally {
    interruption.end();
    progress.clear();
    tell(`Evidence: ${folder}, ${evidence.entries} line(s), the last ${evidence.head}`);
    evidence.close();
  }
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

function stopped(folder: string): number {
  tell(`Stopped; what was found so far is in ${folder}. Run it again to go on.`);
  return ExitCode.interrupted;
}

/** A key that was deleted since is still whose it was: what AWS cannot tell any more the evidence can. */
async function subjectOf(evidence: Evidence, named: Named, step: Step, find: () => Promise<Subject>): Promise<Subject> {
  const known = await subjectInEvidence(evidence.read(), named);
  if (known && step.offline) {
    return known;
  }
  try {
    const subject = await find();
    evidence.record({ step: step.name, call: SUBJECT, input: named, result: subject });
    return subject;
  } catch (error) {
    const lost = error instanceof BaselineError && /^(unknown-key|no-such-subject|access-denied)$/.test(error.code);
    if (known === undefined || !lost) {
      throw error;
    }
    return known;
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

function show(outcome: StepOutcome, context: StepContext, step: Step): void {
  const { text, isDocument, json, exitCode } = outcome;
  const { evidence, folder, subject, identity, apply, options } = context;
  const next = [...(outcome.next ?? []), ...nextAfter(step.name, subject, options, planned(json))];
  const { entries, head } = evidence;
  const all = {
    ...(identity && { identity }),
    step: step.name,
    subject,
    applied: apply,
    ...json,
    exitCode,
    next,
    evidence: { folder, entries, head },
  };
  const who = identity && !isDocument ? [identityText(identity)] : [];
  print(options.json ? jsonText(all) : [...who, text, ...(isDocument ? [] : nextLines(next))].join("\n"));
}

/** How many calls a step that changes something has to make, or made. */
function planned(json: object): number | undefined {
  return "calls" in json && Array.isArray(json.calls) ? json.calls.length : undefined;
}

// A command is never broken: it shall be copied.
function nextLines(next: readonly Next[]): string[] {
  return next.length > 0 ? ["", "Next:", ...next.flatMap(({ why, command }) => [`  ${why}:`, `    ${command}`])] : [];
}
