import { dirname, resolve } from "node:path";
import { type AwsClients } from "../../../aws/clients";
import { badInput } from "../../../common/errors";
import { globMatches } from "../../../common/glob";
import { type Where } from "../../../components/foundation/settings/problem";
import { settingKeys } from "../../../components/foundation/settings/stack-places";
import { type FleetAccount } from "./account";
import { type AccountsFile, type Path, readAccounts } from "./accounts-file";
import { programProject } from "./account-of";
import { expandOrganization } from "./organization";

export interface Accounts {
  accounts: FleetAccount[];
  /** What of an organization was left out, and why. */
  leftOut: string[];
  /** Where the file has the settings of an account; undefined for what it does not say. */
  whereOf: (account: FleetAccount) => Where;
}

/**
 * The accounts of a file, with those of its organization, as far as `--only` lets them.
 *
 * @param only glob, or several with commas between them, of names or account ids
 * @param clients asked only where the file names an organization
 * @throws BaselineError `unreadable-file`, `invalid-accounts`, `no-accounts`, and those of `ask`
 */
export async function loadAccounts(
  path: string,
  only: string | undefined,
  clients: () => AwsClients | Promise<AwsClients>,
): Promise<Accounts> {
  const file = readAccounts(path);
  const { accounts, leftOut } = file.organization
    ? await expanded(await clients(), file.organization, file)
    : { accounts: [], leftOut: [] };
  const all = [...file.accounts, ...accounts].map((each) => withPaths(each, dirname(path)));
  const patterns = only?.split(",").map((each) => each.trim());
  const chosen = patterns
    ? all.filter(({ name, accountId }) => patterns.some((each) => globMatches(each, name) || each === accountId))
    : all;
  if (chosen.length === 0) {
    const which = patterns ? ` that --only ${only} names` : "";
    throw badInput(
      "no-accounts",
      `${path} has no account${which}.`,
      all.length > 0 ? `There are ${all.map(({ name }) => name).join(", ")}.` : leftOut.join("; ") || "Name some.",
    );
  }
  return { accounts: chosen, leftOut: patterns ? [] : leftOut, whereOf: (account) => settingPlaces(file, account) };
}

/** An account's own word first, then what all have in common. */
function settingPlaces({ accounts, where, has }: AccountsFile, { name }: FleetAccount): Where {
  const index = accounts.findIndex((each) => each.name === name);
  const holders: Path[] = [...(index < 0 ? [] : [["accounts", index]]), ["defaults"]];
  return ([first = "", ...rest]) => {
    const keys = settingKeys(programProject, String(first));
    const paths = holders.flatMap((holder): Path[] => [
      ...(first === "excludeRegions" ? [[...holder, "regions"]] : []),
      ...keys.map((key) => [...holder, "config", key]),
    ]);
    const found = paths.find(has);
    return found && where([...found, ...rest]);
  };
}

async function expanded(
  aws: AwsClients,
  organization: Parameters<typeof expandOrganization>[1],
  { defaults, accounts }: ReturnType<typeof readAccounts>,
) {
  try {
    return await expandOrganization(aws, organization, defaults, accounts);
  } finally {
    aws.destroy();
  }
}

// As the file that names it has it: from that file's folder.
function withPaths(account: FleetAccount, folder: string): FleetAccount {
  const { policyConfig } = account;
  return policyConfig === undefined ? account : { ...account, policyConfig: resolve(folder, policyConfig) };
}
