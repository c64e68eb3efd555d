import { join, relative } from "node:path";
import { badInput, BaselineError, ExitCode } from "../../../common/errors";
import { writeWhole } from "../../../common/files";
import { packageRoot } from "../../../common/package-root";
import { type Answer, question, type Terminal } from "../../../common/question";
import { jsonText } from "../../../common/printable";
import { ownTerminal, print, Progress, tell } from "../../../common/terminal";
import { stackFilePlaces } from "../../../components/foundation/settings/stack-places";
import { settingsFromConfig } from "../../../components/stack-config";
import { type BaselineSettings } from "../../../components/foundation/settings/model";
import { type Project, readProject, readStackConfig } from "../../../engine/stack-files/stack-file";
import { sessionOptions } from "../../../aws/options";
import { type AwsSession, withSession } from "../../../aws/session";
import { openPinned } from "../../../engine/pulumi/pinned-stack";
import { accountOf } from "../../../engine/pulumi/state-account";
import { accountsOf, stackSigner } from "../../../engine/pulumi/stack-signer";
import { planAdoption } from "./adopt";
import { hasChanges } from "./merge";
import { type Manages } from "./model";
import { renderAdopt } from "./render";
import { adoptExitCode } from "./report";
import { type AdoptOptions, type AdoptRequest } from "./request";
import { rewritten, textOf } from "./stack-settings";
import { managedIn, namesIn } from "./state";

/**
 * Reads, tells, asks and writes.
 *
 * @returns the exit code: 0 when the settings cover everything found; 3 when the user has to decide something; 1 when
 *   something could not be read, or the user answered no; 130 when the question was answered with Ctrl-C
 */
export function runAdopt(request: AdoptRequest, options: AdoptOptions): Promise<number> {
  const { file } = request;
  const project = readProject(join(packageRoot(), "Pulumi.yaml"));
  const config = readStackConfig(project, file);
  const settings = settingsFromConfig(project.name, config, stackFilePlaces(file, project.name));
  const { endpoint } = options;
  const signer = stackSigner(file, endpoint);
  const profile = options.profile ?? (endpoint === undefined ? signer.profile : undefined);
  const signing = { ...options, ...(profile !== undefined && { profile }) };
  return withSession(sessionOptions(signing, settings.homeRegion), (session) =>
    adoptIn(session, request, options, project, settings),
  );
}

/** The same in an account that is known. */
export async function adoptIn(
  session: AwsSession,
  request: AdoptRequest,
  options: AdoptOptions,
  project: Project,
  settings: BaselineSettings,
  terminal: Terminal = ownTerminal(),
): Promise<number> {
  const { file } = request;
  const { clients: aws, identity } = session;
  const signer = stackSigner(file, options.endpoint);
  const progress = new Progress(terminal.output as NodeJS.WriteStream);
  try {
    // An emulator is nobody's account: only what the file itself says counts there.
    const accounts = options.endpoint === undefined ? await accountsOf(signer, session) : signer.allowed;
    const { accountId, ...state } = await readState(session, request, options.endpoint !== undefined, (text) =>
      progress.say(text),
    );
    const found = await planAdoption({
      aws,
      settings,
      file: relative(process.cwd(), file) || file,
      allowedAccountIds: accountId === undefined ? accounts : [accountId],
      ...(request.regions && { regions: request.regions }),
      trail: options.trail,
      ...state,
      onProgress: (text) => progress.say(text),
    });
    progress.clear();
    const pinned = signer.allowed.length === 0 && { allowedAccountIds: [identity.accountId] };
    const report = { identity, ...found, changes: { ...found.changes, ...pinned } };
    const written = { ...report, changed: hasChanges(report.changes) };
    const text = options.json ? jsonText(written) : renderAdopt(report, settings.adopt);
    print(text, terminal.result);
    if (written.changed && !options.dryRun) {
      const answer = await agreed(options, file, terminal);
      if (answer !== "yes") {
        tell(`${answer === "stopped" ? "Stopped. " : ""}Nothing was written.`, terminal.output);
        return answer === "stopped" ? ExitCode.interrupted : ExitCode.failed;
      }
      await session.confirm();
      writeWhole(file, rewritten(textOf(file), project.name, report.changes));
      tell(`Written to ${report.file}.`, terminal.output);
    }
    return adoptExitCode(report);
  } finally {
    progress.clear();
  }
}

/** What the stack manages already, so that nothing of it is offered to it again: the engine would replace it. */
async function readState(
  session: AwsSession,
  { stack }: AdoptRequest,
  practice: boolean,
  onProgress: (text: string) => void,
): Promise<{ manages?: Manages; made?: ReadonlySet<string>; accountId?: string; notes?: string[] }> {
  if (stack === undefined) {
    return unread("No stack's state was read, because no --stack was given.");
  }
  onProgress("reading the stack's state");
  try {
    const host = await openPinned(session, { stack });
    try {
      const resources = await host.resources();
      // Of another account nothing would be ours, and every entry of the settings would seem to have gone.
      const accountId = accountOf(resources);
      if (practice && accountId !== undefined && accountId !== session.identity.accountId) {
        return unread(`The state of ${stack} was not used: it is of account ${accountId}, and the emulator is not.`);
      }
      return { manages: managedIn(resources), made: namesIn(resources), ...(accountId !== undefined && { accountId }) };
    } finally {
      await host.close();
    }
  } catch (error) {
    const code = error instanceof BaselineError ? error.code : "";
    if (code === "unknown-stack") {
      // A stack that was never made manages nothing, and that is certain.
      const note = `There is no stack ${stack} where Pulumi keeps its state now, so that it was taken to manage nothing. If it is kept elsewhere, sign in there first: what is imported a second time is replaced.`;
      return { manages: () => false, notes: [note] };
    }
    if (code === "no-pulumi") {
      return unread("No stack's state was read, because there is no `pulumi` on PATH.");
    }
    if (practice && error instanceof BaselineError) {
      return unread(`No stack's state was read: ${error.message}`);
    }
    throw error;
  }
}

/** What a stack manages can then be guessed only. @param why a sentence */
function unread(why: string): { notes: string[] } {
  const guess =
    "What has the baseline's names and tags is taken for the stack's own. If a former stack left it behind, `up` fails over it: run `adopt` with --stack and Pulumi's CLI.";
  return { notes: [`${why} ${guess}`] };
}

function agreed({ yes, json }: AdoptOptions, file: string, terminal: Terminal): Promise<Answer> {
  if (yes) {
    return Promise.resolve("yes");
  }
  if (json || !terminal.input.isTTY) {
    throw badInput(
      "not-agreed",
      `The changes to ${file} were not written, because nobody can be asked here.`,
      "Run it with --yes to write them, or with --dry-run to look only.",
    );
  }
  return question("Write this to the stack file? [y/N] ", terminal);
}
