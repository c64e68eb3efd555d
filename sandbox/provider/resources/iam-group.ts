import type { GroupArgs } from "@pulumi/aws/iam/group";
import { unlessGone } from "../../../aws/errors";
import { defineResource } from "../resource-handler";

export const group = defineResource<GroupArgs>({
  type: "aws:iam/group:Group",
  properties: ["name", "path"],
  nameProperty: "name",
  defaults: { path: "/" },
  replaceOn: ["name"],

  async create({ clients }, inputs) {
    await clients.iam().createGroup({ GroupName: inputs.name, Path: inputs.path });
    return inputs.name ?? "";
  },

  async read({ clients }, name) {
    const found = await unlessGone(clients.iam().getGroup({ GroupName: name }), "NoSuchEntity");
    const Group = found?.Group;
    return Group && { name: Group.GroupName, path: Group.Path, arn: Group.Arn, uniqueId: Group.GroupId };
  },

  async update({ clients }, name, news) {
    await clients.iam().updateGroup({ GroupName: name, NewPath: news.path });
  },

  async delete({ clients }, name) {
    await unlessGone(clients.iam().deleteGroup({ GroupName: name }), "NoSuchEntity");
  },
});
