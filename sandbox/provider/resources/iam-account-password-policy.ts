import type { AccountPasswordPolicyArgs } from "@pulumi/aws/iam/accountPasswordPolicy";
import type { Unwrap } from "@pulumi/pulumi";
import { unlessGone } from "../../../aws/errors";
import { type Context, defineResource } from "../resource-handler";

const ID = "iam-account-password-policy";

export const accountPasswordPolicy = defineResource<AccountPasswordPolicyArgs>({
  type: "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
  properties: [
    "allowUsersToChangePassword",
    "hardExpiry",
    "maxPasswordAge",
    "minimumPasswordLength",
    "passwordReusePrevention",
    "requireLowercaseCharacters",
    "requireNumbers",
    "requireSymbols",
    "requireUppercaseCharacters",
  ],
  defaults: { allowUsersToChangePassword: true, minimumPasswordLength: 6 },
  replaceOn: [],

  async create(context, inputs) {
    await put(context, inputs);
    return ID;
  },

  async read({ clients }) {
    const found = (await unlessGone(clients.iam().getAccountPasswordPolicy({}), "NoSuchEntity"))?.PasswordPolicy;
    return (
      found && {
        allowUsersToChangePassword: found.AllowUsersToChangePassword,
        expirePasswords: found.ExpirePasswords,
        hardExpiry: found.HardExpiry,
        maxPasswordAge: found.MaxPasswordAge,
        minimumPasswordLength: found.MinimumPasswordLength,
        passwordReusePrevention: found.PasswordReusePrevention,
        requireLowercaseCharacters: found.RequireLowercaseCharacters,
        requireNumbers: found.RequireNumbers,
        requireSymbols: found.RequireSymbols,
        requireUppercaseCharacters: found.RequireUppercaseCharacters,
      }
    );
  },

  async update(context, _id, news) {
    await put(context, news);
  },

  async delete({ clients }) {
    await unlessGone(clients.iam().deleteAccountPasswordPolicy({}), "NoSuchEntity");
  },
});

/** IAM replaces the whole policy; what is left out falls back to IAM's default. */
async function put({ clients }: Context, inputs: Unwrap<AccountPasswordPolicyArgs>): Promise<void> {
  await clients.iam().updateAccountPasswordPolicy({
    AllowUsersToChangePassword: inputs.allowUsersToChangePassword,
    HardExpiry: inputs.hardExpiry,
    // @pulumi/aws leaves 0 out ("never"), IAM refuses it.
    MaxPasswordAge: inputs.maxPasswordAge || undefined,
    MinimumPasswordLength: inputs.minimumPasswordLength,
    PasswordReusePrevention: inputs.passwordReusePrevention || undefined,
    RequireLowercaseCharacters: inputs.requireLowercaseCharacters,
    RequireNumbers: inputs.requireNumbers,
    RequireSymbols: inputs.requireSymbols,
    RequireUppercaseCharacters: inputs.requireUppercaseCharacters,
  });
}
