import type { StateMachineType } from "@aws-sdk/client-sfn";
import type { StateMachineArgs } from "@pulumi/aws/sfn/stateMachine";
import { unlessGone } from "../../../aws/errors";
import { defineResource } from "../resource-handler";
import { retag, tagMap } from "./tags";

export const stateMachine = defineResource<StateMachineArgs>({
  type: "aws:sfn/stateMachine:StateMachine",
  properties: ["region", "name", "definition", "roleArn", "type", "tags"],
  required: ["definition", "roleArn"],
  nameProperty: "name",
  defaults: { type: "STANDARD" },
  replaceOn: ["region", "name", "namePrefix", "type"],
  steering: ["namePrefix"],

  async create({ clients, region }, inputs) {
    const { stateMachineArn = "" } = await clients.sfn(region).createStateMachine({
      name: inputs.name,
      definition: inputs.definition,
      roleArn: inputs.roleArn,
      type: inputs.type as StateMachineType | undefined,
      tags: list(inputs.tags),
    });
    return stateMachineArn;
  },

  async read({ clients, region }, stateMachineArn) {
    const sfn = clients.sfn(region);
    const found = await unlessGone(sfn.describeStateMachine({ stateMachineArn }), "StateMachineDoesNotExist");
    if (found === undefined) {
      return undefined;
    }
    const { tags = [] } = await sfn.listTagsForResource({ resourceArn: stateMachineArn });
    return {
      region,
      arn: found.stateMachineArn,
      name: found.name,
      definition: found.definition,
      roleArn: found.roleArn,
      type: found.type,
      status: found.status,
      tags: tagMap(tags.map(({ key, value }) => ({ Key: key, Value: value }))),
    };
  },

  async update({ clients, region }, stateMachineArn, { definition, roleArn, tags }, olds) {
    const sfn = clients.sfn(region);
    await sfn.updateStateMachine({ stateMachineArn, definition, roleArn });
    await retag(
      olds.tags,
      tags,
      () => sfn.tagResource({ resourceArn: stateMachineArn, tags: list(tags) }),
      (tagKeys) => sfn.untagResource({ resourceArn: stateMachineArn, tagKeys }),
    );
  },

  async delete({ clients, region }, stateMachineArn) {
    await unlessGone(clients.sfn(region).deleteStateMachine({ stateMachineArn }), "StateMachineDoesNotExist");
  },
});

function list(tags: Record<string, string> | undefined): { key: string; value: string }[] {
  return Object.entries(tags ?? {}).map(([key, value]) => ({ key, value }));
}
