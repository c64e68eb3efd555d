import { trustPairs } from "./pairs/trust";
import { attachmentPairs } from "./pairs/attachments";
import { baselinePairs } from "./pairs/baseline";
import { credentialPairs } from "./pairs/credentials";
import { hardcodedPairs } from "./pairs/hardcoded";
import { identityPairs } from "./pairs/identity";
import { networkPairs } from "./pairs/network";
import { carrierPairs } from "./pairs/carriers";
import { machinePairs } from "./pairs/machines";
import { nativeBaselinePairs } from "./pairs/native-baseline";
import { type Pair } from "./pairs/pair";
import { storagePairs } from "./pairs/storage";

export { type Pair, withValue } from "./pairs/pair";

/** One for every policy and every type of resource it looks at. */
export const pairs: readonly Pair[] = [
  ...identityPairs,
  ...networkPairs,
  ...storagePairs,
  ...machinePairs,
  ...carrierPairs,
  ...attachmentPairs,
  ...credentialPairs,
  ...hardcodedPairs,
  ...baselinePairs,
  ...nativeBaselinePairs,
  ...trustPairs,
];

/** The pair of one policy and type. */
export function pairOf(policy: string, type: string): Pair {
  const found = pairs.find((each) => each.policy === policy && each.type === type);
  if (found === undefined) throw new Error(`no pair of ${policy} and ${type}`);
  return found;
}
