import { type AwsClients } from "../../../common/aws-clients";
import { BaselineError } from "../../../common/errors";
import { ask, awsErrorName } from "../../aws/ask";
import { isIdentityLost } from "../../aws/identity";
import { daysSince, limits } from "../model";
import { type Caller, type Deed, type FixResult } from "./model";

export interface ApplyOptions {
  /** Where IAM is asked. */
  region: string;
  now: Date;
  caller: Caller;
  /** Once aborted, no further deed is begun. */
  signal?: AbortSignal;
  onProgress?: (text: string) => void;
}

/**
 * Does the deeds, one after the other. Before each, IAM is asked again, because a credential report may be four hours
 * old: what was used since, is done already, or is gone is skipped. One that fails stops no other.
 */
export async function applyFix(aws: AwsClients, deeds: readonly Deed[], options: ApplyOptions): Promise<FixResult[]> {
  const results: FixResult[] = [];
  for (const deed of deeds) {
    if (options.signal?.aborted) {
      results.push({ deed, outcome: "skipped", reason: "Stopped before it." });
      continue;
    }
    options.onProgress?.(deed.kind === "deactivate-key" ? `deactivating ${deed.keyId}` : `closing ${deed.user}`);
    try {
      const reason = await (deed.kind === "deactivate-key"
        ? deactivate(aws, deed, options)
        : closeConsole(aws, deed, options));
      results.push({ deed, outcome: reason === undefined ? "done" : "skipped", reason: reason ?? "" });
    } catch (error) {
      if (!(error instanceof BaselineError) || error.code === "evidence-not-written" || isIdentityLost(error)) {
        throw error;
      }
      results.push({ deed, outcome: "failed", reason: error.message.split("\n")[0] ?? error.message });
    }
  }
  return results;
}

/** @returns why it was not done */
async function deactivate(
  aws: AwsClients,
  { user: UserName, keyId: AccessKeyId }: Extract<Deed, { kind: "deactivate-key" }>,
  { region, now, caller }: ApplyOptions,
): Promise<string | undefined> {
  const iam = aws.iam(region);
  if (AccessKeyId === caller.accessKeyId) {
    return "It signs this very fix.";
  }
  const keys = await unlessGone(() => ask("iam:ListAccessKeys", region, () => iam.listAccessKeys({ UserName })));
  const key = keys?.AccessKeyMetadata?.find((each) => each.AccessKeyId === AccessKeyId);
  if (key?.Status !== "Active") {
    return key ? "It is Inactive already." : "It is gone.";
  }
  const { AccessKeyLastUsed } = await ask("iam:GetAccessKeyLastUsed", region, () =>
    iam.getAccessKeyLastUsed({ AccessKeyId }),
  );
  if (isRecent(AccessKeyLastUsed?.LastUsedDate ?? key.CreateDate, now)) {
    return "It has been used since the report was made.";
  }
  await ask("iam:UpdateAccessKey", region, () => iam.updateAccessKey({ UserName, AccessKeyId, Status: "Inactive" }));
  return undefined;
}

async function closeConsole(
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
  await unlessGone(() => ask("iam:DeleteLoginProfile", region, () => iam.deleteLoginProfile({ UserName })));
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
