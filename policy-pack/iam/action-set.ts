import { type Selector, type Statement } from "./model";
import { escalations } from "./escalation";
import { passRolePaths, takeoverPaths } from "./escalation-paths";
import { compileGlobFor, matches } from "./glob";
import { isGenerous, type Reading, readText, withoutBlanks } from "./reading";
import { remembered } from "./remembered";

// A character no document contains: an action of a service that nothing names.
const unnamed = "\u0001";

/** An action that no document speaks of; what covers it covers every action, but for those that are named. */
export const unnamedAction = `${unnamed}:${unnamed}`;

/** Actions of roles' trust policies. */
const assuming = ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"];

/** Every action that the policies ask about, in lower case. Documents speak of many more; those make no difference. */
const asked: readonly string[] = [
  ...new Set(
    [
      ...escalations.map(({ action }) => action),
      ...[...passRolePaths, ...takeoverPaths].flatMap((path) => path.actions),
    ]
      .concat(assuming, unnamedAction)
      .map((action) => action.toLowerCase()),
  ),
];
const services = new Set(asked.map((action) => action.slice(0, action.indexOf(":"))));

// AWS has none of this length.
const longestAction = 128;

/** What a selector of actions covers of those that are asked about: these, or all but these. */
export interface ActionSet {
  readonly negated: boolean;
  readonly named: ReadonlySet<string>;
}

/** Reads a selector of actions, as the patterns of one are read that grants or cancels. */
export function actionsOf(selector: Selector, of: Statement, reading: Reading): ActionSet {
  if (selector.missing) return { negated: isGenerous(selector, of, reading), named: nothing };
  const generous = isGenerous(selector, of, reading);
  let named: Set<string> | undefined;
  for (const item of selector.items) {
    const text = readText(item, generous === (reading === "possible"));
    const found = text === undefined ? [] : generous ? forgiven(text) : asSpelt(text);
    if (found.length === 0) continue;
    named ??= new Set();
    for (const action of found) named.add(action);
  }
  return { negated: selector.negated, named: named ?? nothing };
}

const nothing: ReadonlySet<string> = new Set();

/** Whether the set has this action, one that is asked about, in lower case. */
export function hasAction({ negated, named }: ActionSet, action: string): boolean {
  return named.has(action) !== negated;
}

/** Whether none of the actions that are asked about is in the set. */
export function isIrrelevant({ negated, named }: ActionSet): boolean {
  return negated ? named.size === asked.length : named.size === 0;
}

const forgiven = remembered((text) => matching(withoutBlanks(text)));
// What AWS would refuse does not count where it would cancel.
const asSpelt = remembered((text) => (/^(\*|(\*|[\w-]+):[!-9;-~]+)$/.test(text) ? matching(text) : []));

function matching(text: string): readonly string[] {
  const service = text.slice(0, Math.max(0, text.indexOf(":"))).toLowerCase();
  if (service !== "" && !/[*?$]/.test(service) && !services.has(service)) return [];
  const glob = compileGlobFor(text.toLowerCase(), longestAction);
  return asked.filter((action) => matches(glob, action));
}
