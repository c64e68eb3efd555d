import type { EncryptionByDefaultArgs } from "@pulumi/aws/ebs/encryptionByDefault";
import { type Context, defineResource } from "../resource-handler";

/** The id it is imported by; AWS has one such setting in each region. */
const ID = "default";

export const encryptionByDefault = defineResource<EncryptionByDefaultArgs>({
  type: "aws:ebs/encryptionByDefault:EncryptionByDefault",
  properties: ["region", "enabled"],
  defaults: { enabled: true },
  replaceOn: ["region"],

  async create(context, { enabled }) {
    await put(context, enabled);
    return ID;
  },

  async read({ clients, region }) {
    const { EbsEncryptionByDefault } = await clients.ec2(region).getEbsEncryptionByDefault({});
    return { region, enabled: EbsEncryptionByDefault };
  },

  async update(context, _id, { enabled }) {
    await put(context, enabled);
  },

  async delete(context) {
    await put(context, false);
  },
});

async function put({ clients, region }: Context, enabled: boolean | undefined): Promise<void> {
  const ec2 = clients.ec2(region);
  await (enabled === false ? ec2.disableEbsEncryptionByDefault({}) : ec2.enableEbsEncryptionByDefault({}));
}
