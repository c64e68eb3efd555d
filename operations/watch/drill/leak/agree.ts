import { wrap } from "../../../../common/table";
import { type LeakDrillPlan } from "./plan";

/** What a drill would make, remove and have people told. At most `width` columns, as far as its words allow. */
export function leakAnnouncement(plan: LeakDrillPlan, width = 80): string {
  const { accountId, accountAlias, homeRegion, names, mode, user, policy, timeout, before, others } = plan;
  const account = accountAlias ? `${accountId} (${accountAlias})` : accountId;
  const amiss = before.filter(({ holds }) => !holds);
  return [
    `Account ${account}, home region ${homeRegion}: a drill of ${names.machine}, mode ${mode}.`,
    "",
    `Makes the IAM user ${user}, without any permission, and an access key for it, whose secret is thrown away at once.`,
    `Attaches ${policy.split("/").pop()} to it, a policy that only denies: to the response, a leak.`,
    `Waits up to ${timeout} s for the answer, and removes user, key and policies, also when it fails or is stopped.`,
    `People hear ACCESS KEY LEAKED of that user, in earnest words, and where these alerts are on, of a new user and key, ` +
      "and of the quarantine that is taken off. Tell them first.",
    ...others.leftBehind.map((each) => `Left behind by an earlier drill, and removed as well: ${each}.`),
    ...others.running.map((each) => `Of a drill that may be running now, and left alone: ${each}.`),
    ...(amiss.length > 0 ? ["", "Does not hold, as it is:"] : []),
    ...amiss.map(({ region, says }) => `- ${region ? `${region}: ` : ""}${says}`),
    "",
  ]
    .flatMap((line) => wrap(line, width))
    .join("\n");
}
