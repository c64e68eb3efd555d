/**
 * An AWS CLI command, quoted for a POSIX shell. Flags begin with `--`, all else is a value.
 *
 * @param words after `aws`
 */
export function awsCli(...words: string[]): string {
  return ["aws", ...words].map(quoted).join(" ");
}

// What a person is to put in, `<profile>`, stays as it is: a shell stops there, which is better than a wrong name.
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$|^<[\w -]+>$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
