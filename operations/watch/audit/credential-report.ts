import { type KeyFacts, type RootFacts, type UserFacts } from "./rules/subjects";

/** How the report calls the root user. */
const ROOT = "<root_account>";
const needed = ["user", "arn", "password_enabled", "mfa_active", "access_key_1_active", "access_key_2_active"];

export type ReportRow =
  { kind: "user"; user: UserFacts } | { kind: "root"; root: RootFacts } | { kind: "broken"; line: number };

/**
 * The rows of IAM's credential report, one at a time. A row that is cut off or has other columns than the heading is
 * `broken`, not guessed at; a text without a heading of a credential report is one broken row.
 *
 * Source: IAM User Guide, "Get credential reports for your AWS account", columns and their values.
 */
export function* reportRows(text: string): Generator<ReportRow> {
  let names: string[] | undefined;
  let number = 0;
  for (let start = 0; start < text.length;) {
    const end = text.indexOf("\n", start) < 0 ? text.length : text.indexOf("\n", start);
    const line = text.slice(start, end).replace(/\r$/, "");
    start = end + 1;
    number += 1;
    if (line === "") {
      continue;
    }
    if (names === undefined) {
      names = line.split(",");
      if (!needed.every((each) => names?.includes(each))) {
        yield { kind: "broken", line: number };
        return;
      }
      continue;
    }
    const row = rowOf(names, line);
    yield row ?? { kind: "broken", line: number };
  }
  if (names === undefined) {
    yield { kind: "broken", line: 0 };
  }
}

function rowOf(names: readonly string[], line: string): ReportRow | undefined {
  const cells = cellsOf(line, names.length);
  if (cells === undefined) {
    return undefined;
  }
  const of = (name: string) => cells[names.indexOf(name)] ?? "";
  const name = of("user");
  const keys = ([1, 2] as const).flatMap((slot) => keyOf(slot, of));
  const passwordUsedAt = timeOf(of("password_last_used"));
  if (!/^(true|false)$/.test(of("mfa_active")) || !/^(true|false)$/.test(of("access_key_2_active"))) {
    return undefined;
  }
  if (name === ROOT) {
    const lastUsedAt = [passwordUsedAt, ...keys.map((key) => key.lastUsedAt)].flatMap((each) => each ?? []).sort();
    return {
      kind: "root",
      root: {
        accessKeys: keys.some(({ active }) => active),
        mfa: of("mfa_active") === "true",
        ...(lastUsedAt.length > 0 && { lastUsedAt: lastUsedAt.at(-1)! }),
      },
    };
  }
  const createdAt = timeOf(of("user_creation_time"));
  const passwordChangedAt = timeOf(of("password_last_changed"));
  return {
    kind: "user",
    user: {
      name,
      arn: of("arn"),
      console: of("password_enabled") === "true",
      mfa: of("mfa_active") === "true",
      keys,
      ...(createdAt !== undefined && { createdAt }),
      ...(passwordUsedAt !== undefined && { passwordUsedAt }),
      ...(passwordChangedAt !== undefined && { passwordChangedAt }),
    },
  };
}

// Nothing is quoted, and a user's name may hold commas: then it stands in the name and in the ARN, so that there are
// two cells too many for each.
function cellsOf(line: string, count: number): string[] | undefined {
  const cells = line.split(",");
  const extra = cells.length - count;
  if (extra < 0 || extra % 2 !== 0) {
    return undefined;
  }
  const commas = extra / 2 + 1;
  return [cells.slice(0, commas).join(","), cells.slice(commas, 2 * commas).join(","), ...cells.slice(2 * commas)];
}

function keyOf(slot: 1 | 2, of: (name: string) => string): KeyFacts[] {
  const createdAt = timeOf(of(`access_key_${slot}_last_rotated`));
  const lastUsedAt = timeOf(of(`access_key_${slot}_last_used_date`));
  const active = of(`access_key_${slot}_active`) === "true";
  return !active && createdAt === undefined
    ? []
    : [
        {
          slot,
          active,
          ...(createdAt !== undefined && { createdAt }),
          ...(lastUsedAt !== undefined && { lastUsedAt }),
        },
      ];
}

/** `N/A`, `no_information` and `not_supported` stand for no time. */
function timeOf(text: string): string | undefined {
  const time = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
