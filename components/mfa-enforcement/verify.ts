import { type VerifyScope, type Evidence } from "../foundation/verify/verifier";

interface Statement {
  Effect: string;
  NotAction?: string[];
  Condition?: Record<string, Record<string, string>>;
}

/** Is there a deny without MFA, does it keep enrolment from access keys, and whom does it cover? */
export async function verify({ aws, accountId, namePrefix }: VerifyScope): Promise<Evidence[]> {
  const iam = aws.iam();
  const name = `${namePrefix}-mfa-required`;
  const { Users: members = [] } = await iam.getGroup({ GroupName: name });
  const { AttachedPolicies: attached = [] } = await iam.listAttachedGroupPolicies({ GroupName: name });
  const policyArn = attached.find(({ PolicyName }) => PolicyName === name)?.PolicyArn;
  if (policyArn === undefined) {
    return [{ holds: false, says: `group ${name} has no policy ${name} attached` }];
  }
  const { Policy: policy } = await iam.getPolicy({ PolicyArn: policyArn });
  const { PolicyVersion: version } = await iam.getPolicyVersion({
    PolicyArn: policyArn,
    VersionId: policy?.DefaultVersionId,
  });
  const document = JSON.parse(decodeURIComponent(version?.Document ?? "{}")) as { Statement?: Statement[] };
  const denies = (document.Statement ?? []).filter(({ Effect }) => Effect === "Deny");
  const keys = denies.find(({ Condition }) => Condition?.["Null"]?.["aws:MultiFactorAuthPresent"] === "true");
  const console = denies.find(({ Condition }) => Condition?.["Bool"]?.["aws:MultiFactorAuthPresent"] === "false");
  const { Users: users = [] } = await iam.listUsers({});
  const covered = members.map(({ UserName }) => UserName);
  return [
    {
      holds:
        keys?.NotAction !== undefined &&
        !keys.NotAction.some((action) => /mfadevice$/i.test(action) && !/list/i.test(action)),
      says: `access keys without MFA may only: ${keys?.NotAction?.join(", ") ?? "everything"}`,
    },
    {
      holds: console?.NotAction !== undefined && !console.NotAction.some((action) => /deactivate|delete/i.test(action)),
      says: `the console without MFA may only enrol a device (${console?.NotAction?.length ?? "all"} actions)`,
    },
    {
      holds: covered.length > 0 || users.length === 0,
      says: `account ${accountId} has ${users.length} IAM user(s), ${covered.length} covered: ${covered.join(", ") || "none"}`,
    },
  ];
}
