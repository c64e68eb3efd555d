import { trustText } from "../account/identity/documents";
import { accessKeysOf, attachedPoliciesOf, mfaDevicesOf } from "../account/identity/user-lists";
import { type AwsClients } from "../../aws/clients";
import { type OtherCredential, otherCredentials } from "./triage/credentials";
import { policyNames } from "./contain/deny";
import { Looks } from "./triage/look";
import { type Subject } from "./subject";

export interface KeyState {
  id: string;
  status: "Active" | "Inactive";
  /** ISO 8601, like every time here. */
  created?: string;
}

/** What containment has to know of a user or a role. A member is absent when it could not be told: see `problems`. */
export interface Principal {
  kind: "user" | "role";
  name: string;
  arn?: string;
  created?: string;
  tags?: Record<string, string>;
  /** Of a user. */
  keys?: KeyState[];
  /** A user's long-term credentials beside access keys and the password. */
  credentials?: OtherCredential[];
  /** Whether a user has a password for the console. */
  console?: boolean;
  passwordLastUsed?: string;
  /** Serial numbers of a user's MFA devices. */
  mfa?: string[];
  /** Names of AWS's quarantine policies that are attached to a user. */
  quarantine?: string[];
  /** Inline policies of the names containment uses, as JSON; `none` where there is none. */
  denyPolicy?: string;
  revokePolicy?: string;
  /** Of a role: who may assume it, as JSON, and when it was last used. */
  trust?: string;
  lastUsed?: string;
  problems: string[];
}

/** Reads the state of a user or a role. Nothing is written. */
export async function principalOf(aws: AwsClients, subject: Subject, prefix: string): Promise<Principal> {
  const looks = new Looks(aws);
  const found = await (subject.kind === "user" ? user(looks, subject, prefix) : role(looks, subject, prefix));
  return { kind: subject.kind, name: subject.name, ...found, problems: looks.problems };
}

async function user(looks: Looks, { name: UserName }: Subject, prefix: string): Promise<Partial<Principal>> {
  const iam = looks.aws.iam();
  const inline = (PolicyName: string) =>
    looks.ifAny("iam:GetUserPolicy", () => iam.getUserPolicy({ UserName, PolicyName }));
  const names = policyNames(prefix, "user");
  const [got, keys, credentials, login, mfa, attached, deny, revoke] = await Promise.all([
    looks.part("iam:GetUser", () => iam.getUser({ UserName })),
    looks.part("iam:ListAccessKeys", () => accessKeysOf(iam, UserName)),
    otherCredentials(looks, UserName),
    looks.ifAny("iam:GetLoginProfile", () => iam.getLoginProfile({ UserName })),
    looks.part("iam:ListMFADevices", () => mfaDevicesOf(iam, UserName)),
    looks.part("iam:ListAttachedUserPolicies", () => attachedPoliciesOf(iam, UserName)),
    inline(names.deny),
    inline(names.revoke),
  ]);
  const { Arn, CreateDate, PasswordLastUsed, Tags } = got?.User ?? {};
  return {
    ...given("arn", Arn),
    ...given("created", CreateDate?.toISOString()),
    ...given("passwordLastUsed", PasswordLastUsed?.toISOString()),
    ...(got && { tags: tagsOf(Tags) }),
    ...given("keys", keys?.map(keyState)),
    ...given("credentials", credentials),
    ...given("console", login === undefined ? undefined : login !== "none"),
    ...given(
      "mfa",
      mfa?.map(({ SerialNumber = "" }) => SerialNumber),
    ),
    ...given("quarantine", attached?.map(({ PolicyName = "" }) => PolicyName).filter(isQuarantine)),
    ...given("denyPolicy", documentOf(deny)),
    ...given("revokePolicy", documentOf(revoke)),
  };
}

async function role(looks: Looks, { name: RoleName }: Subject, prefix: string): Promise<Partial<Principal>> {
  const iam = looks.aws.iam();
  const inline = (PolicyName: string) =>
    looks.ifAny("iam:GetRolePolicy", () => iam.getRolePolicy({ RoleName, PolicyName }));
  const names = policyNames(prefix, "role");
  const [got, deny, revoke] = await Promise.all([
    looks.part("iam:GetRole", () => iam.getRole({ RoleName })),
    inline(names.deny),
    inline(names.revoke),
  ]);
  const { Arn, CreateDate, Tags, AssumeRolePolicyDocument: policy, RoleLastUsed } = got?.Role ?? {};
  const trust =
    got && (await looks.part("iam:GetRole", () => Promise.resolve().then(() => trustText(policy, RoleName))));
  return {
    ...given("arn", Arn),
    ...given("created", CreateDate?.toISOString()),
    ...(got && { tags: tagsOf(Tags) }),
    ...given("trust", trust),
    ...given("lastUsed", RoleLastUsed?.LastUsedDate?.toISOString()),
    ...given("denyPolicy", documentOf(deny)),
    ...given("revokePolicy", documentOf(revoke)),
  };
}

/** Every version of it, the ones to come too. Source: AWS managed policy reference, AWSCompromisedKeyQuarantine. */
export function isQuarantine(policyName: string): boolean {
  return policyName.startsWith("AWSCompromisedKeyQuarantine");
}

function keyState({ AccessKeyId = "", Status, CreateDate }: KeyMetadata): KeyState {
  const created = CreateDate && { created: CreateDate.toISOString() };
  return { id: AccessKeyId, status: Status === "Inactive" ? "Inactive" : "Active", ...created };
}

interface KeyMetadata {
  AccessKeyId?: string;
  Status?: string;
  CreateDate?: Date;
}

function documentOf(found: { PolicyDocument?: string | undefined } | "none" | undefined): string | undefined {
  return found === undefined || found === "none" ? found : decodeURIComponent(found.PolicyDocument ?? "");
}

function tagsOf(tags: { Key?: string | undefined; Value?: string | undefined }[] = []): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}

function given<K extends string, V>(name: K, value: V | undefined): { [name in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { [name in K]: V });
}
