import type { RuleState } from "@aws-sdk/client-eventbridge";
import type { EventRuleArgs } from "@pulumi/aws/cloudwatch/eventRule";
import type { Unwrap } from "@pulumi/pulumi";
import { unlessGone } from "../../../aws/errors";
import { type Context, defineResource } from "../resource-handler";
import { retag, tagList, tagMap } from "./tags";

type Inputs = Unwrap<EventRuleArgs>;

export const eventRule = defineResource<EventRuleArgs>({
  type: "aws:cloudwatch/eventRule:EventRule",
  properties: [
    "region", "name", "description", "eventPattern", "scheduleExpression", "state", "eventBusName", "roleArn", "tags",
  ], // prettier-ignore
  nameProperty: "name",
  defaults: { eventBusName: "default", state: "ENABLED" },
  noneByDefault: ["eventPattern", "scheduleExpression", "roleArn"],
  replaceOn: ["region", "name", "namePrefix", "eventBusName"],
  steering: ["namePrefix", "forceDestroy"],

  async create(context, inputs) {
    await put(context, inputs, true);
    const { name = "", eventBusName: bus = "default" } = inputs;
    return bus === "default" ? name : `${bus}/${name}`;
  },

  async read({ clients, region }, id) {
    const events = clients.events(region);
    const [EventBusName, Name] = busAndRule(id);
    const found = await unlessGone(events.describeRule({ Name, EventBusName }), "ResourceNotFound");
    if (found === undefined) {
      return undefined;
    }
    const { Tags } = await events.listTagsForResource({ ResourceARN: found.Arn });
    return {
      region,
      arn: found.Arn,
      name: found.Name,
      description: found.Description,
      eventPattern: found.EventPattern,
      scheduleExpression: found.ScheduleExpression,
      state: found.State,
      isEnabled: found.State !== "DISABLED",
      eventBusName: found.EventBusName ?? EventBusName,
      roleArn: found.RoleArn,
      tags: tagMap(Tags),
    };
  },

  async update(context, _id, news, olds) {
    await put(context, news, false);
    const events = context.clients.events(context.region);
    const ResourceARN = String(olds["arn"]);
    await retag(
      olds.tags,
      news.tags,
      (Tags) => events.tagResource({ ResourceARN, Tags }),
      (TagKeys) => events.untagResource({ ResourceARN, TagKeys }),
    );
  },

  async delete({ clients, region }, id, known) {
    const [EventBusName, Name] = busAndRule(id);
    const deletion = clients.events(region).deleteRule({ Name, EventBusName, Force: known.forceDestroy });
    await unlessGone(deletion, "ResourceNotFound");
  },
});

/** PutRule sets tags on a new rule only. */
async function put({ clients, region }: Context, inputs: Inputs, isNew: boolean): Promise<void> {
  await clients.events(region).putRule({
    Name: inputs.name,
    EventBusName: inputs.eventBusName,
    Description: inputs.description,
    EventPattern: inputs.eventPattern,
    ScheduleExpression: inputs.scheduleExpression,
    State: inputs.state as RuleState | undefined,
    RoleArn: inputs.roleArn,
    Tags: isNew ? tagList(inputs.tags) : undefined,
  });
}

function busAndRule(id: string): [string, string] {
  const at = id.lastIndexOf("/");
  return at < 0 ? ["default", id] : [id.slice(0, at), id.slice(at + 1)];
}
