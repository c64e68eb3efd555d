import type { ServiceLinkedRoleArgs } from "@pulumi/aws/iam/serviceLinkedRole";
import { unlessGone } from "../../../aws/errors";
import { defineResource } from "../resource-handler";
import { retag, tagList, tagMap } from "./tags";

/** The role a service works with in the account: one each, named by the service, which may refuse to let it go. */
export const serviceLinkedRole = defineResource<ServiceLinkedRoleArgs>({
  type: "aws:iam/serviceLinkedRole:ServiceLinkedRole",
  properties: ["awsServiceName", "customSuffix", "description", "tags"],
  required: ["awsServiceName"],
  replaceOn: ["awsServiceName", "customSuffix"],

  async create({ clients }, inputs) {
    const { Role } = await clients.iam().createServiceLinkedRole({
      AWSServiceName: inputs.awsServiceName,
      CustomSuffix: inputs.customSuffix,
      Description: inputs.description,
    });
    return Role?.Arn ?? "";
  },

  async complete({ clients }, arn, { tags }) {
    const Tags = tagList(tags);
    if (Tags.length > 0) {
      await clients.iam().tagRole({ RoleName: roleName(arn), Tags });
    }
  },

  async read({ clients }, arn) {
    const found = (await unlessGone(clients.iam().getRole({ RoleName: roleName(arn) }), "NoSuchEntity"))?.Role;
    return (
      found && {
        arn: found.Arn,
        name: found.RoleName,
        path: found.Path,
        uniqueId: found.RoleId,
        createDate: found.CreateDate?.toISOString(),
        awsServiceName: found.Path?.split("/")[2],
        customSuffix: found.RoleName?.split("_")[1],
        description: found.Description,
        tags: tagMap(found.Tags),
      }
    );
  },

  async update({ clients }, arn, news, olds) {
    const iam = clients.iam();
    const RoleName = roleName(arn);
    await iam.updateRole({ RoleName, Description: news.description ?? "" });
    await retag(
      olds.tags,
      news.tags,
      (Tags) => iam.tagRole({ RoleName, Tags }),
      (TagKeys) => iam.untagRole({ RoleName, TagKeys }),
    );
  },

  async delete({ clients }, arn) {
    const iam = clients.iam();
    const task = await unlessGone(iam.deleteServiceLinkedRole({ RoleName: roleName(arn) }), "NoSuchEntity");
    if (task?.DeletionTaskId === undefined) {
      return;
    }
    const { Status, Reason } = await iam.getServiceLinkedRoleDeletionStatus({ DeletionTaskId: task.DeletionTaskId });
    if (Status === "FAILED") {
      throw new Error(`${arn} was not deleted: ${Reason?.Reason ?? "its service says no more"}`);
    }
  },
});

/** arn:aws:iam::ACCOUNT:role/aws-service-role/SERVICE/NAME */
function roleName(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
