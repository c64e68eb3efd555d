import { join } from "node:path";
import { packageRoot } from "../../common/package-root";
import { jsonText } from "../../common/printable";
import { tell } from "../../common/terminal";
import { settingsFromConfig } from "../../components/settings/from-config";
import { programFolder } from "../engine/program-folder";
import { readProject } from "../../sandbox/host/stack-file";
import { accountClients } from "../aws/account-clients";
import { accountConfig, requireValidSettings, stackSettings } from "./account-settings";
import { type FleetAccount } from "./account";
import { loadAccounts } from "./accounts";
import { deploymentSettings } from "./export-deployments";
import { operatorStacks } from "./export-operator";
import { type ExportOptions, exportSource, requireOrganization } from "./export-source";
import { matrixOf } from "./matrix";

export interface HandOverOptions {
  accounts: string;
  only?: string;
  endpoint?: string;
  /** Folder of the program, with `Pulumi.yaml` and the stack files. Default: this package's. */
  program?: string;
}

/** The accounts as a GitHub Actions matrix, in one line. */
export async function matrixText(options: HandOverOptions): Promise<string> {
  const { accounts, project, workDir } = await checked(options);
  const regionOf = (account: FleetAccount) =>
    settingsFromConfig(project.name, stackSettings(account, project, workDir)).homeRegion;
  return JSON.stringify(matrixOf(accounts, regionOf, workDir));
}

/** The accounts as another engine takes them. */
export async function exportText(
  to: "operator" | "deployments",
  options: HandOverOptions & ExportOptions,
): Promise<string> {
  const { accounts, project } = await checked(options);
  const source = exportSource(options, project.name);
  if (to === "deployments") {
    requireOrganization(accounts, source);
  }
  return to === "operator"
    ? operatorStacks(accounts, source, (account) => accountConfig(account, project.name)).trimEnd()
    : jsonText(deploymentSettings(accounts, source));
}

async function checked({ accounts: file, only, endpoint, program }: HandOverOptions) {
  const workDir = program === undefined ? packageRoot() : programFolder(program);
  const project = readProject(join(workDir, "Pulumi.yaml"));
  const { accounts, leftOut } = await loadAccounts(file, only, () => accountClients({ ...(endpoint && { endpoint }) }));
  leftOut.forEach((each) => tell(`left out: ${each}`));
  requireValidSettings(accounts, project, workDir);
  return { accounts, project, workDir };
}
