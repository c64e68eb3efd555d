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
}

/**
 * The accounts as GitHub Actions takes them: `matrix: ${{ fromJSON(needs.accounts.outputs.matrix) }}`.
 *
 * Source: GitHub Docs, "Running variations of jobs in a workflow"; at most 256 jobs to a matrix.
 * @param regionOf home region of an account
 */
export function matrixOf(accounts: FleetAccount[], regionOf: (account: FleetAccount) => string) {
  const include = accounts.map((account): MatrixEntry => {
    const { name, stack, accountId, roles } = account;
    return { name, stack, accountId, role: roles.at(-1)?.roleArn ?? "", region: regionOf(account) };
  });
  return { include };
}
