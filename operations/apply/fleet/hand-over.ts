import { join } from "node:path";
import { packageRoot } from "../../../common/package-root";
import { jsonText } from "../../../common/printable";
import { tell } from "../../../common/terminal";
import { settingsFromConfig } from "../../../components/stack-config";
import { programFolder } from "../../../engine/program-folder";
import { readProject } from "../../../engine/stack-files/stack-file";
import { type AwsOptions, sessionOptions } from "../../../aws/options";
import { type AwsSession, openSession } from "../../../aws/session";
import { accountConfig, requireValidSettings, stackSettings } from "./account-settings";
import { type FleetAccount } from "./account";
import { loadAccounts } from "./accounts";
import { deploymentSettings } from "./export-deployments";
import { operatorStacks } from "./export-operator";
import { type ExportOptions, exportSource, requireOrganization } from "./export-source";
import { matrixOf } from "./matrix";

export interface HandOverOptions extends AwsOptions {
  accounts: string;
  only?: string;
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

async function checked({ accounts: file, only, program, ...signing }: HandOverOptions) {
  const workDir = program === undefined ? packageRoot() : programFolder(program);
  const project = readProject(join(workDir, "Pulumi.yaml"));
  let session: AwsSession | undefined;
  // Opened only where the file names an organization, which AWS is asked about.
  const clients = async () => (session = await openSession(sessionOptions(signing))).clients;
  const { accounts, leftOut, whereOf } = await loadAccounts(file, only, clients).finally(() => session?.close());
  leftOut.forEach((each) => tell(`left out: ${each}`));
  requireValidSettings(accounts, project, workDir, undefined, whereOf);
  return { accounts, project, workDir };
}
