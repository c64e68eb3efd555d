import { existsSync } from "node:fs";
import { BaselineError, ExitCode } from "../../common/errors";
import { partitionOf } from "../../components/partition";
import { knownRegions } from "../../components/settings/checks";
import { settingsFromConfig } from "../../components/settings/from-config";
import { type Project, readStackConfig, withDefaults } from "../../sandbox/host/stack-file";
import { stackFile } from "../engine/stack-config-file";
import { type FleetAccount } from "./account";

/** Settings of an account that go over its stack file, texts by full key, `excludeRegions` from its regions among them. */
export function accountConfig(account: FleetAccount, project: string): Record<string, string> {
  const { config, regions } = account;
  const excluded = regions?.exclude ?? (regions?.only && allBut(regions.only));
  const all = { ...config, ...(excluded && { [`${project}:excludeRegions`]: excluded }) };
  return withDefaults({ name: project, defaults: {} }, all);
}

/** The configuration the program will get: stack file over defaults, and the account's own over both. */
export function stackSettings(account: FleetAccount, project: Project, workDir: string): Record<string, string> {
  const path = stackFile(workDir, account.stack);
  const own = existsSync(path) ? readStackConfig(project, path) : project.defaults;
  return { ...own, ...accountConfig(account, project.name) };
}

/**
 * Parses the settings of every account as the program will, so that a wrong one is known before the first account is
 * touched.
 *
 * @param workDir folder of `Pulumi.yaml` and the stack files
 * @throws BaselineError `invalid-settings` with the problems of all accounts
 */
export function requireValidSettings(accounts: FleetAccount[], project: Project, workDir: string): void {
  const problems = accounts.flatMap((account) => {
    try {
      settingsFromConfig(project.name, stackSettings(account, project, workDir));
      return [];
    } catch (error) {
      if (!(error instanceof BaselineError)) {
        throw error;
      }
      const [, ...lines] = error.message.split("\n").slice(0, error.next ? -1 : undefined);
      return [`${account.name}:\n${(lines.length > 0 ? lines : [error.message]).join("\n")}`];
    }
  });
  if (problems.length > 0) {
    throw new BaselineError(
      "invalid-settings",
      `The settings of ${problems.length} of ${accounts.length} account(s) are wrong; nothing was done.\n${problems.join("\n")}`,
      "Correct them under config in the accounts file, or in the stack file (Pulumi.<stack>.yaml).",
      ExitCode.badInput,
    );
  }
}

function allBut(only: string[]): string[] {
  const partition = partitionOf(only[0] ?? "");
  return [...knownRegions].filter((each) => partitionOf(each) === partition && !only.includes(each)).sort();
}
