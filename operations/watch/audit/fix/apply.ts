import { accessKeysOf } from "../../../account/identity/user-lists";
import { type AwsClients } from "../../../../aws/clients";
import { BaselineError } from "../../../../common/errors";
import { ask, awsErrorName } from "../../../../aws/ask";
import { isIdentityLost } from "../../../../aws/identity";
import { endsWrites } from "../../../../aws/write-state";
import { applyCalls, type Noted } from "../../../evidence/apply";
import { leftUndone } from "../../../evidence/left-undone";
import { daysSince, limits } from "../model";
import { type Caller, type Deed, FIX_STEP, type FixResult } from "./model";
import { asCall } from "./plan";

export interface ApplyOptions {
  /** Where each change is noted before it is made, and after. Default: nowhere. */
  evidence?: Noted;
  /** Where IAM is asked. */
  region: string;
  now: Date;
  caller: Caller;
  /** Once aborted, no further deed is begun. */
  signal?: AbortSignal;
  onProgress?: (text: string) => void;
  /** Called as soon as it is known what became of a deed. */
  onResult?: (result: FixResult) => void;
}

/**
 * Does the deeds, one after the other. Before each, IAM is asked again, because a credential report may be four hours
 * old: what was used since, is done already, or is gone is skipped. One that fails stops no other, but for credentials
 * that have expired. A deed without an answer is read back.
 */
export async function applyFix(aws: AwsClients, deeds: readonly Deed[], options: ApplyOptions): Promise<FixResult[]> {
  const results: FixResult[] = [];
  const ended = (result: FixResult) => {
    results.push(result);
    options.onResult?.(result);
  };
  let over: string | undefined;
  for (const deed of deeds) {
    over ??= options.signal?.aborted ? "Stopped before it." : undefined;
    if (over !== undefined) {
      ended({ deed, outcome: "not tried", reason: over });
      continue;
    }
    options.onProgress?.(nameOf(deed));
    try {
      const reason = await (deed.kind === "deactivate-key" ? whyNotKey : whyNotConsole)(aws, deed as never, options);
      ended(reason === undefined ? await apply(aws, deed, options) : { deed, outcome: "skipped", reason });
    } catch (error) {
      if (!(error instanceof BaselineError) || error.code === "evidence-not-written" || isIdentityLost(error)) {
        throw leftUndone(error, {
          done: results.filter(({ outcome }) => outcome === "done").map((each) => nameOf(each.deed)),
          begun: nameOf(deed),
          left: deeds.slice(results.length + 1).map(nameOf),
        });
      }
      const [reason = ""] = error.message.split("\n");
      ended({ deed, outcome: "failed", reason });
      over = endsWrites(error) ? reason : undefined;
    }
  }
  return results;
}

async function apply(aws: AwsClients, deed: Deed, { evidence, region, signal }: ApplyOptions): Promise<FixResult> {
  const context = {
    aws,
    evidence: evidence ?? nowhere,
    signal: signal ?? new AbortController().signal,
    say: () => undefined,
  };
  const [{ state, reason = "" } = { state: "not tried" as const }] = await applyCalls(context, FIX_STEP, [
    asCall(deed, region),
  ]);
  return state === "absent" ? { deed, outcome: "skipped", reason: "It is gone." } : { deed, outcome: state, reason };
}

const nowhere: Noted = { record: () => ({ n: 0 }) };

function nameOf(deed: Deed): string {
  return deed.kind === "deactivate-key" ? `key ${deed.keyId} of ${deed.user}` : `console password of ${deed.user}`;
}

/** @returns why it is not to be done */
async function whyNotKey(
  aws: AwsClients,
  { user: UserName, keyId: AccessKeyId }: Extract<Deed, { kind: "deactivate-key" }>,
  { region, now, caller }: ApplyOptions,
): Promise<string | undefined> {
  const iam = aws.iam(region);
  if (AccessKeyId === caller.accessKeyId) {
    return "It signs this very fix.";
  }
  const keys = await unlessGone(() => ask("iam:ListAccessKeys", region, () => accessKeysOf(iam, UserName)));
  const key = keys?.find((each) => each.AccessKeyId === AccessKeyId);
  if (key?.Status !== "Active") {
    return key ? "It is Inactive already." : "It is gone.";
  }
  const { AccessKeyLastUsed } = await ask("iam:GetAccessKeyLastUsed", region, () =>
    iam.getAccessKeyLastUsed({ AccessKeyId }),
  );
  if (isRecent(AccessKeyLastUsed?.LastUsedDate ?? key.CreateDate, now)) {
    return "It has been used since the report was made.";
  }
  return undefined;
}

async function whyNotConsole(
  aws: AwsClients,
  { user: UserName }: Extract<Deed, { kind: "delete-login-profile" }>,
  { region, now, caller }: ApplyOptions,
): Promise<string | undefined> {
  const iam = aws.iam(region);
  if (UserName === caller.user) {
    return "It belongs to whoever runs this fix.";
  }
  const found = await unlessGone(() => ask("iam:GetUser", region, () => iam.getUser({ UserName })));
  const profile = await unlessGone(() => ask("iam:GetLoginProfile", region, () => iam.getLoginProfile({ UserName })));
  if (!found || !profile) {
    return "There is no console password any more.";
  }
  if (isRecent(found.User?.PasswordLastUsed, now)) {
    return "It has been used since the report was made.";
  }
  return undefined;
}

function isRecent(date: Date | undefined, now: Date): boolean {
  const unused = daysSince(date?.toISOString(), now);
  return unused !== undefined && unused <= limits.unused;
}

async function unlessGone<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (awsErrorName(error).startsWith("NoSuchEntity")) {
      return undefined;
    }
    throw error;
  }
}
