import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { control, ControlScope } from "../foundation/control";
import { touched } from "../foundation/drift";
import { placementOf } from "../foundation/placement";
import { type BaselineSettings } from "../foundation/settings/model";
import { MfaEnforcement } from "./mfa-enforcement";
import { ALL_HUMAN_USERS, mfaEnforcementSettings } from "./settings";

export const mfaEnforcement = control({
  id: "MfaEnforcement",
  title: "IAM users can do nothing without MFA but enrol a device",
  scope: ControlScope.account,
  stops:
    "A leaked access key of a user without MFA is of no use, not even to enrol a device of one's own; nor is the password of a user who has a device.",
  answers: ["CIS 5.0 1.9", "CIS 7.0 2.10", "Security Hub IAM.5", "Security Hub IAM.19"],
  cost: "free",
  settings: mfaEnforcementSettings,
  facts: { none: [], ask: coveredUsers, outputs: (mfaUsers) => ({ mfaUsers }) },
  place: ({ settings: { mfaEnforcement }, facts: users, ...at }) => {
    const args = { ...placementOf(at), users, groups: mfaEnforcement.groups };
    at.outputs.mfaGroup = new MfaEnforcement(at.name, args, at.child).groupName;
  },
  drift: [
    touched("Policy", "critical", "what people may do without MFA has changed"),
    touched("GroupPolicyAttachment", "critical", "nobody has to use MFA"),
    touched("UserGroupMembership", "critical", "somebody need not use MFA"),
    touched("Group", "critical", "nobody has to use MFA"),
  ],
});

/** The IAM users that the policy will cover, after exemptions. Names, not ARNs. */
async function coveredUsers({ mfaEnforcement }: BaselineSettings): Promise<string[]> {
  const named = mfaEnforcement.users.filter((user) => user !== ALL_HUMAN_USERS);
  const everybody = mfaEnforcement.users.includes(ALL_HUMAN_USERS) ? (await aws.iam.getUsers()).names : [];
  const exempt = new Set(mfaEnforcement.exemptUsers);
  const covered = [...new Set([...named, ...everybody])].filter((user) => !exempt.has(user)).sort();
  if (everybody.length > 0 && covered.length > 0) {
    await pulumi.log.info(
      `MFA enforcement covers ${covered.length} IAM user(s): ${covered.join(", ")}. ` +
        "Without MFA they can only enrol a device; put automation users in mfaEnforcement.exemptUsers.",
    );
  }
  return covered;
}
