import type { AccountPublicAccessBlockArgs } from "@pulumi/aws/s3/accountPublicAccessBlock";
import type { Unwrap } from "@pulumi/pulumi";
import { accountIdOf } from "../account-id";
import { unlessGone } from "../../../aws/errors";
import { type Context, defineResource } from "../resource-handler";

export const accountPublicAccessBlock = defineResource<AccountPublicAccessBlockArgs>({
  type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
  properties: ["accountId", "blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"],
  replaceOn: ["accountId"],

  async create(context, inputs) {
    const AccountId = inputs.accountId ?? (await accountIdOf(context.clients));
    await put(context, AccountId, inputs);
    return AccountId;
  },

  async read({ clients }, AccountId) {
    const lookUp = clients.s3control().getPublicAccessBlock({ AccountId });
    const found = (await unlessGone(lookUp, "NoSuchPublicAccessBlockConfiguration"))?.PublicAccessBlockConfiguration;
    return (
      found && {
        accountId: AccountId,
        blockPublicAcls: found.BlockPublicAcls,
        blockPublicPolicy: found.BlockPublicPolicy,
        ignorePublicAcls: found.IgnorePublicAcls,
        restrictPublicBuckets: found.RestrictPublicBuckets,
      }
    );
  },

  async update(context, id, news) {
    await put(context, id, news);
  },

  async delete({ clients }, AccountId) {
    const removal = clients.s3control().deletePublicAccessBlock({ AccountId });
    await unlessGone(removal, "NoSuchPublicAccessBlockConfiguration");
  },
});

/** S3 replaces all four; what is left out is off. */
async function put(
  { clients }: Context,
  AccountId: string,
  inputs: Unwrap<AccountPublicAccessBlockArgs>,
): Promise<void> {
  await clients.s3control().putPublicAccessBlock({
    AccountId,
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: inputs.blockPublicAcls ?? false,
      BlockPublicPolicy: inputs.blockPublicPolicy ?? false,
      IgnorePublicAcls: inputs.ignorePublicAcls ?? false,
      RestrictPublicBuckets: inputs.restrictPublicBuckets ?? false,
    },
  });
}
