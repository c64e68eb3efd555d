import type { AlternateContactType } from "@aws-sdk/client-account";
import type { AlternativeContactArgs } from "@pulumi/aws/account/alternativeContact";
import type { Unwrap } from "@pulumi/pulumi";
import { unlessGone } from "../../../aws/errors";
import { type Context, defineResource } from "../resource-handler";

export const alternativeContact = defineResource<AlternativeContactArgs>({
  type: "aws:account/alternativeContact:AlternativeContact",
  properties: ["accountId", "alternateContactType", "emailAddress", "name", "phoneNumber", "title"],
  required: ["alternateContactType", "emailAddress", "phoneNumber", "title"],
  nameProperty: "name",
  replaceOn: ["accountId", "alternateContactType"],

  async create(context, inputs) {
    await put(context, inputs);
    return `${inputs.accountId ?? ""}/${inputs.alternateContactType}`;
  },

  async read({ clients }, id) {
    const found = await unlessGone(clients.account().getAlternateContact(ofId(id)), "ResourceNotFound");
    const contact = found?.AlternateContact;
    return (
      contact && {
        accountId: ofId(id).AccountId,
        alternateContactType: contact.AlternateContactType,
        emailAddress: contact.EmailAddress,
        name: contact.Name,
        phoneNumber: contact.PhoneNumber,
        title: contact.Title,
      }
    );
  },

  async update(context, _id, news) {
    await put(context, news);
  },

  async delete({ clients }, id) {
    await unlessGone(clients.account().deleteAlternateContact(ofId(id)), "ResourceNotFound");
  },
});

async function put({ clients }: Context, inputs: Unwrap<AlternativeContactArgs>): Promise<void> {
  await clients.account().putAlternateContact({
    AccountId: inputs.accountId,
    AlternateContactType: inputs.alternateContactType as AlternateContactType,
    EmailAddress: inputs.emailAddress,
    Name: inputs.name,
    PhoneNumber: inputs.phoneNumber,
    Title: inputs.title,
  });
}

/** `ACCOUNT/TYPE`, without the account for the own one; imported by `TYPE` too. */
function ofId(id: string): { AccountId?: string; AlternateContactType: AlternateContactType } {
  const [type = "", account] = id.split("/").reverse();
  return { AccountId: account || undefined, AlternateContactType: type as AlternateContactType };
}
