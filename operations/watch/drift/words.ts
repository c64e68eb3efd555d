import { onOneLine } from "../../../common/printable";
import { type PropertyDifference } from "../../../common/observation";
import { compareInputs } from "../../../common/compare-inputs";
import { type AcceptedDrift } from "./accepted-limits";
import { type Change } from "./change";
import { type StackDrift } from "./look";
import { type DriftItem, type DriftReport } from "./model";
import { type SourcePlace } from "./source";

/** What a report comes to, in a sentence or two. */
export function headline({ state, items, checked }: DriftReport): string {
  const counted = (which: (item: DriftItem) => boolean) => items.filter(which).length;
  const beside = counted(({ change }) => change === "unmanaged");
  const drifted = counted((item) => item.state === "drifted") - beside;
  const unknown = counted((item) => item.state === "unknown");
  if (state === "clean") {
    return `Clean: all ${checked} resources are as the program says.`;
  }
  if (state === "unknown") {
    // What stands for the account, or for a kind of thing beside the program, is no resource of the stack.
    const own = counted(({ urn }) => urn.startsWith("urn:"));
    const rest = checked === 0 ? "nothing was looked at" : `all ${checked} resources are as the program says`;
    return own > 0
      ? `Unknown: ${own} of ${checked} resources could not be compared; the rest is as the program says.`
      : `Unknown: ${rest}; ${things(unknown).replace("There", "there")} that could not be told.`;
  }
  return [
    `Drift: ${drifted} of ${checked} resources are not as the program says.`,
    ...(beside > 0 ? [`${things(beside)} in the account that the program does not manage.`] : []),
    ...(unknown > 0 ? [`${unknown} more could not be read.`] : []),
  ].join(" ");
}

function things(count: number): string {
  return count === 1 ? "There is 1 thing" : `There are ${count} things`;
}

/** Where and what, such as `AuditTrail, us-east-1: Trail changed`. */
export function titleOf(item: DriftItem): string {
  const what = {
    changed: "changed",
    deleted: "deleted",
    missing: "missing from the stack's state",
    undeclared: "no longer declared by the program",
    unmanaged: "not managed by the program",
  };
  const happened = item.state === "unknown" ? "could not be read" : what[item.change ?? "changed"];
  return `${item.control}, ${item.region ?? "account"}: ${typeName(item)} ${happened}`;
}

export function typeName({ type }: { type: string }): string {
  return type.split(":").at(-1) ?? type;
}

/** Name and id, once where they are the same. */
export function nameOf({ name, id }: DriftItem): string {
  return id === "" || id === name ? name : `${name} (${id})`;
}

/** What differs, in texts. Of a policy document, what in it differs. */
export function differencesOf(item: DriftItem): { path: string; expected: string; found: string }[] {
  return item.differences.flatMap(inDetail).map(({ path, expected, found }) => ({
    path: onOneLine(path) || "(the whole of it)",
    expected: shown(expected),
    found: shown(found),
  }));
}

/** Of two documents in JSON what differs inside, as long as that says more than the documents do. */
function inDetail(difference: PropertyDifference): PropertyDifference[] {
  const [expected, found] = [documentOf(difference.expected), documentOf(difference.found)];
  if (!expected || !found) {
    return [difference];
  }
  const inside = compareInputs(expected, found);
  return inside.length > 0
    ? inside.map((each) => ({ ...each, path: `${difference.path}: ${each.path}` }))
    : [difference];
}

function documentOf(value: unknown): Record<string, unknown> | undefined {
  try {
    const document: unknown = typeof value === "string" && value.startsWith("{") ? JSON.parse(value) : undefined;
    return document as Record<string, unknown> | undefined;
  } catch {
    return undefined;
  }
}

function shown(value: unknown): string {
  // With spaces between its parts, so that lines can be broken there.
  const text =
    value === undefined || value === null ? "nothing" : JSON.stringify(value, undefined, 1).replace(/\n\s*/g, " ");
  return text.length > 200 ? `${text.slice(0, 197)}...` : text;
}

/** "6 DetectorFeature, 1 BucketPolicy". */
export function byType(consequences: DriftItem["consequences"]): string {
  const types = consequences.map(typeName);
  return [...new Set(types)].map((type) => `${types.filter((each) => each === type).length} ${type}`).join(", ");
}

/** Where to look in the sources; nothing where that is not known. */
export function placeLines(item: DriftItem): string[] {
  const { at, change } = item;
  return at ? [`${change === "unmanaged" ? "what should be is declared" : "declared"} in ${placeText(at)}`] : [];
}

function placeText({ path, line }: SourcePlace): string {
  return line === undefined ? path : `${path}:${line}`;
}

/**
 * Who, what, when and from where, and whether a refresh alone would have shown it; one sentence each. Nothing of who where
 * nobody looked.
 */
export function whoLines({ changes, inState }: DriftItem): string[] {
  const who =
    changes?.length === 0
      ? ["CloudTrail's last 90 days do not say by whom."]
      : (changes ?? []).map(
          (each) => `${whenText(each)}: ${each.event} by ${each.user}${fromText(each)}${ageText(each)}`,
        );
  return [...who, ...(inState ? [recorded] : [])];
}

const recorded =
  "The stack's state has it too. Either the program or its settings changed and no `pulumi up` followed, or somebody wrote " +
  "the state, as `pulumi refresh` does.";

function whenText({ time }: Change): string {
  return `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`;
}

function fromText({ sourceIp }: Change): string {
  return sourceIp === undefined ? "" : ` from ${sourceIp}`;
}

// Or else whoever ran the last update would be taken for who undid it.
function ageText({ before }: Change): string {
  return before ? " (the last on record, from before the last update: hardly the cause)" : "";
}

/** What accepted drift has to say for itself. */
export function acceptanceLines({ acceptance }: Partial<StackDrift>): string[] {
  if (!acceptance) {
    return [];
  }
  const { accepted, expired, unused, refused } = acceptance;
  return [
    ...accepted.map(({ item, by }) => `Accepted until ${by.expires}: ${acceptedText(item)}. ${by.reason}`),
    ...expired.map((each) => `No longer accepted since ${each.expires}: ${entryText(each)}. ${each.reason}`),
    ...refused.map(({ entry, why }) => `Not accepted: ${entryText(entry)}: ${why}.`),
    ...unused.map((each) => `Accepted, and not there: ${entryText(each)}. The entry can go.`),
  ];
}

function acceptedText(item: DriftItem): string {
  const paths = item.differences.map(({ path }) => path);
  return `${titleOf(item)} (${item.name}${paths.length > 0 ? `: ${paths.join(", ")}` : ""})`;
}

function entryText({ resource, property }: AcceptedDrift): string {
  return property === undefined ? resource : `${resource}, ${property}`;
}

/** What the report does not speak of. */
export function blindSpot({ unmanagedLookedFor }: Partial<StackDrift>): string[] {
  if (unmanagedLookedFor === undefined) {
    return [];
  }
  return unmanagedLookedFor
    ? [
        "Looked for beside the program: trails, GuardDuty detectors, AWS Config recorders, analyzers and IAM users, and what " +
          "hangs on the program's own resources, such as subscribers, targets and policies. Not looked for: anything else, " +
          "such as roles, keys, buckets and security groups of others.",
      ]
    : ["What the account has beside the program was not looked for."];
}
