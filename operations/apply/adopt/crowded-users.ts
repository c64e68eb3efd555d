import { type CrowdedUsers, type CrowdedUser } from "./found";
import { type AwsClients } from "../../../aws/clients";
import { globalRegion } from "../../../components/foundation/partition";
import { type BaselineSettings } from "../../../components/foundation/settings/model";
import { ALL_HUMAN_USERS } from "../../../components/mfa-enforcement/settings";
import { Attempts, type Call, listOf } from "../../../aws/attempt";
import { type Decision, type Facts } from "./model";

/** Source: IAM User Guide, "IAM and AWS STS quotas": groups an IAM user can be a member of. It cannot be raised. */
const mostGroups = 10;

/** Reads the groups of each user that MFA enforcement covers. Nothing is written. */
export async function findCrowdedUsers(
  aws: AwsClients,
  { mfaEnforcement, namePrefix }: BaselineSettings,
  partition: string,
): Promise<CrowdedUsers> {
  const attempts = new Attempts<string>();
  const region = globalRegion(partition);
  const iam = aws.iam(region);
  const { users, exemptUsers } = mfaEnforcement;
  const isCovered = (name: string) =>
    (users.includes(ALL_HUMAN_USERS) || users.includes(name)) && !exemptUsers.includes(name);
  const look = async (call: Call): Promise<CrowdedUser[]> => {
    const all = await listOf("Users", (Marker) => call("iam:ListUsers", () => iam.listUsers({ Marker })));
    const covered = all.map(({ UserName = "" }) => UserName).filter(isCovered);
    return Promise.all(covered.map(async (name) => ({ name, groups: await groupsOf(iam, call, name) })));
  };
  const all = mfaEnforcement.enabled ? await attempts.one("users", region, [], look) : [];
  const found = all.filter(
    ({ groups }) => groups.length >= mostGroups && !groups.includes(`${namePrefix}-mfa-required`),
  );
  return { found, problems: attempts.problems };
}

async function groupsOf(iam: ReturnType<AwsClients["iam"]>, call: Call, UserName: string): Promise<string[]> {
  const groups = await listOf("Groups", (Marker) =>
    call("iam:ListGroupsForUser", () => iam.listGroupsForUser({ UserName, Marker })),
  );
  return groups.map(({ GroupName = "" }) => GroupName);
}

export function crowdedUsers({ crowded, settings }: Facts): Decision[] {
  const { found = [], problems = [] } = crowded ?? {};
  const row = { control: "MfaEnforcement", owner: "theirs" } as const;
  return [
    ...found.map(({ name, groups }): Decision => {
      const why = `The user is in ${groups.length} groups, and IAM allows ${mostGroups}, so \`up\` cannot add it to ${settings.namePrefix}-mfa-required. Take it out of one; or put one of its groups (${groups[0]}, for example) into mfaEnforcement.groups, which covers everybody in it, and the user into mfaEnforcement.exemptUsers.`;
      return { ...row, thing: "IAM user", name, action: "conflict", why };
    }),
    ...problems.flatMap(({ cause, reason }): Decision[] => {
      const why = `Whether a user is in ${mostGroups} groups already could not be told. ${reason}`;
      return cause === "unsupported"
        ? []
        : [{ ...row, thing: "Groups of IAM users", name: "", action: "unknown", why }];
    }),
  ];
}
