import type { EC2 } from "@aws-sdk/client-ec2";
import { retag, type Tags } from "./tags";

/** EC2 tags everything it has by id, in the same two calls. */
export async function retagById(ec2: EC2, id: string, olds: Tags | undefined, news: Tags | undefined): Promise<void> {
  await retag(
    olds,
    news,
    (Tags) => ec2.createTags({ Resources: [id], Tags }),
    (keys) => ec2.deleteTags({ Resources: [id], Tags: keys.map((Key) => ({ Key })) }),
  );
}
