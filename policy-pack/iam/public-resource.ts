import { type Located } from "../values";
import { readDocument } from "./document";
import { type Principal, type Statement } from "./model";
import { type Reading } from "./reading";
import { meets } from "./stranger";

/** What a resource policy grants to people who have nothing to do with the account. */
export type ResourceVerdict =
  | { readonly kind: "public"; readonly statement: Statement; readonly path: string }
  | { readonly kind: "unknown"; readonly inputs: readonly string[] };

/**
 * Whether a resource policy, such as that of a bucket, allows something to everybody. Its Deny statements are not
 * counted: those of buckets speak of transport and encryption, not of who asks.
 */
export function decideResourcePolicy(source: Located): ResourceVerdict[] {
  const document = readDocument(source, "trust");
  const certain = found(document.statements, "certain");
  if (certain !== undefined) {
    return [certain];
  }
  const inputs = document.unknown ? [document.path] : unknownInputs(document.statements);
  const possible = document.unknown || found(document.statements, "possible") !== undefined;
  return possible ? [{ kind: "unknown", inputs }] : [];
}

function found(statements: readonly Statement[], reading: Reading): ResourceVerdict | undefined {
  for (const statement of statements) {
    const allows = statement.effect === "Allow" || (statement.effect === "unknown" && reading === "possible");
    const path = allows ? everyone(statement, reading) : undefined;
    const stranger = { withLuck: false };
    if (path !== undefined && statement.conditions.every((each) => meets(each, stranger, true, reading) !== "no")) {
      return { kind: "public", statement, path };
    }
  }
  return undefined;
}

/** Path of the principal that is everybody. */
function everyone({ principals, path }: Statement, reading: Reading): string | undefined {
  const isAll = ({ kind, text, unknown }: Principal): boolean =>
    (kind === "*" || kind === "aws") && (unknown ? reading === "possible" : /^\*+$/.test(text.trim()));
  const [all] = principals.flatMap(({ negated, items }) =>
    negated ? [items[0]?.path ?? `${path}.NotPrincipal`] : items.filter(isAll).map((item) => item.path),
  );
  return all;
}

function unknownInputs(statements: readonly Statement[]): string[] {
  return statements.flatMap((each) => [
    ...(each.effect === "unknown" ? [each.path] : []),
    ...each.principals.flatMap(({ items }) => items.filter(({ unknown }) => unknown).map((item) => item.path)),
    ...each.conditions.flatMap(({ values }) => values.filter(({ unknown }) => unknown).map((item) => item.path)),
  ]);
}
