import { certificatesOf, serviceCredentialsOf, sshKeysOf } from "../../account/identity/user-lists";
import { awsCommand } from "../../../common/command";
import { type Looks } from "./look";
import { type AwsCall, type PlannedCall } from "../../evidence/planned-call";

/** A long-term way in as a user that is no access key and no password. */
export interface OtherCredential {
  kind: "service-specific credential" | "SSH public key" | "signing certificate";
  id: string;
  /** As AWS says it: Active, Inactive, and for API keys that have run out Expired. */
  status: string;
  /** ISO 8601. */
  created?: string;
  /** Of a service-specific credential: the service it opens, such as `bedrock.amazonaws.com`. */
  service?: string;
}

type Fields = Partial<Record<string, unknown>>;
type Kind = OtherCredential["kind"];

/** How AWS lists and changes each kind. Source: IAM API Reference. */
const kinds: Readonly<Record<Kind, { update: string; id: string }>> = {
  "service-specific credential": {
    update: "UpdateServiceSpecificCredential",
    id: "ServiceSpecificCredentialId",
  },
  "SSH public key": { update: "UpdateSSHPublicKey", id: "SSHPublicKeyId" },
  "signing certificate": { update: "UpdateSigningCertificate", id: "CertificateId" },
};

/**
 * A user's credentials beside access keys: those for one service (git of CodeCommit, Keyspaces, API keys of Bedrock and
 * CloudWatch Logs), SSH public keys, signing certificates.
 *
 * @returns undefined when not even one kind could be listed; why not all could stands in the problems of `looks`
 */
export async function otherCredentials(looks: Looks, UserName: string): Promise<OtherCredential[] | undefined> {
  const iam = looks.aws.iam();
  const [services, ssh, certificates] = await Promise.all([
    looks.part("iam:ListServiceSpecificCredentials", () => serviceCredentialsOf(iam, UserName)),
    looks.part("iam:ListSSHPublicKeys", () => sshKeysOf(iam, UserName)),
    looks.part("iam:ListSigningCertificates", () => certificatesOf(iam, UserName)),
  ]);
  const found = [
    ...listOf("service-specific credential", services),
    ...listOf("SSH public key", ssh),
    ...listOf("signing certificate", certificates),
  ];
  return (services ?? ssh ?? certificates) ? found : undefined;
}

function listOf(kind: Kind, items: readonly object[] = []): OtherCredential[] {
  return items.map((each) => {
    const fields = each as Fields;
    const created = fields["CreateDate"] ?? fields["UploadDate"];
    const service = fields["ServiceName"];
    return {
      kind,
      id: String(fields[kinds[kind].id]),
      status: String(fields["Status"]),
      ...(created instanceof Date && { created: created.toISOString() }),
      ...(typeof service === "string" && { service }),
    };
  });
}

/** Whether it may work: all but Inactive and, for those with an end, Expired. Source: IAM API reference, `statusType`. */
export function isOpen({ status }: Pick<OtherCredential, "status">): boolean {
  return !["Inactive", "Expired"].includes(status);
}

/** `service-specific credential ACCA... (bedrock.amazonaws.com)` */
export function nameOfCredential({ kind, id, service }: OtherCredential): string {
  return `${kind} ${id}${service === undefined ? "" : ` (${service})`}`;
}

/** Makes one useless, and the way back. */
export function deactivationOf(UserName: string, credential: OtherCredential): PlannedCall {
  const { update, id } = kinds[credential.kind];
  const call = (Status: string): AwsCall => ({
    service: "iam",
    action: update,
    parameters: { UserName, [id]: credential.id, Status },
  });
  const name = nameOfCredential(credential);
  return {
    ...call("Inactive"),
    why: `nobody gets in with ${name} any more`,
    undo: { ...call("Active"), why: `${name} opens again, for whoever has it` },
    absentIsDone: true,
  };
}

/** The command that takes one away for good. */
export function deletionOf(userName: string, { kind, id }: OtherCredential): string {
  const [command, option] = {
    "service-specific credential": ["delete-service-specific-credential", "service-specific-credential-id"],
    "SSH public key": ["delete-ssh-public-key", "ssh-public-key-id"],
    "signing certificate": ["delete-signing-certificate", "certificate-id"],
  }[kind] as [string, string];
  return awsCommand("iam", command, { "user-name": userName, [option]: id });
}
