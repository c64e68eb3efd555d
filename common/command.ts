import { AsyncLocalStorage } from "node:async_hooks";
import { oneLine } from "./printable";
import { regionPattern } from "./region-name";
import { wrap } from "./table";

/** What an option takes: `true` for a switch, several words for a list; undefined or false leaves the option out. */
type Value = string | number | boolean | readonly string[] | undefined;

export type CommandOptions = Readonly<Record<string, Value>>;

interface Kind {
  /** As in "is not a region name". */
  noun: string;
  pattern: RegExp;
}

const name = (noun: string): Kind => ({ noun, pattern: /^[\w+=,.@-]{1,128}$/ });
const id = (noun: string, least: number): Kind => ({ noun, pattern: new RegExp(`^\\w{${least},128}$`) });
const resource = (noun: string, prefix: string): Kind => ({
  noun,
  pattern: new RegExp(`^${prefix}-[0-9a-z]{1,40}$`),
});
const arn: Kind = { noun: "an ARN", pattern: /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(\d{12}|aws)?:[!-~]{1,1900}$/ };
const region: Kind = { noun: "a region name", pattern: regionPattern };

/**
 * What the AWS CLI's options take. Sources: AWS's service models (IAM 2010-05-08 `existingUserNameType`, `roleNameType`,
 * `accessKeyIdType`, `publicKeyIdType`, `certificateIdType`, `arnType`; CloudTrail 2013-11-01 `UUID`; Account 2021-02-01
 * `AccountId`), `regionRegex` of botocore's partitions.json, and for ids of EC2 its user guide, "Resource IDs".
 */
const awsKinds: Readonly<Record<string, Kind>> & { any: Kind } = {
  // The AWS CLI reads the file or page such a value names. Source: AWS CLI user guide, "Load a parameter from a file".
  any: { noun: "a value for the AWS CLI", pattern: /^(?!(file|fileb|https?):\/\/)/ },
  region,
  "endpoint-url": { noun: "an endpoint", pattern: /^https?:\/\/[\w.:[\]/-]+$/ },
  "user-name": name("a user name"),
  "role-name": name("a role name"),
  "group-name": name("a group name"),
  "policy-name": name("a policy name"),
  "virtual-mfa-device-name": name("a user name"),
  "policy-arn": arn,
  "analyzer-arn": arn,
  "access-key-id": id("an access key id", 16),
  "service-specific-credential-id": id("a credential id", 20),
  "ssh-public-key-id": id("an SSH public key id", 20),
  "certificate-id": id("a certificate id", 24),
  "account-id": { noun: "an account id", pattern: /^\d{12}$/ },
  "instance-id": resource("an instance id", "i"),
  "instance-ids": resource("an instance id", "i"),
  "snapshot-id": resource("a snapshot id", "snap"),
  "image-id": resource("an image id", "ami"),
  bucket: { noun: "a bucket name", pattern: /^[a-z0-9][a-z0-9._-]{1,253}[a-z0-9]$/i },
  "group-id": resource("a security group id", "sg"),
  "vpc-id": resource("a VPC id", "vpc"),
  "lookup-attributes": {
    noun: "an event id or a user name of CloudTrail",
    pattern:
      /^AttributeKey=(EventId,AttributeValue=[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|Username,AttributeValue=[\w+=,.@-]+)$/,
  },
};

const anything: Kind = { noun: "a value for a command", pattern: /^/ };

/** What a person is to put in, such as `<profile>`. It stays quoted, so that a shell takes it for no file. */
const placeholder = /^<[\w -]+>$/;

/** Where the commands of a run go: the emulator it works on, or the profile that signs. */
export interface CommandTarget {
  endpoint?: string | undefined;
  profile?: string | undefined;
}

const target = new AsyncLocalStorage<CommandTarget>();

/**
 * Runs `work`. Every command of the AWS CLI that is written meanwhile goes to the same endpoint and profile: what a
 * practice run printed must not reach a real account when it is pasted.
 */
export function withCommandTarget<T>({ endpoint, profile }: CommandTarget, work: () => T): T {
  return target.run({ endpoint, profile }, work);
}

/**
 * A command of the AWS CLI, to be copied into a POSIX shell. It goes where `withCommandTarget` says.
 *
 * @returns the command, or a sentence that begins with "No command:" where a value is not what AWS could have given:
 *   whoever wrote it there may mean to be run
 */
export function awsCommand(service: string, operation: string, options: CommandOptions = {}): string {
  const { endpoint, profile } = target.getStore() ?? {};
  // With an endpoint the AWS CLI wants a region for every service, IAM too.
  const practice = endpoint !== undefined && { region: options["region"] ?? "us-east-1", "endpoint-url": endpoint };
  return written(["aws", service, operation], [], { profile, ...options, ...practice }, awsKinds);
}

/**
 * A command of this tool. The front door is named here and nowhere else.
 *
 * @param words what stands before the options: a key, a subject, a step
 * @returns as `awsCommand`
 */
export function baselineCommand(verb: string, words: readonly string[] = [], options: CommandOptions = {}): string {
  return written([...frontDoor(verb), ...(isEmpty(words, options) ? [] : ["--"])], words, options, {
    any: anything,
    region,
  });
}

/** A command of this tool whose output goes into the next one, as one line of a POSIX shell. */
export function baselinePipe(...commands: Parameters<typeof baselineCommand>[]): string {
  return commands.map((each) => baselineCommand(...each).replace("npm run", "npm run --silent")).join(" | ");
}

/** A command of Pulumi's CLI. @returns as `awsCommand` */
export function pulumiCommand(words: readonly [string, ...string[]], options: CommandOptions = {}): string {
  return written(["pulumi"], words, options, { any: anything });
}

/** A command in lines that a shell takes as one: broken between words only, before an option. A sentence is wrapped. */
export function commandLines(command: string, columns: number): string[] {
  if (!isCommand(command)) {
    return wrap(command, columns);
  }
  const words = command.match(/(?:[^\s'\\]|\\.|'[^']*')+/g) ?? [];
  const parts = words.reduce<string[]>(
    (list, word) =>
      word.startsWith("--") && word !== "--"
        ? [...list, word]
        : [...list.slice(0, -1), `${list.at(-1) ?? ""} ${word}`.trim()],
    [],
  );
  const [first = "", ...rest] = parts;
  const lines = [first];
  for (const part of rest) {
    const line = lines.at(-1)!;
    if (line.length + 1 + part.length + 2 > columns) {
      lines[lines.length - 1] = `${line} \\`;
      lines.push(`  ${part}`);
    } else {
      lines[lines.length - 1] = `${line} ${part}`;
    }
  }
  return lines;
}

/** Whether a text is a command of this file, and no sentence in the place of one. */
export function isCommand(text: string): boolean {
  return /^(aws|npm|pulumi) /.test(text);
}

function frontDoor(verb: string): string[] {
  return ["npm", "run", verb];
}

function isEmpty(words: readonly string[], options: CommandOptions): boolean {
  return words.length === 0 && Object.values(options).every((value) => value === undefined || value === false);
}

/** @param kinds what each option takes; `any` is for those that are not listed, and for words without an option */
function written(
  start: readonly string[],
  words: readonly string[],
  options: CommandOptions,
  kinds: Readonly<Record<string, Kind>> & { any: Kind },
): string {
  const given = Object.entries(options).flatMap(([option, value]) =>
    value === undefined || value === false ? [] : [{ option, values: valuesOf(value) }],
  );
  const problem = [
    ...words.map((word) => problemOf(word, kinds.any) ?? (isOption(word) ? said(word, kinds.any.noun) : undefined)),
    ...given.flatMap(({ option, values }) => values.map((value) => problemOf(value, kinds[option] ?? kinds.any))),
    ...given.flatMap(({ values: [, ...more] }) => more.filter(isOption).map((value) => said(value, kinds.any.noun))),
  ].find((each) => each !== undefined);
  if (problem !== undefined) {
    return `No command: ${problem}`;
  }
  return [...start, ...words.map(shellWord), ...given.flatMap(optionWords)].join(" ");
}

function valuesOf(value: string | number | true | readonly string[]): readonly string[] {
  return value === true ? [] : typeof value === "object" ? value : [String(value)];
}

function problemOf(text: string, { noun, pattern }: Kind): string | undefined {
  return placeholder.test(text) || (pattern.test(text) && oneLine(text) === text) ? undefined : said(text, noun);
}

/** The value in single quotes: pasted into a shell by mistake, nothing of it runs. */
function said(text: string, noun: string): string {
  const shown = oneLine(text);
  return `${inQuotes(shown.length > 80 ? `${shown.slice(0, 80)}...` : shown)} is not ${noun}.`;
}

// In one word with its option, a value that begins with a hyphen is no option of its own.
function optionWords({ option, values }: { option: string; values: readonly string[] }): string[] {
  const [first = "", ...more] = values;
  return isOption(first)
    ? [`--${option}=${shellWord(first)}`, ...more.map(shellWord)]
    : [`--${option}`, ...values.map(shellWord)];
}

function isOption(value: string): boolean {
  return value.startsWith("-");
}

/** A word for a POSIX shell: as it is where no shell gives its letters a meaning, zsh's `=name` included. */
export function shellWord(word: string): string {
  return /^[\w@%+:,./-][\w@%+=:,./-]*$/.test(word) ? word : inQuotes(word);
}

function inQuotes(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
