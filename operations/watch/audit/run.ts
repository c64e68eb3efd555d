import { join } from "node:path";
import { consent } from "../../../common/consent";
import { ExitCode } from "../../../common/errors";
import { fileProblem, writeReports } from "../../../common/files";
import { packageVersion } from "../../../common/package-root";
import { type Terminal } from "../../../common/question";
import { ownTerminal, print, Progress, tell } from "../../../common/terminal";
import { globalRegion, partitionOf } from "../../../components/foundation/partition";
import { anchorOf } from "../../evidence/anchor/anchor";
import { identityText } from "../../../aws/identity";
import { sessionOptions } from "../../../aws/options";
import { type AwsSession, withSession } from "../../../aws/session";
import { repositoryPrefix } from "../drift/source";
import { type Severity, severities } from "../../output/severity";
import { audit } from "./audit";
import { applyFix } from "./fix/apply";
import { withEvidence } from "./fix/evidence";
import { type Caller, type FixPlan, type FixResult } from "./fix/model";
import { planFix } from "./fix/plan";
import { planAsText, resultLine, resultsAsText } from "./fix/words";
import { type AuditReport } from "./model";
import { auditAs, type AuditOutcome } from "./output";
import { type AuditCommandOptions, type AuditRequest } from "./request";
import { changeSince } from "./since";
import { reportBefore, saveReport } from "./store";
import { Interruption } from "../../../common/interruption";

/**
 * Looks, compares, tells, and fixes where that is asked for.
 *
 * @returns the exit code: 0 nothing as bad as `failOn`, and all could be read; 3 something is; 1 a part could not be
 *   read, a fix failed, or the user answered no; 130 interrupted
 */
export function runAudit(request: AuditRequest, options: AuditCommandOptions): Promise<number> {
  return withSession(sessionOptions(options, options.region), (session) => auditIn(session, request, options));
}

/** The same in an account that is known. */
export async function auditIn(
  session: AwsSession,
  request: AuditRequest,
  options: AuditCommandOptions,
  terminal: Terminal = ownTerminal(),
): Promise<number> {
  const { identity } = session;
  const progress = new Progress(terminal.output as NodeJS.WriteStream);
  const interruption = new Interruption(true);
  // A fix goes without the signal: of a call that is broken off nobody knows whether it was done.
  const reader = session.clientsWith(interruption.signal);
  try {
    const now = new Date();
    const found = await interruption.unlessStopped(
      audit(reader, {
        now,
        signal: interruption.signal,
        accepted: request.exemptions,
        ...(request.regions && { regions: request.regions }),
        onProgress: (text) => interruption.signal.aborted || progress.say(text),
      }),
    );
    progress.clear();
    if (found === undefined) {
      tell("Stopped. Nothing was changed.", terminal.output);
      return ExitCode.interrupted;
    }
    const report: AuditReport = { identity, ...found };
    const before = options.since === undefined ? undefined : reportBefore(options.since, report.accountId);
    if (options.since !== undefined && before === undefined) {
      tell("There is no audit before this one to compare with.", terminal.output);
    }
    const fixed = options.fix
      ? await fix(session, report, { now, options, terminal, signal: interruption.signal, progress })
      : {};
    const outcome: AuditOutcome = {
      report,
      ...(fixed.plan && { plan: fixed.plan }),
      ...(before && { change: changeSince(before, report) }),
      ...(fixed.results && { fixes: fixed.results }),
    };
    const context = { version: packageVersion(), prefix: repositoryPrefix() };
    print(auditAs(request.format, outcome, context), terminal.result);
    writeReports(request.files.map(({ format, path }) => ({ path, text: auditAs(format, outcome, context) })));
    if (options.save) {
      keep(report, terminal);
    }
    // Below a report of hundreds of lines, where it is seen.
    if (fixed.closing !== undefined) {
      tell(fixed.closing, terminal.output);
    }
    return fixed.exitCode ?? exitCodeOf(report, request.failOn, fixed.results);
  } finally {
    progress.clear();
    interruption.end();
  }
}

/** Keeps the report for `--since last`. A folder that cannot be written to costs nobody the report itself. */
function keep(report: AuditReport, { output }: Terminal): void {
  try {
    saveReport(report);
  } catch (error) {
    tell(`This report is not kept for --since last: ${fileProblem(error)}. --no-save leaves that out.`, output);
  }
}

interface Fixing {
  now: Date;
  options: AuditCommandOptions;
  terminal: Terminal;
  signal: AbortSignal;
  progress: Progress;
}

/** Shows the plan; with `--apply` asks, and does it. */
async function fix(
  session: AwsSession,
  { findings }: AuditReport,
  { now, options, terminal, signal, progress }: Fixing,
): Promise<{ plan?: FixPlan; results?: FixResult[]; exitCode?: number; closing?: string }> {
  const { clients, identity } = session;
  const caller = await callerOf(session);
  const plan = planFix(findings, caller);
  if (!options.apply || plan.deeds.length === 0) {
    const next = plan.deeds.length > 0 ? "Nothing was changed; --apply does it.\n" : "";
    return { plan, closing: `\n${planAsText(plan)}\n${next}` };
  }
  tell(`${identityText(identity)}\n${planAsText(plan)}`, terminal.output);
  const answer = await agreed(options, plan, terminal);
  if (answer !== "yes" || isStopped(signal)) {
    tell(`${answer === "no" ? "" : "Stopped. "}Nothing was changed.`, terminal.output);
    return { plan, exitCode: answer === "no" ? ExitCode.failed : ExitCode.interrupted };
  }
  // Somebody wants these now, however long the audit before them took.
  session.limit?.lift();
  const region = globalRegion(partitionOf(clients.defaultRegion));
  const onProgress = (text: string) => progress.say(text);
  const onResult = (result: FixResult) => {
    progress.clear();
    tell(resultLine(result), terminal.output);
  };
  const folder = options.evidence ?? join("incidents", `${now.toISOString().slice(0, 10)}-audit-${identity.accountId}`);
  const results = await withEvidence(
    folder,
    session,
    plan,
    (recorded, evidence) =>
      applyFix(recorded, plan.deeds, { evidence, region, now, caller, signal, onProgress, onResult }),
    anchorOf(session, options.anchor, terminal),
  );
  progress.clear();
  const closing = `\nThe fix, after the audit above was made:\n${resultsAsText(results)}\nEvidence, with the way back: ${folder}`;
  return { plan, results, closing, ...(isStopped(signal) && { exitCode: ExitCode.interrupted }) };
}

// A signal may be aborted at any await, which control flow analysis does not know.
function isStopped(signal: AbortSignal): boolean {
  return signal.aborted;
}

function agreed({ yes, endpoint }: AuditCommandOptions, { deeds }: FixPlan, terminal: Terminal) {
  if (yes) {
    return "yes";
  }
  if (endpoint !== undefined) {
    tell("This is an emulator, so nobody is asked. In a real account you are asked here.", terminal.output);
    return "yes";
  }
  const asked = `Do these ${deeds.length}? [y/N] `;
  return consent(terminal, { what: "A fix changes the account", nothing: "nothing was changed", question: asked });
}

async function callerOf({ clients, identity }: AwsSession): Promise<Caller> {
  const sign = clients.sts().config.credentials as () => Promise<{ accessKeyId: string }>;
  const { accessKeyId } = await sign();
  const user = /:user\/(?:.*\/)?([^/]+)$/.exec(identity.callerArn)?.[1];
  return { accessKeyId, ...(user !== undefined && { user }) };
}

/**
 * 1 where a fix failed, was not tried or its outcome is unknown; 3 where a finding has the severity or a worse one, except those that a fix removed; 1 where a part
 * could not be read.
 */
export function exitCodeOf(
  { findings, partial }: AuditReport,
  failOn: Severity | "never",
  results: readonly FixResult[] = [],
): number {
  const done = results.filter(({ outcome }) => outcome === "done").map(({ deed }) => deed);
  const fixed = ({ rule, resource, who }: AuditReport["findings"][number]) =>
    done.some((deed) =>
      deed.kind === "deactivate-key"
        ? resource === `user/${deed.user}/${deed.keyId}`
        : who === deed.user && rule.startsWith("console-unused"),
    );
  const limit = failOn === "never" ? -1 : severities.indexOf(failOn);
  const bad = findings.some((each) => severities.indexOf(each.severity) <= limit && !fixed(each));
  if (results.some(({ outcome }) => outcome !== "done" && outcome !== "skipped")) {
    return ExitCode.failed;
  }
  return bad ? ExitCode.found : partial ? ExitCode.failed : ExitCode.ok;
}
