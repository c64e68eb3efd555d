import type { EventBusArgs } from "@pulumi/aws/cloudwatch/eventBus";
import type { EventBusPolicyArgs } from "@pulumi/aws/cloudwatch/eventBusPolicy";
import { unlessGone } from "../../../aws/errors";
import { documentText } from "../../../common/documents";
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

/** The id is the name of the bus. */
export const eventBusPolicy = defineResource<EventBusPolicyArgs>({
  type: "aws:cloudwatch/eventBusPolicy:EventBusPolicy",
  properties: ["region", "eventBusName", "policy"],
  required: ["policy"],
  defaults: { eventBusName: "default" },
  replaceOn: ["region", "eventBusName"],

  async create({ clients, region }, { eventBusName = "default", policy }) {
    await clients.events(region).putPermission({ EventBusName: eventBusName, Policy: documentText(policy) });
    return eventBusName;
  },

  async read({ clients, region }, name) {
    const found = await unlessGone(clients.events(region).describeEventBus({ Name: name }), "ResourceNotFound");
    return found?.Policy ? { region, eventBusName: name, policy: found.Policy } : undefined;
  },

  async update({ clients, region }, name, { policy }) {
    await clients.events(region).putPermission({ EventBusName: name, Policy: documentText(policy) });
  },

  async delete({ clients, region }, name) {
    const removal = clients.events(region).removePermission({ EventBusName: name, RemoveAllPermissions: true });
    await unlessGone(removal, "ResourceNotFound");
  },
});
