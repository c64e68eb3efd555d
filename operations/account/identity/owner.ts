import { accessKeysOf } from "./user-lists";
import { type AwsClients } from "../../../aws/clients";
import { badInput, BaselineError } from "../../../common/errors";
import { ask } from "../../../aws/ask";
import { listOf } from "../../../aws/attempt";
import { endsSurvey } from "../../../aws/problem";

/** Whose an access key is. */
export type KeyOwner =
  | {
      readonly kind: "user";
      readonly user: string;
      /** Of a long-lived key. */
      readonly status?: "Active" | "Inactive";
      /** ISO 8601; of a long-lived key. */
      readonly createdAt?: string;
      /** Left out when it was never used, or cannot be told. */
      readonly lastUsed?: { readonly at: string; readonly service: string; readonly region: string };
    }
  /** Keys of a session of a role. */
  | { readonly kind: "role"; readonly role: string; readonly session?: string }
  | { readonly kind: "root" }
  /** A key of no principal that could be found, and why. */
  | { readonly kind: "unknown"; readonly reason: string; readonly accountId?: string };

export interface OwnerOptions {
  /** Where CloudTrail is asked for the session of temporary keys, in this order. Default: where calls go by default. */
  readonly regions?: readonly string[];
}

/**
 * Finds whose an access key is. Long-lived ones (`AKIA`) by IAM, first by the key and, where that is denied, by the keys
 * of every user; temporary ones (`ASIA`) by the last CloudTrail event (90 days) they signed. Nothing is written.
 *
 * @throws BaselineError `not-an-access-key` for what does not look like one
 * @throws BaselineError `no-credentials`, `credentials-expired`
 */
export async function ownerOf(aws: AwsClients, accessKeyId: string, options: OwnerOptions = {}): Promise<KeyOwner> {
  if (!/^[A-Z0-9]{16,128}$/.test(accessKeyId)) {
    throw badInput(
      "not-an-access-key",
      "What was given is no access key id.",
      "An id begins with AKIA (long-lived) or ASIA (temporary); never give the secret half.",
    );
  }
  const found = isTemporary(accessKeyId)
    ? await bySignedEvent(aws, accessKeyId, options.regions ?? [aws.defaultRegion])
    : await byIam(aws, accessKeyId);
  if (found.kind !== "unknown") {
    return found;
  }
  const accountId = await accountOf(aws, accessKeyId);
  return accountId === undefined ? found : { ...found, accountId };
}

/** Whether a key is one of a session. Source: IAM User Guide, "Unique identifiers". */
export function isTemporary(accessKeyId: string): boolean {
  return /^ASIA/.test(accessKeyId);
}

async function byIam(aws: AwsClients, id: string): Promise<KeyOwner> {
  const iam = aws.iam();
  const used = await told(() =>
    ask("iam:GetAccessKeyLastUsed", aws.defaultRegion, () => iam.getAccessKeyLastUsed({ AccessKeyId: id })),
  );
  const user = "value" in used ? used.value.UserName : undefined;
  if (user !== undefined && user !== "") {
    const { LastUsedDate, ServiceName = "", Region = "" } = ("value" in used && used.value.AccessKeyLastUsed) || {};
    const [own] = await keysOf(aws, user, id).catch(unlessEnded);
    return {
      kind: "user",
      user,
      ...own,
      ...(LastUsedDate && { lastUsed: { at: LastUsedDate.toISOString(), service: ServiceName, region: Region } }),
    };
  }
  return bySearch(aws, id, "reason" in used ? used.reason : "IAM names no user for it.");
}

/** A key whose last use cannot be asked for is still in its user's list. */
async function bySearch(aws: AwsClients, id: string, before: string): Promise<KeyOwner> {
  const listed = await told(() =>
    listOf("Users", (Marker) => ask("iam:ListUsers", aws.defaultRegion, () => aws.iam().listUsers({ Marker }))),
  );
  if ("reason" in listed) {
    return { kind: "unknown", reason: `${before} ${listed.reason}` };
  }
  const unread: string[] = [];
  for (const { UserName = "" } of listed.value) {
    const keys = await told(() => keysOf(aws, UserName, id));
    if ("reason" in keys) {
      unread.push(keys.reason);
      continue;
    }
    const [own] = keys.value;
    if (own !== undefined) {
      return { kind: "user", user: UserName, ...own };
    }
  }
  if (unread.length > 0) {
    // Nobody may take it for deleted, or somebody else's, who has not looked everywhere.
    const where = `the keys of ${unread.length} of ${listed.value.length} user(s) could not be listed`;
    return { kind: "unknown", reason: `${before} ${capital(where)}: ${unread[0]}` };
  }
  return { kind: "unknown", reason: "No user of this account has this key: deleted, of root, or of another account." };
}

async function keysOf(aws: AwsClients, UserName: string, id: string) {
  const keys = await ask("iam:ListAccessKeys", aws.defaultRegion, () => accessKeysOf(aws.iam(), UserName));
  return keys
    .filter(({ AccessKeyId }) => AccessKeyId === id)
    .map(({ Status, CreateDate }) => ({
      ...((Status === "Active" || Status === "Inactive") && { status: Status }),
      ...(CreateDate && { createdAt: CreateDate.toISOString() }),
    }));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

interface Signer {
  accountId?: string;
  type?: string;
  userName?: string;
  arn?: string;
  sessionContext?: { sessionIssuer?: { type?: string; userName?: string } };
}

async function bySignedEvent(aws: AwsClients, id: string, regions: readonly string[]): Promise<KeyOwner> {
  const reasons: string[] = [];
  for (const region of regions) {
    const asked = await told(() =>
      ask("cloudtrail:LookupEvents", region, () =>
        aws.cloudtrail(region).lookupEvents({
          LookupAttributes: [{ AttributeKey: "AccessKeyId", AttributeValue: id }],
          MaxResults: 1,
        }),
      ),
    );
    if ("reason" in asked) {
      reasons.push(asked.reason);
      continue;
    }
    const owner = asked.value.Events?.map(({ CloudTrailEvent }) => signerOf(CloudTrailEvent)).find(Boolean);
    if (owner) {
      return owner;
    }
  }
  const looked = `CloudTrail has no event of it in ${regions.join(", ")}.`;
  return { kind: "unknown", reason: reasons.length > 0 ? [...new Set(reasons)].join(" ") : looked };
}

/** Who signed an event with temporary keys. Source: CloudTrail User Guide, "CloudTrail userIdentity element". */
export function signerOf(record: string | undefined): KeyOwner | undefined {
  let signer: Signer | undefined;
  let recipient: string | undefined;
  try {
    ({ userIdentity: signer, recipientAccountId: recipient } = JSON.parse(record ?? "{}") as {
      userIdentity?: Signer;
      recipientAccountId?: string;
    });
  } catch {
    return undefined;
  }
  // A role of the same name may well be here too, and is innocent.
  if (signer?.accountId && recipient && signer.accountId !== recipient) {
    const { accountId } = signer;
    return {
      kind: "unknown",
      reason: `It signs for account ${accountId}, not for this one (${recipient}).`,
      accountId,
    };
  }
  const issuer = signer?.sessionContext?.sessionIssuer;
  if (signer?.type === "Root" || issuer?.type === "Root") {
    return { kind: "root" };
  }
  if (issuer?.type === "Role" && issuer.userName) {
    const session = signer?.arn?.split("/").at(-1);
    return { kind: "role", role: issuer.userName, ...(session !== undefined && { session }) };
  }
  const user = issuer?.userName ?? signer?.userName;
  return user ? { kind: "user", user } : undefined;
}

async function accountOf(aws: AwsClients, AccessKeyId: string): Promise<string | undefined> {
  const asked = await told(() =>
    ask("sts:GetAccessKeyInfo", aws.defaultRegion, () => aws.sts().getAccessKeyInfo({ AccessKeyId })),
  );
  return "value" in asked ? asked.value.Account : undefined;
}

async function told<T>(look: () => Promise<T>): Promise<{ value: T } | { reason: string }> {
  try {
    return { value: await look() };
  } catch (error) {
    unlessEnded(error);
    return { reason: (error as Error).message.split("\n")[0] ?? "" };
  }
}

function unlessEnded(error: unknown): [] {
  if (endsSurvey(error) || !(error instanceof BaselineError)) {
    throw error;
  }
  return [];
}
