import type { RoleArgs } from "@pulumi/aws/iam/role";
import type { RolePolicyArgs } from "@pulumi/aws/iam/rolePolicy";
import { unlessGone } from "../../../aws/errors";
import { documentText } from "../../../common/documents";
import { defineResource } from "../resource-handler";
import { nameOf } from "./names";
import { retag, tagList, tagMap } from "./tags";

export const role = defineResource<RoleArgs>({
  type: "aws:iam/role:Role",
  properties: ["name", "path", "description", "assumeRolePolicy", "maxSessionDuration", "permissionsBoundary", "tags"],
  required: ["assumeRolePolicy"],
  nameProperty: "name",
  defaults: { path: "/", maxSessionDuration: 3600 },
  noneByDefault: ["permissionsBoundary"],
  replaceOn: ["name", "namePrefix", "path"],
  steering: ["namePrefix", "forceDetachPolicies"],

  async create({ clients }, inputs) {
    await clients.iam().createRole({
      RoleName: inputs.name,
      Path: inputs.path,
      Description: inputs.description,
      AssumeRolePolicyDocument: documentText(inputs.assumeRolePolicy),
      MaxSessionDuration: inputs.maxSessionDuration,
      PermissionsBoundary: inputs.permissionsBoundary,
      Tags: tagList(inputs.tags),
    });
    return inputs.name ?? "";
  },

  async read({ clients }, name) {
    const found = (await unlessGone(clients.iam().getRole({ RoleName: name }), "NoSuchEntity"))?.Role;
    return (
      found && {
        arn: found.Arn,
        uniqueId: found.RoleId,
        createDate: found.CreateDate?.toISOString(),
        name: found.RoleName,
        path: found.Path,
        description: found.Description,
        assumeRolePolicy: decodeURIComponent(found.AssumeRolePolicyDocument ?? ""),
        maxSessionDuration: found.MaxSessionDuration,
        permissionsBoundary: found.PermissionsBoundary?.PermissionsBoundaryArn,
        tags: tagMap(found.Tags),
      }
    );
  },

  async update({ clients }, name, news, olds) {
    const iam = clients.iam();
    const { description = "", maxSessionDuration, permissionsBoundary } = news;
    await iam.updateRole({ RoleName: name, Description: description, MaxSessionDuration: maxSessionDuration });
    await iam.updateAssumeRolePolicy({ RoleName: name, PolicyDocument: documentText(news.assumeRolePolicy) });
    if (permissionsBoundary !== undefined) {
      await iam.putRolePermissionsBoundary({ RoleName: name, PermissionsBoundary: permissionsBoundary });
    } else if (olds.permissionsBoundary !== undefined) {
      await iam.deleteRolePermissionsBoundary({ RoleName: name });
    }
    await retag(
      olds.tags,
      news.tags,
      (Tags) => iam.tagRole({ RoleName: name, Tags }),
      (TagKeys) => iam.untagRole({ RoleName: name, TagKeys }),
    );
  },

  async delete({ clients }, name) {
    await unlessGone(clients.iam().deleteRole({ RoleName: name }), "NoSuchEntity");
  },
});

export const rolePolicy = defineResource<RolePolicyArgs>({
  type: "aws:iam/rolePolicy:RolePolicy",
  properties: ["name", "role", "policy"],
  required: ["role", "policy"],
  nameProperty: "name",
  replaceOn: ["name", "namePrefix", "role"],
  steering: ["namePrefix"],

  async create({ clients }, { name, role, policy }) {
    await clients
      .iam()
      .putRolePolicy({ RoleName: nameOf(role), PolicyName: name, PolicyDocument: documentText(policy) });
    return `${nameOf(role)}:${name}`;
  },

  async read({ clients }, id) {
    const [RoleName, PolicyName] = id.split(":");
    const found = await unlessGone(clients.iam().getRolePolicy({ RoleName, PolicyName }), "NoSuchEntity");
    return found && { name: PolicyName, role: RoleName, policy: decodeURIComponent(found.PolicyDocument ?? "") };
  },

  async update({ clients }, _id, { name, role, policy }) {
    await clients
      .iam()
      .putRolePolicy({ RoleName: nameOf(role), PolicyName: name, PolicyDocument: documentText(policy) });
  },

  async delete({ clients }, id) {
    const [RoleName, PolicyName] = id.split(":");
    await unlessGone(clients.iam().deleteRolePolicy({ RoleName, PolicyName }), "NoSuchEntity");
  },
});
