import { relative, sep } from "node:path";
import { type FleetAccount } from "./account";

/** One job of a GitHub Actions matrix. */
export interface MatrixEntry {
  name: string;
  stack: string;
  accountId: string;
  /** ARN of the role to take with OIDC; empty where there is none. */
  role: string;
  /** Home region. */
  region: string;
  /** Configuration of the policy pack, from the folder of the program; empty where there is none. */
  policyConfig: string;
}

/**
 * The accounts as GitHub Actions takes them: `matrix: ${{ fromJSON(needs.accounts.outputs.matrix) }}`.
 *
 * Source: GitHub Docs, "Running variations of jobs in a workflow"; at most 256 jobs to a matrix.
 * @param regionOf home region of an account
 * @param workDir folder of the program
 */
export function matrixOf(accounts: FleetAccount[], regionOf: (account: FleetAccount) => string, workDir: string) {
  const include = accounts.map((account): MatrixEntry => {
    const { name, stack, accountId, roles, policyConfig } = account;
    const role = roles.at(-1)?.roleArn ?? "";
    // With `/`, as git and the workflows write it.
    const config = policyConfig === undefined ? "" : relative(workDir, policyConfig).split(sep).join("/");
    return { name, stack, accountId, role, region: regionOf(account), policyConfig: config };
  });
  return { include };
}
