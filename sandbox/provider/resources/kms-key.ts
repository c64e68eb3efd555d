import type { AliasArgs } from "@pulumi/aws/kms/alias";
import type { KeyArgs } from "@pulumi/aws/kms/key";
import { unlessGone } from "../../../aws/errors";
import { documentText } from "../../../common/documents";
import { defineResource } from "../resource-handler";
import { retag } from "./tags";

export const key = defineResource<KeyArgs>({
  type: "aws:kms/key:Key",
  properties: [
    "region", "description", "policy", "enableKeyRotation", "rotationPeriodInDays", "isEnabled", "keyUsage",
    "customerMasterKeySpec", "multiRegion", "tags",
  ], // prettier-ignore
  defaults: { isEnabled: true, keyUsage: "ENCRYPT_DECRYPT", customerMasterKeySpec: "SYMMETRIC_DEFAULT" },
  replaceOn: ["region", "keyUsage", "customerMasterKeySpec", "multiRegion"],
  steering: ["deletionWindowInDays", "bypassPolicyLockoutSafetyCheck"],

  async create({ clients, region }, inputs) {
    const kms = clients.kms(region);
    const { KeyMetadata } = await kms.createKey({
      Description: inputs.description,
      Policy: inputs.policy === undefined ? undefined : documentText(inputs.policy),
      KeyUsage: inputs.keyUsage as "ENCRYPT_DECRYPT",
      KeySpec: inputs.customerMasterKeySpec as "SYMMETRIC_DEFAULT",
      MultiRegion: inputs.multiRegion,
      Tags: kmsTags(inputs.tags),
    });
    return KeyMetadata?.KeyId ?? "";
  },

  async complete({ clients, region }, KeyId, inputs) {
    const kms = clients.kms(region);
    if (inputs.enableKeyRotation) {
      await kms.enableKeyRotation({ KeyId, RotationPeriodInDays: inputs.rotationPeriodInDays });
    }
    if (inputs.isEnabled === false) {
      await kms.disableKey({ KeyId });
    }
  },

  async read({ clients, region }, KeyId) {
    const kms = clients.kms(region);
    const found = (await unlessGone(kms.describeKey({ KeyId }), "NotFound"))?.KeyMetadata;
    if (found === undefined || found.KeyState === "PendingDeletion") {
      return undefined;
    }
    const [policy, rotation, tags] = await Promise.all([
      kms.getKeyPolicy({ KeyId, PolicyName: "default" }),
      kms.getKeyRotationStatus({ KeyId }),
      kms.listResourceTags({ KeyId }),
    ]);
    return {
      arn: found.Arn,
      keyId: found.KeyId,
      region,
      description: found.Description,
      policy: policy.Policy,
      enableKeyRotation: rotation.KeyRotationEnabled,
      rotationPeriodInDays: rotation.RotationPeriodInDays,
      isEnabled: found.Enabled,
      keyUsage: found.KeyUsage,
      customerMasterKeySpec: found.KeySpec,
      multiRegion: found.MultiRegion,
      tags: Object.fromEntries((tags.Tags ?? []).map(({ TagKey = "", TagValue = "" }) => [TagKey, TagValue])),
    };
  },

  async update({ clients, region }, KeyId, news, olds) {
    const kms = clients.kms(region);
    if (news.isEnabled !== false) {
      await kms.enableKey({ KeyId });
    }
    await kms.updateKeyDescription({ KeyId, Description: news.description ?? "" });
    if (news.policy !== undefined) {
      await kms.putKeyPolicy({ KeyId, PolicyName: "default", Policy: documentText(news.policy) });
    }
    await (news.enableKeyRotation
      ? kms.enableKeyRotation({ KeyId, RotationPeriodInDays: news.rotationPeriodInDays })
      : kms.disableKeyRotation({ KeyId }));
    await retag(
      olds.tags,
      news.tags,
      (tags) => kms.tagResource({ KeyId, Tags: tags.map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value })) }),
      (TagKeys) => kms.untagResource({ KeyId, TagKeys }),
    );
    if (news.isEnabled === false) {
      await kms.disableKey({ KeyId });
    }
  },

  async delete({ clients, region }, KeyId, known) {
    const window = known.deletionWindowInDays ?? 30;
    const deletion = clients.kms(region).scheduleKeyDeletion({ KeyId, PendingWindowInDays: window });
    await unlessGone(deletion, "NotFound", "KMSInvalidState");
  },
});

export const alias = defineResource<AliasArgs>({
  type: "aws:kms/alias:Alias",
  properties: ["region", "name", "targetKeyId"],
  required: ["targetKeyId"],
  nameProperty: "name",
  replaceOn: ["region", "name", "namePrefix"],
  steering: ["namePrefix"],

  async create({ clients, region }, inputs) {
    const name = inputs.name?.startsWith("alias/") ? inputs.name : `alias/${inputs.name}`;
    await clients.kms(region).createAlias({ AliasName: name, TargetKeyId: inputs.targetKeyId });
    return name;
  },

  async read({ clients, region }, name, known) {
    const kms = clients.kms(region);
    let marker: string | undefined;
    do {
      const page = await kms.listAliases({ Marker: marker });
      const found = page.Aliases?.find(({ AliasName }) => AliasName === name);
      if (found !== undefined) {
        const targetKeyArn = found.AliasArn?.replace(/:alias\/.*$/, `:key/${found.TargetKeyId}`);
        // The program may give the key by its id or by its ARN, AWS tells the id.
        const targetKeyId = known.targetKeyId === targetKeyArn ? targetKeyArn : found.TargetKeyId;
        return {
          name: known.name && `alias/${known.name}` === name ? known.name : name,
          region,
          arn: found.AliasArn,
          targetKeyArn,
          targetKeyId,
        };
      }
      marker = page.Truncated ? page.NextMarker : undefined;
    } while (marker !== undefined);
    return undefined;
  },

  async update({ clients, region }, name, news) {
    await clients.kms(region).updateAlias({ AliasName: name, TargetKeyId: news.targetKeyId });
  },

  async delete({ clients, region }, name) {
    await unlessGone(clients.kms(region).deleteAlias({ AliasName: name }), "NotFound");
  },
});

function kmsTags(tags: Readonly<Record<string, string>> | undefined): { TagKey: string; TagValue: string }[] {
  return Object.entries(tags ?? {}).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
}
