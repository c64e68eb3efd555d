import type { Clients } from "./clients";

/** For ids and ARNs that AWS makes of the account's own id. */
export async function accountIdOf(clients: Clients): Promise<string> {
  const { Account = "" } = await clients.sts().getCallerIdentity({});
  return Account;
}
