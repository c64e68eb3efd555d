export type Tags = Readonly<Record<string, string>>;

export interface Tag {
  Key: string;
  Value: string;
}

export function tagList(tags: Tags | undefined): Tag[] {
  return Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
}

export function tagMap(list: readonly { Key?: string; Value?: string }[] | undefined): Record<string, string> {
  return Object.fromEntries((list ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}

/** AWS sets and removes tags in two calls; either is left out when there is nothing to do. */
export async function retag(
  olds: Tags | undefined,
  news: Tags | undefined,
  set: (tags: Tag[]) => Promise<unknown>,
  remove: (keys: string[]) => Promise<unknown>,
): Promise<void> {
  const gone = Object.keys(olds ?? {}).filter((key) => news?.[key] === undefined);
  const changed = tagList(news).filter(({ Key, Value }) => olds?.[Key] !== Value);
  if (gone.length > 0) {
    await remove(gone);
  }
  if (changed.length > 0) {
    await set(changed);
  }
}
