import { existsSync } from "node:fs";
import { badInput, BaselineError } from "../../../common/errors";
import { partitionOf } from "../../../components/foundation/partition";
import { knownRegions } from "../../../components/foundation/settings/checks";
import { type Where } from "../../../components/foundation/settings/problem";
import { stackFilePlaces } from "../../../components/foundation/settings/stack-places";
import { settingsFromConfig } from "../../../components/stack-config";
import { type Project, readStackConfig, withDefaults } from "../../../engine/stack-files/stack-file";
import { callsElsewhere, providerSetting } from "../../../engine/pulumi/stack-calls";
import { stackFile } from "../../../engine/stack-files/stack-config-file";
import { type FleetAccount } from "./account";

const allowedIds = "aws:allowedAccountIds";

/**
 * Settings of an account that go over its stack file, texts by full key: `excludeRegions` from its regions among them, and
 * the account's id, by which the AWS provider itself refuses any other account, whoever runs it.
 */
export function accountConfig(account: FleetAccount, project: string): Record<string, string> {
  const { accountId, config, regions } = account;
  const excluded = regions?.exclude ?? (regions?.only && allBut(regions.only));
  const all = {
    ...config,
    ...(excluded && { [`${project}:excludeRegions`]: excluded }),
    [allowedIds]: [accountId],
  };
  return withDefaults({ name: project, defaults: {} }, all);
}

/** The configuration the program will get: stack file over defaults, and the account's own over both. */
export function stackSettings(account: FleetAccount, project: Project, workDir: string): Record<string, string> {
  return { ...fileSettings(account, project, workDir), ...accountConfig(account, project.name) };
}

function fileSettings({ stack }: FleetAccount, project: Project, workDir: string): Record<string, string> {
  const path = stackFile(workDir, stack);
  return existsSync(path) ? readStackConfig(project, path) : project.defaults;
}

/** A stack file that is another account's, as after an account took over a name, would put this one in that one's state. */
function requireOwnFile({ accountId, config, stack }: FleetAccount, own: Record<string, string>): void {
  const said = [own[allowedIds], config[allowedIds]].filter((each) => each !== undefined);
  const other = said.map((each) => (typeof each === "string" ? each : JSON.stringify(each)));
  const wrong = other.find((each) => !each.includes(accountId));
  if (wrong !== undefined) {
    const lines = `  ${allowedIds} = ${wrong}\n    allowed: ${accountId}, whose stack ${stack} is to be`;
    throw badInput("wrong-account", `Another account's stack.\n${lines}`, "");
  }
}

/**
 * Parses the settings of every account as the program will, so that a wrong one is known before the first account is
 * touched.
 *
 * @param workDir folder of `Pulumi.yaml` and the stack files
 * @param endpoint of an emulator: settings may send calls there
 * @param whereOf tells where the accounts file has the settings of an account
 * @throws BaselineError `invalid-settings` with the problems of all accounts
 */
export function requireValidSettings(
  accounts: FleetAccount[],
  project: Project,
  workDir: string,
  endpoint?: string,
  whereOf?: (account: FleetAccount) => Where,
): void {
  const problems = accounts.flatMap((account) => {
    try {
      requireOwnFile(account, fileSettings(account, project, workDir));
      const settings = stackSettings(account, project, workDir);
      const file = stackFile(workDir, account.stack);
      const inStackFile = existsSync(file) ? stackFilePlaces(file, project.name) : undefined;
      settingsFromConfig(project.name, settings, (path) => whereOf?.(account)(path) ?? inStackFile?.(path));
      const elsewhere = callsElsewhere(`stack ${account.stack}`, providerSetting(settings), endpoint);
      return elsewhere ? [`${account.name}:\n  ${elsewhere.sentence}. ${elsewhere.next}`] : [];
    } catch (error) {
      if (!(error instanceof BaselineError)) {
        throw error;
      }
      const [, ...lines] = error.message.split("\n").slice(0, error.next ? -1 : undefined);
      return [`${account.name}:\n${(lines.length > 0 ? lines : [error.message]).join("\n")}`];
    }
  });
  if (problems.length > 0) {
    throw badInput(
      "invalid-settings",
      `The settings of ${problems.length} of ${accounts.length} account(s) are wrong; nothing was done.\n${problems.join("\n")}`,
      "Correct them under config in the accounts file, or in the stack file (Pulumi.<stack>.yaml).",
    );
  }
}

function allBut(only: string[]): string[] {
  const partition = partitionOf(only[0] ?? "");
  return [...knownRegions].filter((each) => partitionOf(each) === partition && !only.includes(each)).sort();
}
