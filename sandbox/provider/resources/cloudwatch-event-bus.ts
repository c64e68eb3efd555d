import type { EventBusArgs } from "@pulumi/aws/cloudwatch/eventBus";
import { unlessGone } from "../aws-errors";
import { defineResource } from "../resource-handler";
import { retag, tagList, tagMap } from "./tags";

export const eventBus = defineResource<EventBusArgs>({
  type: "aws:cloudwatch/eventBus:EventBus",
  properties: ["region", "name", "description", "tags"],
  required: ["name"],
  replaceOn: ["region", "name"],

  async create({ clients, region }, { name, description, tags }) {
    await clients.events(region).createEventBus({ Name: name, Description: description, Tags: tagList(tags) });
    return name ?? "";
  },

  async read({ clients, region }, name) {
    const events = clients.events(region);
    const found = await unlessGone(events.describeEventBus({ Name: name }), "ResourceNotFound");
    if (found === undefined) {
      return undefined;
    }
    const { Tags } = await events.listTagsForResource({ ResourceARN: found.Arn });
    return { region, arn: found.Arn, name: found.Name, description: found.Description, tags: tagMap(Tags) };
  },

  async update({ clients, region }, name, { description, tags }, olds) {
    const events = clients.events(region);
    if (description !== olds.description) {
      await events.updateEventBus({ Name: name, Description: description });
    }
    const ResourceARN = String(olds["arn"]);
    await retag(
      olds.tags,
      tags,
      (Tags) => events.tagResource({ ResourceARN, Tags }),
      (TagKeys) => events.untagResource({ ResourceARN, TagKeys }),
    );
  },

  async delete({ clients, region }, name) {
    await unlessGone(clients.events(region).deleteEventBus({ Name: name }), "ResourceNotFound");
  },
});
