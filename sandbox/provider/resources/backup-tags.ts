import type { Backup } from "@aws-sdk/client-backup";
import { retag, tagMap, type Tags } from "./tags";

export async function retagByArn(
  backup: Backup,
  ResourceArn: string,
  olds: Tags | undefined,
  news: Tags | undefined,
): Promise<void> {
  await retag(
    olds,
    news,
    (tags) => backup.tagResource({ ResourceArn, Tags: tagMap(tags) }),
    (TagKeyList) => backup.untagResource({ ResourceArn, TagKeyList }),
  );
}
