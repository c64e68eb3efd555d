import type { S3 } from "@aws-sdk/client-s3";
import type { Unwrap } from "@pulumi/pulumi";
import { defineResource, type ResourceHandler } from "../resource-handler";
import type { Props } from "../../../common/properties";

interface BucketSetting<Inputs> {
  readonly type: string;
  /** Those of the setting; every setting has `region` and `bucket` besides. */
  readonly properties: readonly (keyof Inputs & string)[];
  readonly required?: readonly (keyof Inputs & string)[];
  readonly defaults?: Partial<Inputs>;
  readonly steering?: readonly (keyof Inputs & string)[];
  readonly recordedOnly?: Partial<Record<keyof Inputs & string, string>>;
  put(s3: S3, bucket: string, inputs: Inputs): Promise<void>;
  get(s3: S3, bucket: string): Promise<Props | "" | undefined>;
  remove(s3: S3, bucket: string): Promise<void>;
}

/** @pulumi/aws has a resource per setting of a bucket; all of them are put, got and removed by the bucket's name. */
export function defineBucketSetting<Args extends { bucket: unknown; region?: unknown }>(
  setting: BucketSetting<Unwrap<Args>>,
): ResourceHandler {
  const nameOf = (inputs: unknown) => (inputs as { bucket: string }).bucket;
  const handler: ResourceHandler = {
    type: setting.type,
    properties: ["region", "bucket", ...setting.properties],
    required: ["bucket", ...(setting.required ?? [])],
    defaults: setting.defaults,
    replaceOn: ["region", "bucket"],
    steering: [...(setting.steering ?? []), "expectedBucketOwner"],
    recordedOnly: setting.recordedOnly,

    async create({ clients, region }, inputs) {
      await setting.put(clients.s3(region), nameOf(inputs), inputs as Unwrap<Args>);
      return nameOf(inputs);
    },
    async read({ clients, region }, bucket) {
      const found = await setting.get(clients.s3(region), bucket);
      return found ? { region, bucket, ...found } : undefined;
    },
    async update({ clients, region }, bucket, news) {
      await setting.put(clients.s3(region), bucket, news as Unwrap<Args>);
    },
    async delete({ clients, region }, bucket) {
      await setting.remove(clients.s3(region), bucket);
    },
  };
  return defineResource<Props>(handler as never);
}
