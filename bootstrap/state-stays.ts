import * as aws from "@pulumi/aws";
import { BaselineError, ExitCode } from "../common/errors";
import { globMatches } from "../common/glob";
import { governing, keeping, unless } from "../components/foundation/evidence/evidence-stays";
import { type Guardians, trusted } from "../components/foundation/evidence/guardians";
import { type PolicyStatement } from "../components/foundation/policy-document";

/**
 * Statements that keep a state bucket: only the trusted administrators and CI's apply role write the state, and only the
 * trusted administrators delete versions or change the bucket. Without a list of administrators there are none.
 *
 * Nobody takes the lock without writing, so that the lock is refused with the state. A preview writes neither.
 *
 * @param bucketArn without a slash at the end
 * @param applyRoleArn of the role that applies in CI
 */
export function stateStays(bucketArn: string, guardians: Guardians, applyRoleArn: string): PolicyStatement[] {
  const administrators = trusted(guardians);
  if (administrators.length === 0) {
    return [];
  }
  const objects = `${bucketArn}/*`;
  const refused = { Effect: "Deny" as const, Principal: "*" as const };
  return [
    {
      Sid: "OnlyTrustedWriteState",
      ...refused,
      Action: ["s3:DeleteObject", "s3:PutObject"],
      Resource: objects,
      ...unless([...administrators, applyRoleArn]),
    },
    {
      Sid: "OnlyTrustedAdministratorsDeleteVersions",
      ...refused,
      Action: ["s3:DeleteObjectVersion", "s3:ReplicateDelete", "s3:ReplicateObject"],
      Resource: objects,
      ...unless(administrators),
    },
    {
      Sid: "OnlyTrustedAdministratorsChange",
      ...refused,
      Action: [...keeping, ...governing],
      Resource: bucketArn,
      ...unless(administrators),
    },
  ];
}

/**
 * Refuses an update whose caller the state bucket would refuse afterwards.
 *
 * `aws:PrincipalArn` is the ARN of a role with its path, and STS leaves out the path, so IAM is asked for it.
 *
 * @param callerArn as STS says it
 * @throws BaselineError `locks-out-caller`
 */
export async function requireWriter(callerArn: string, guardians: Guardians): Promise<void> {
  const allowed = trusted(guardians);
  if (allowed.length === 0) {
    return;
  }
  const [, name] = /^arn:[\w-]+:sts::\d{12}:assumed-role\/([^/]+)\//.exec(callerArn) ?? [];
  const principal = name === undefined ? callerArn : (await aws.iam.getRole({ name })).arn;
  if (!allowed.some((each) => globMatches(each, principal))) {
    throw new BaselineError(
      "locks-out-caller",
      `trustedAdministrators does not name ${principal}, who runs this update: the state bucket would refuse the same caller from then on. Nothing was changed.`,
      "Add its ARN to trustedAdministrators, path included, or run the update as one of those it names.",
      ExitCode.badInput,
    );
  }
}
