import { type PolicyStatement } from "../policy-document";
import { ciRoles, type GuardianOptions, type Guardians, trusted } from "./guardians";

/** What decides how long objects of a bucket stay, and with which key they can be read. */
export const keeping = [
  "s3:PutBucketObjectLockConfiguration",
  "s3:PutBucketVersioning",
  "s3:PutEncryptionConfiguration",
  "s3:PutLifecycleConfiguration",
];

/** What decides who may do all this, and who can read the bucket. */
export const governing = [
  "s3:DeleteBucket",
  "s3:DeleteBucketPolicy",
  "s3:PutBucketAcl",
  "s3:PutBucketLogging",
  "s3:PutBucketOwnershipControls",
  "s3:PutBucketPolicy",
  "s3:PutBucketPublicAccessBlock",
  "s3:PutReplicationConfiguration",
];

/**
 * Statements that keep the objects of a log bucket:
 *
 * - Nobody deletes one, administrators and root included. The bucket's own lifecycle rule is not asked.
 * - Nobody but the trusted administrators changes how long they stay; without such a list nobody does.
 * - CI's roles change nothing of the bucket, even if the list names them. With a list nobody else does either.
 *
 * They are in force once the bucket has its policy, so the policy has to come after the bucket's other parts. Root of the
 * account can always replace or delete a bucket policy. Source: S3 API reference, PutBucketPolicy and DeleteBucketPolicy.
 *
 * @param bucketArn without a slash at the end
 */
export function evidenceStays(bucketArn: string, guardians: Guardians): PolicyStatement[] {
  const except = trusted(guardians);
  const rules = (Sid: string, Action: string[]) => ({
    Sid,
    Effect: "Deny" as const,
    Principal: "*" as const,
    Action,
    Resource: bucketArn,
  });
  return [
    {
      Sid: "NobodyDeletesLogs",
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
      Resource: `${bucketArn}/*`,
    },
    except.length === 0
      ? rules("NobodyShortensLogs", keeping)
      : { ...rules("OnlyTrustedAdministratorsChange", [...keeping, ...governing]), ...unless(except) },
    {
      ...rules("CiChangesNothing", [...keeping, ...governing]),
      Condition: { ArnLike: { "aws:PrincipalArn": ciRoles(guardians) } },
    },
  ];
}

/**
 * Statements that keep a key: nobody disables it or has it deleted, because with the key goes everything it encrypts.
 * With `trustedAdministrators` only those named, and root, rewrite its policy. CI's role has no such right to begin with.
 */
export function keyStays(guardians: Guardians): PolicyStatement[] {
  const except = trusted(guardians);
  return [
    {
      Sid: "NobodyDisablesKey",
      Effect: "Deny",
      Principal: "*",
      Action: ["kms:DisableKey", "kms:ScheduleKeyDeletion"],
      Resource: "*",
    },
    ...(except.length === 0
      ? []
      : [
          {
            Sid: "OnlyTrustedAdministratorsChange",
            Effect: "Deny" as const,
            Principal: "*" as const,
            Action: "kms:PutKeyPolicy",
            Resource: "*",
            ...unless(except),
          },
        ]),
  ];
}

/**
 * KMS refuses a policy that keeps its own author from the next one, such as the apply role that makes a key for trusted
 * administrators. Root of the account stays able to change it. Source: KMS API reference, CreateKey,
 * `BypassPolicyLockoutSafetyCheck`.
 */
export function keyLockout({ trustedAdministrators = [] }: GuardianOptions): { bypassPolicyLockoutSafetyCheck?: true } {
  return trustedAdministrators.length > 0 ? { bypassPolicyLockoutSafetyCheck: true } : {};
}

export function unless(principals: string[]): Pick<PolicyStatement, "Condition"> {
  return { Condition: { ArnNotLike: { "aws:PrincipalArn": principals } } };
}
