import type { UserGroupMembershipArgs } from "@pulumi/aws/iam/userGroupMembership";
import { unlessGone } from "../../../aws/errors";
import type { Clients } from "../clients";
import { defineResource } from "../resource-handler";

/** Not exclusive: groups that somebody else put the user in stay, and are no drift. */
export const userGroupMembership = defineResource<UserGroupMembershipArgs>({
  type: "aws:iam/userGroupMembership:UserGroupMembership",
  properties: ["user", "groups"],
  required: ["user", "groups"],
  replaceOn: ["user"],

  async create({ clients }, { user, groups }) {
    await join(clients, user, groups);
    return [user, ...[...groups].sort()].join("/");
  },

  async read({ clients }, id, known) {
    const [user = "", ...named] = id.split("/");
    const wanted = known.groups ?? named;
    const present = await groupsOf(clients, user);
    const groups = wanted.filter((group) => present?.includes(group));
    return present === undefined || (groups.length === 0 && wanted.length > 0) ? undefined : { user, groups };
  },

  async update({ clients }, _id, { user, groups }, olds) {
    const present = (await groupsOf(clients, user)) ?? [];
    await leave(
      clients,
      user,
      (olds.groups ?? []).filter((group) => !groups.includes(group)),
    );
    await join(
      clients,
      user,
      groups.filter((group) => !present.includes(group)),
    );
  },

  async delete({ clients }, id, known) {
    const [user = "", ...named] = id.split("/");
    await leave(clients, user, known.groups ?? named);
  },
});

async function groupsOf(clients: Clients, user: string): Promise<string[] | undefined> {
  const names: string[] = [];
  let marker: string | undefined;
  do {
    const page = await unlessGone(clients.iam().listGroupsForUser({ UserName: user, Marker: marker }), "NoSuchEntity");
    if (page === undefined) {
      return undefined;
    }
    names.push(...(page.Groups ?? []).map(({ GroupName }) => GroupName ?? ""));
    marker = page.IsTruncated ? page.Marker : undefined;
  } while (marker !== undefined);
  return names;
}

async function join(clients: Clients, user: string, groups: readonly string[]): Promise<void> {
  for (const group of groups) {
    await clients.iam().addUserToGroup({ UserName: user, GroupName: group });
  }
}

async function leave(clients: Clients, user: string, groups: readonly string[]): Promise<void> {
  for (const group of groups) {
    await unlessGone(clients.iam().removeUserFromGroup({ UserName: user, GroupName: group }), "NoSuchEntity");
  }
}
