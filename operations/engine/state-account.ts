import { type ExportedResource } from "../../sandbox/host/host";
import { accountIn } from "../aws/arn";

/** Twelve digits: the account most ARNs of a stack's state are of; undefined of a state without any. */
export function accountOf(state: ExportedResource[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { id, outputs = {} } of state) {
    const account = [outputs["arn"], id].map(accountIn).find((each) => each !== undefined);
    if (account !== undefined) {
      counts.set(account, (counts.get(account) ?? 0) + 1);
    }
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
