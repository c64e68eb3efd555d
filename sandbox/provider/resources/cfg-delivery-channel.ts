import type { MaximumExecutionFrequency } from "@aws-sdk/client-config-service";
import type { DeliveryChannelArgs } from "@pulumi/aws/cfg/deliveryChannel";
import type { Unwrap } from "@pulumi/pulumi";
import { unlessGone } from "../../../aws/errors";
import { type Context, defineResource } from "../resource-handler";

/** Takes a recorder to be there first, and can be deleted only while none is running. */
export const deliveryChannel = defineResource<DeliveryChannelArgs>({
  type: "aws:cfg/deliveryChannel:DeliveryChannel",
  properties: [
    "region", "name", "s3BucketName", "s3KeyPrefix", "s3KmsKeyArn", "snsTopicArn", "snapshotDeliveryProperties",
  ], // prettier-ignore
  required: ["s3BucketName"],
  nameProperty: "name",
  noneByDefault: ["s3KeyPrefix", "s3KmsKeyArn", "snsTopicArn"],
  replaceOn: ["region", "name"],

  async create(context, inputs) {
    await put(context, inputs);
    return inputs.name ?? "";
  },

  async read({ clients, region }, name) {
    const lookUp = clients.config(region).describeDeliveryChannels({ DeliveryChannelNames: [name] });
    const found = (await unlessGone(lookUp, "NoSuchDeliveryChannel"))?.DeliveryChannels?.[0];
    const snapshots = found?.configSnapshotDeliveryProperties;
    return (
      found && {
        region,
        name: found.name,
        s3BucketName: found.s3BucketName,
        s3KeyPrefix: found.s3KeyPrefix,
        s3KmsKeyArn: found.s3KmsKeyArn,
        snsTopicArn: found.snsTopicARN,
        snapshotDeliveryProperties: snapshots && { deliveryFrequency: snapshots.deliveryFrequency },
      }
    );
  },

  async update(context, _name, news) {
    await put(context, news);
  },

  async delete({ clients, region }, name) {
    const deletion = clients.config(region).deleteDeliveryChannel({ DeliveryChannelName: name });
    await unlessGone(deletion, "NoSuchDeliveryChannel");
  },
});

async function put({ clients, region }: Context, inputs: Unwrap<DeliveryChannelArgs>): Promise<void> {
  const frequency = inputs.snapshotDeliveryProperties?.deliveryFrequency as MaximumExecutionFrequency | undefined;
  await clients.config(region).putDeliveryChannel({
    DeliveryChannel: {
      name: inputs.name,
      s3BucketName: inputs.s3BucketName,
      s3KeyPrefix: inputs.s3KeyPrefix,
      s3KmsKeyArn: inputs.s3KmsKeyArn,
      snsTopicARN: inputs.snsTopicArn,
      configSnapshotDeliveryProperties: frequency && { deliveryFrequency: frequency },
    },
  });
}
