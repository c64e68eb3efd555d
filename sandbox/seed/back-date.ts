import type { Clients } from "../provider/clients";
import type { KeyHistory } from "./people";

/**
 * Makes a user and an access key as old as they are said to be. AWS has no call for it; this is the emulator's own
 * (`POST /sandbox/iam-dates` in serve.py), and the one thing seeded that does not go through the SDK.
 *
 * @param account number of the account. Default: the emulator's own
 */
export async function backDate(
  clients: Clients,
  user: string,
  keyId: string,
  key: KeyHistory,
  account?: string,
): Promise<void> {
  const created = key.created.toISOString();
  const lastUsed = key.lastUsed && { ...key.lastUsed, date: key.lastUsed.date.toISOString() };
  const facts = { account, users: { [user]: { created } }, accessKeys: { [keyId]: { created, lastUsed } } };
  const answer = await fetch(`${clients.endpoint}/sandbox/iam-dates`, { method: "POST", body: JSON.stringify(facts) });
  if (!answer.ok) {
    throw new Error(`the emulator did not take the dates of ${user}: HTTP ${answer.status}`);
  }
}
