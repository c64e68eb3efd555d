import { type Case, document, REGION, text } from "./case";

export const kmsCases: Case[] = [
  {
    type: "aws:kms/key:Key",
    inputs: () => ({
      region: REGION,
      description: "trail",
      policy: document("kms:*"),
      enableKeyRotation: true,
      rotationPeriodInDays: 180,
      deletionWindowInDays: 7,
      tags: { a: "1" },
    }),
    drift: {
      paths: ["enableKeyRotation", "rotationPeriodInDays"],
      change: (clients, { id }) => clients.kms(REGION).disableKeyRotation({ KeyId: id }),
    },
    update: (inputs) => ({ ...inputs, description: "other", policy: document("kms:Decrypt"), tags: { b: "2" } }),
  },
  {
    type: "aws:kms/alias:Alias",
    before: async (make) => ({
      one: (await make("aws:kms/key:Key", { region: REGION })).id,
      two: (await make("aws:kms/key:Key", { region: REGION })).id,
    }),
    inputs: ({ one, two }) => ({ region: REGION, name: "alias/trail", targetKeyId: one, two }),
    drift: {
      paths: ["targetKeyId"],
      change: (clients, _made, { two }) =>
        clients.kms(REGION).updateAlias({ AliasName: "alias/trail", TargetKeyId: text(two) }),
    },
    update: (inputs) => ({ ...inputs, targetKeyId: inputs["two"] }),
  },
];
