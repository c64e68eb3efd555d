/** An entry of `fleet matrix`; only the stack matters here, and all of it is passed on. */
export interface MatrixEntry {
  stack: string;
  [key: string]: unknown;
}

/** What no preview depends on. Whatever is not listed here concerns every stack: to miss one is worse than to look twice. */
const irrelevant = [
  /\.md$/,
  /^(docs|test|tools|bootstrap|\.ci|\.github)\//,
  /^(LICENSE|Pulumi\.example\.yaml|\.gitignore|\.mocharc\.cjs|\.prettier\w+(\.json)?|eslint\.config\.mjs)$/,
];

/**
 * The stacks that changed files concern: a stack's own file concerns that stack, the program and the list of accounts
 * concern all of them, words and tests none.
 *
 * @param files from the repository's root, with `/` between folders
 */
export function stacksConcerned<Entry extends MatrixEntry>(
  files: readonly string[],
  entries: readonly Entry[],
): Entry[] {
  const relevant = files.filter((file) => !irrelevant.some((each) => each.test(file)));
  const stackFiles = new Set(relevant.filter((file) => /^Pulumi\.[^/]+\.yaml$/.test(file)));
  return stackFiles.size < new Set(relevant).size
    ? [...entries]
    : entries.filter(({ stack }) => stackFiles.has(stackFileOf(stack)));
}

/** The file with a stack's settings. Source: Pulumi docs, "Stack settings file"; organization and project are not part of it. */
export function stackFileOf(stack: string): string {
  return `Pulumi.${stack.split("/").at(-1) ?? stack}.yaml`;
}
