import { join, relative } from "node:path";
import { type AwsClients } from "../../common/aws-clients";
import { BaselineError, ExitCode } from "../../common/errors";
import { packageRoot } from "../../common/package-root";
import { type Answer, question, type Terminal } from "../../common/question";
import { Progress } from "../../common/terminal";
import { settingsFromConfig } from "../../components/settings/from-config";
import { readProject, readStackConfig } from "../../sandbox/host/stack-file";
import { accountClients } from "../aws/account-clients";
import { accountOf } from "../engine/state-account";
import { openUserStack } from "../engine/user-stack";
import { planAdoption } from "./adopt";
import { hasChanges } from "./merge";
import { type Manages } from "./model";
import { renderAdopt } from "./render";
import { adoptExitCode } from "./report";
import { type AdoptOptions, type AdoptRequest } from "./request";
import { rewritten, textOf, write } from "./stack-settings";
import { managedIn, namesIn } from "./state";

/**
 * Reads, tells, asks and writes.
 *
 * @returns the exit code: 0 when the settings cover everything found; 3 when the user has to decide something; 1 when
 *   something could not be read, or the user answered no; 130 when the question was answered with Ctrl-C
 */
export async function runAdopt(
  request: AdoptRequest,
  options: AdoptOptions,
  clients?: AwsClients,
  terminal: Terminal = { input: process.stdin, output: process.stderr },
): Promise<number> {
  const { file } = request;
  const project = readProject(join(packageRoot(), "Pulumi.yaml"));
  const config = readStackConfig(project, file);
  const settings = settingsFromConfig(project.name, config);
  const { endpoint } = options;
  const aws =
    clients ?? accountClients({ defaultRegion: settings.homeRegion, ...(endpoint !== undefined && { endpoint }) });
  const progress = new Progress();
  try {
    const { accountId, ...state } = await readState(request, (text) => progress.say(text));
    const report = await planAdoption({
      aws,
      settings,
      file: relative(process.cwd(), file) || file,
      allowedAccountIds: accountId === undefined ? accountIds(config["aws:allowedAccountIds"]) : [accountId],
      ...(request.regions && { regions: request.regions }),
      trail: options.trail,
      ...state,
      onProgress: (text) => progress.say(text),
    });
    progress.clear();
    const written = { ...report, changed: hasChanges(report.changes) };
    const text = options.json ? JSON.stringify(written, undefined, 2) : renderAdopt(report, settings.adopt);
    process.stdout.write(`${text}\n`);
    if (written.changed && !options.dryRun) {
      const answer = await agreed(options, file, terminal);
      if (answer !== "yes") {
        terminal.output.write(`${answer === "stopped" ? "Stopped. " : ""}Nothing was written.\n`);
        return answer === "stopped" ? ExitCode.interrupted : ExitCode.failed;
      }
      write(file, rewritten(textOf(file), project.name, report.changes));
      terminal.output.write(`Written to ${report.file}.\n`);
    }
    return adoptExitCode(report);
  } finally {
    progress.clear();
    if (!clients) {
      aws.destroy();
    }
  }
}

/** What the stack manages already, so that nothing of it is offered to it again: the engine would replace it. */
async function readState(
  { stack }: AdoptRequest,
  onProgress: (text: string) => void,
): Promise<{ manages?: Manages; made?: ReadonlySet<string>; accountId?: string; notes?: string[] }> {
  if (stack === undefined) {
    return { notes: ["No stack's state was read: what the baseline made was told by its tags and names."] };
  }
  onProgress("reading the stack's state");
  try {
    const host = await openUserStack({ stack });
    try {
      const resources = await host.resources();
      // Of another account nothing would be ours, and every entry of the settings would seem to have gone.
      const accountId = accountOf(resources);
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
      return { notes: ["There is no `pulumi` on PATH: what the baseline made was told by its tags and names."] };
    }
    throw error;
  }
}

function accountIds(text: string | undefined): string[] {
  try {
    const list: unknown = JSON.parse(text || "[]");
    return Array.isArray(list) ? list.map(String) : [];
  } catch {
    return [];
  }
}

function agreed({ yes, json }: AdoptOptions, file: string, terminal: Terminal): Promise<Answer> {
  if (yes) {
    return Promise.resolve("yes");
  }
  if (json || !terminal.input.isTTY) {
    throw new BaselineError(
      "not-agreed",
      `The changes to ${file} were not written, because nobody can be asked here.`,
      "Run it with --yes to write them, or with --dry-run to look only.",
      ExitCode.badInput,
    );
  }
  return question("Write this to the stack file? [y/N] ", terminal);
}
