import { isUnknown, replaceUnknown } from "../values";
import { actionsOf, hasAction } from "./action-set";
import { type Condition, type PolicyDocument, type Principal, type Principals, type Statement } from "./model";
import { issuerOf, sharedIssuers } from "./issuers";
import { isAllow, type Reading } from "./reading";
import { meets, type Stranger } from "./stranger";

/** Who can assume a role though they have nothing to do with its account. */
export type TrustVerdict =
  | {
      readonly kind: "public";
      /** Strangers need luck: an external id, an address that is let in. */
      readonly withLuck: boolean;
      readonly statement: Statement;
      readonly by: Opening;
      /** Conditions that do not keep strangers out. */
      readonly conditions: readonly Condition[];
    }
  /** Everybody of one tenant of a shared issuer. */
  | { readonly kind: "tenant"; readonly statement: Statement; readonly by: Opening }
  | { readonly kind: "unknown"; readonly inputs: readonly string[] };

/** How a statement lets strangers in. */
export interface Opening {
  /** Path of the principal. */
  readonly path: string;
  readonly how: "everyone" | "not-principal" | "any-service" | "any-issuer" | "issuer";
  readonly action: string;
  /** What a stranger needs, where it is more than an AWS account. */
  readonly anyoneWith?: string;
  readonly issuer?: string;
}

const assumeRole = "sts:AssumeRole";
const webIdentity = "sts:AssumeRoleWithWebIdentity";
const saml = "sts:AssumeRoleWithSAML";

/** Decides a role's trust policy: what is certain first, then, unless that is public already, what is possible. */
export function decideTrust(document: PolicyDocument): TrustVerdict[] {
  const certain = found(document, "certain");
  if (certain?.kind === "public" && !certain.withLuck) return [certain];
  const inputs = unknownInputs(document);
  const possible = inputs.length > 0 && (document.unknown || isWorse(found(document, "possible"), certain));
  const unknown: TrustVerdict[] = possible ? [{ kind: "unknown", inputs }] : [];
  return certain === undefined ? unknown : [certain, ...unknown];
}

function isWorse(possible: TrustVerdict | undefined, certain: TrustVerdict | undefined): boolean {
  if (possible?.kind !== "public") return possible !== undefined && certain === undefined;
  return certain?.kind !== "public" || (certain.withLuck && !possible.withLuck);
}

function found({ statements }: PolicyDocument, reading: Reading): TrustVerdict | undefined {
  const allowing = statements.filter((each) => isAllow(each, reading));
  const denying = statements.filter((each) => !isAllow(each, reading));
  const tries = [false, true].flatMap((withLuck) =>
    allowing.flatMap((statement) =>
      openings(statement, reading).map(({ opening, issuer }) => ({ withLuck, statement, opening, issuer })),
    ),
  );
  const open = tries.filter(({ withLuck, statement, opening, issuer }) => {
    const stranger: Stranger = { withLuck, ...(issuer && { issuer }) };
    const meetsAll = statement.conditions.every((each) => meets(each, stranger, true, reading) !== "no");
    return meetsAll && !denying.some((each) => denies(each, opening.action, stranger, reading));
  });
  const worst = open.find(({ issuer }) => issuer?.shared.perTenant !== true);
  const tenant = open[0];
  if (worst !== undefined) {
    const { withLuck, statement, opening } = worst;
    return { kind: "public", withLuck, statement, by: opening, conditions: statement.conditions };
  }
  return tenant && { kind: "tenant", statement: tenant.statement, by: tenant.opening };
}

function covering(statement: Statement, actions: readonly string[], reading: Reading): string | undefined {
  const covered = actionsOf(statement.actions, statement, reading);
  return actions.find((action) => hasAction(covered, action.toLowerCase()));
}

interface Try {
  readonly opening: Opening;
  readonly issuer?: Stranger["issuer"];
}

/** The ways in which a statement's principals and actions, its conditions aside, let strangers in. */
function openings(statement: Statement, reading: Reading): Try[] {
  const role = covering(statement, [assumeRole], reading);
  const web = covering(statement, [webIdentity], reading);
  const federated = covering(statement, [webIdentity, saml], reading);
  return statement.principals.flatMap(({ negated, items }): Try[] => {
    if (negated) {
      const path = items[0]?.path ?? `${statement.path}.NotPrincipal`;
      return role === undefined ? [] : [{ opening: { path, how: "not-principal", action: role } }];
    }
    return items.flatMap((item): Try[] => {
      const { path, kind } = item;
      const text = textOf(item, reading);
      if (text === undefined) return [];
      if (kind === "federated" || (kind === "*" && text !== "*")) {
        const issuer = issuerOf(text);
        const anyIssuer = /[*?]/.test(text) && federated !== undefined;
        if (anyIssuer) return [{ opening: { path, how: "any-issuer", action: federated }, ...ofKeys(statement) }];
        if (issuer === undefined || web === undefined) return [];
        const { anyoneWith } = issuer.shared;
        return [{ opening: { path, how: "issuer", action: web, anyoneWith, issuer: issuer.address }, issuer }];
      }
      const anyone = role !== undefined && isEveryone(text, kind);
      const how = kind === "service" ? "any-service" : "everyone";
      const viaWeb = kind === "*" && web !== undefined;
      return [
        ...(anyone ? [{ opening: { path, how, action: role } } as const] : []),
        ...(viaWeb ? [{ opening: { path, how: "any-issuer", action: web }, ...ofKeys(statement) } as const] : []),
      ];
    });
  });
}

/** The shared issuer whose claims a statement asks for, where its principal leaves open which it is. */
function ofKeys({ conditions }: Statement): { issuer?: Stranger["issuer"] } {
  const named = Object.entries(sharedIssuers).find(([address]) =>
    conditions.some(({ key }) => key.startsWith(`${address}:`)),
  );
  return named === undefined ? {} : { issuer: { address: named[0], shared: named[1] } };
}

function textOf({ text, unknown }: Principal, reading: Reading): string | undefined {
  if (!unknown) return text.trim();
  return reading === "possible" ? replaceUnknown(text, "*").trim() : undefined;
}

/** Every AWS principal, or every service: a star alone, or in the place of the account. */
function isEveryone(text: string, kind: string): boolean {
  if (/^[*?]+$/.test(text)) return true;
  if (kind === "service") return /^\*+\.amazonaws\.com$/i.test(text);
  const account = text.includes(":") ? text.split(":").slice(4, 5)[0] : text;
  return kind !== "canonicaluser" && (account === undefined ? text.includes("*") : /[*?]/.test(account));
}

/** Whether a Deny keeps a stranger out whatever they do. */
function denies(statement: Statement, action: string, stranger: Stranger, reading: Reading): boolean {
  const applies =
    covering(statement, [action], reading) !== undefined &&
    statement.principals.some((each) => deniesStrangers(each, stranger, reading));
  return applies && statement.conditions.every((each) => meets(each, stranger, false, reading) === "yes");
}

function deniesStrangers({ negated, items }: Principals, { issuer }: Stranger, reading: Reading): boolean {
  const everyone = ({ kind, text }: Principal): boolean =>
    text === "*" && (kind === "*" || (issuer === undefined ? kind === "aws" : kind === "federated"));
  if (negated) return items.every((each) => !everyone(each) && (!each.unknown || reading === "certain"));
  return items.some((each) => everyone(each) || (each.unknown && reading === "certain"));
}

function unknownInputs({ unknown, path, statements }: PolicyDocument): string[] {
  if (unknown) return [path];
  const all = statements.flatMap((each) => [
    ...(each.effect === "unknown" ? [each.path] : []),
    ...each.actions.items.flatMap((item) => (item.unknown ? [item.path] : [])),
    ...each.principals.flatMap(({ items }) => items.filter((item) => item.unknown).map((item) => item.path)),
    ...each.conditions.flatMap(({ values }) => values.filter(({ text }) => isUnknown(text)).map((item) => item.path)),
  ]);
  return [...new Set(all)];
}
