import * as v from "valibot";
import { type Document, isScalar, LineCounter, parseDocument, visit } from "yaml";
import { badInput, type BaselineError } from "../../../common/errors";
import { readNamedFile, unreadableFile } from "../../../common/files";
import { yamlValue } from "../../../common/yaml-value";
import { YamlPlaces } from "../../../common/yaml-places";
import { problemLines, problemOf, type SettingsProblem } from "../../../components/foundation/settings/problem";
import { misplacedIn } from "../../../components/foundation/settings/unknown-keys";
import { stackFile } from "../../../engine/stack-files/stack-config-file";
import { fleetAccount } from "./account-of";
import { type FleetAccount } from "./account";
import { type AccountsData, accountsSchema, type OrganizationData } from "./accounts-schema";

/** The accounts of a file, and the organization that more of them come from. */
export interface AccountsFile {
  path: string;
  defaults: AccountsData["defaults"];
  accounts: FleetAccount[];
  organization?: OrganizationData;
  /** Where something stands in the file, as `accounts.yaml:12`. */
  where: (path: Path) => string;
  /** Whether the file itself says it. */
  has: (path: Path) => boolean;
}

export type Path = (string | number)[];

/**
 * Reads `accounts.yaml`.
 *
 * @throws BaselineError `unreadable-file`, or `invalid-accounts` with all problems together (exit code 2)
 */
export function readAccounts(path: string): AccountsFile {
  return parseAccounts(readNamedFile(path, next), path);
}

/** The same from its text. */
export function parseAccounts(text: string, path: string): AccountsFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true, uniqueKeys: true });
  const [broken] = document.errors;
  if (broken) {
    const line = lines.linePos(broken.pos[0]).line;
    throw unreadable(path, `line ${line}: ${(broken.message.split("\n")[0] ?? "").replace(/ at line .*$/, "")}`);
  }
  keepDigits(document);
  const told = yamlValue(document);
  if ("problem" in told) {
    throw unreadable(path, told.problem);
  }
  const raw = told.value ?? {};
  if (typeof raw !== "object" || Array.isArray(raw)) {
    throw unreadable(path, "it is not a map with accounts");
  }
  const places = new YamlPlaces(path, document, lines);
  const where = (at: Path) => places.where(at);
  const result = v.safeParse(accountsSchema, raw);
  const unknown = misplacedIn(accountsSchema, raw as Record<string, unknown>, "key");
  const issues = (result.issues ?? []).map(problemOf);
  const data = result.typed ? result.output : undefined;
  const accounts = data?.accounts.map((each) => fleetAccount(each, data.defaults)) ?? [];
  const problems = [...issues, ...unknown, ...(data ? [...together(data, accounts)] : [])];
  refuse(problems, path, where);
  const { defaults, organization } = data as AccountsData;
  return { path, defaults, accounts, ...(organization && { organization }), where, has: (at) => document.hasIn(at) };
}

/** @throws BaselineError `invalid-accounts` when there are any */
export function refuse(problems: SettingsProblem[], path: string, where: (path: Path) => string): void {
  if (problems.length === 0) {
    return;
  }
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  throw badInput(
    "invalid-accounts",
    `${path} has ${count}; nothing was done.\n${problemLines(problems, where)}`,
    "Correct them; docs/fleet.md explains every key.",
  );
}

/** What the schema cannot see: one account against another, and the role against its account. */
function together(data: AccountsData, accounts: FleetAccount[]): SettingsProblem[] {
  if (accounts.length === 0 && !data.organization) {
    return [{ path: [], value: undefined, allowed: "at least one of accounts and organization" }];
  }
  const twice = (["name", "accountId", "stack"] as const).flatMap((key) =>
    accounts.flatMap((each, index) => {
      const first = accounts.findIndex((other) => other[key] === each[key]);
      const at = data.accounts[index]?.[key] === undefined ? ["accounts", index] : ["accounts", index, key];
      // A stack that is named by default is told of with the name.
      const toldAlready = key === "stack" && accounts[first]?.name === each.name;
      return first < index && !toldAlready
        ? [{ path: at, value: each[key], allowed: `one account has it already: accounts[${first}]` }]
        : [];
    }),
  );
  // Settings are kept by a stack's last name: two accounts with one file would run with each other's.
  const oneFile = accounts.flatMap(({ stack }, index) => {
    const first = accounts.findIndex((other) => stackFile("", other.stack) === stackFile("", stack));
    const other = accounts[first]?.stack;
    return first < index && other !== stack
      ? [
          {
            path: data.accounts[index]?.stack === undefined ? ["accounts", index] : ["accounts", index, "stack"],
            value: stack,
            allowed: `a stack with a last name of its own: accounts[${first}] (${other}) has its settings in ${stackFile("", stack)} too`,
          },
        ]
      : [];
  });
  const elsewhere = accounts.flatMap(({ accountId, roles }, index) => {
    const arn = roles.at(-1)?.roleArn;
    const at = data.accounts[index]?.role === undefined ? ["accounts", index] : ["accounts", index, "role"];
    return arn !== undefined && arn.split(":")[4] !== accountId
      ? [{ path: at, value: arn, allowed: `a role of account ${accountId}` }]
      : [];
  });
  const rootless = data.accounts.flatMap(({ role, via, externalId }, index) =>
    role === undefined && data.defaults.role === undefined && (via ?? externalId) !== undefined
      ? [{ path: ["accounts", index], value: undefined, allowed: "a role, since there are via or externalId" }]
      : [],
  );
  return [...twice, ...oneFile, ...elsewhere, ...rootless];
}

// A number such as 012345678901 would lose its first digit.
function keepDigits(document: Document): void {
  visit(document, {
    Pair(_, pair) {
      if (isScalar(pair.key) && pair.key.value === "accountId" && isScalar(pair.value) && pair.value.source) {
        pair.value.value = pair.value.source;
      }
    },
  });
}

const next = "Give a file of accounts with --accounts; docs/fleet.md has an example.";

function unreadable(path: string, why: string): BaselineError {
  return unreadableFile(path, why, next);
}
