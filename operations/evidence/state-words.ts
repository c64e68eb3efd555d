import { nameOfPlace } from "./anchor/keys";
import { type AnchorCheck } from "./anchor/check";
import { type EvidenceState, unprovenIn } from "./state";

/** Of each kind so many are named; all are counted. */
const SHOWN = 5;

/** What is known of an evidence folder, and what is not: a sentence or two for each thing. */
export function stateSentences(state: EvidenceState): string[] {
  const { ok, entries, head, torn, problem, older = [], changed = [], gone = [], strange = [], anchors } = state;
  return [
    ok
      ? `${entries} line(s) of evidence. Each carries the hash of the line before it, and all hashes fit. The last: ${head}.`
      : `The evidence was changed: line ${problem?.line} does not hold (${problem?.what}). The ${entries} line(s) before it do; nothing after it was checked.`,
    ...(torn ? ["The last line is half written: the run that wrote it was stopped."] : []),
    ...shown(older, ({ line, time, before, isNoted }) =>
      isNoted
        ? `Line ${line} (${time}) is older than the line before it (${before}): the program noted there that the clock of its machine had gone back.`
        : `Line ${line} (${time}) is older than the line before it (${before}), and no line says why.`,
    ),
    ...(changed.length > 0 ? [`Not as the evidence says they were written: ${named(changed)}.`] : []),
    ...(gone.length > 0 ? [`Gone from the folder: ${named(gone)}. The step that wrote them writes them again.`] : []),
    ...(strange.length > 0 ? [`The evidence has no hash of: ${named(strange)}. Nothing is known of them.`] : []),
    ...(anchors ? anchorSentences(state, anchors) : withoutAnchors(state)),
  ];
}

/** @returns what a chain shows by itself, and against whom it shows nothing */
function withoutAnchors({ anchoredIn = [] }: EvidenceState): string[] {
  return [
    "No anchor was checked. By themselves the hashes show accidents, such as a file that was cut off or damaged. They do not show what a person does who can write to the folder: such a person can change lines and make all hashes anew.",
    ...anchoredIn.map((place) => `Runs put anchors into ${nameOfPlace(place)}: --anchor checks them.`),
  ];
}

function anchorSentences(state: EvidenceState, anchors: AnchorCheck): string[] {
  const { place, proven, contradictions, unlocked, lockedUntil, deleted } = anchors;
  const unproven = unprovenIn(state);
  return [
    ...shown(contradictions, ({ line, since, why }) =>
      why === "another hash"
        ? `${place} says that line ${line} had another hash at ${since}: this is not the evidence that was anchored then.`
        : `${place} says that there was a line ${line} at ${since}: lines were cut off since.`,
    ),
    ...provenSentences(proven, place),
    ...(unproven
      ? [
          proven.length === 0 && contradictions.length === 0
            ? `${place} has no anchor of this evidence: either no run put one there, or the first line was changed.`
            : `Lines ${unproven.from} to ${unproven.to} have no anchor: for them the hashes show accidents only.`,
        ]
      : []),
    ...(unlocked > 0
      ? [`${unlocked} anchor(s) show no lock: whoever may delete objects can take them away unseen.`]
      : []),
    ...(lockedUntil === undefined ? [] : [`The first lock ends at ${lockedUntil}.`]),
    ...(deleted > 0 ? [`Somebody tried to delete ${deleted} anchor(s); the bucket still has them.`] : []),
  ];
}

function provenSentences(proven: AnchorCheck["proven"], place: string): string[] {
  const last = proven.at(-1);
  const sentence = ({ from, to, since }: AnchorCheck["proven"][number]) =>
    `Lines ${from} to ${to} are as they were at ${since}, by ${place}.`;
  if (last === undefined || proven.length <= SHOWN + 1) {
    return proven.map(sentence);
  }
  const next = proven[SHOWN]!;
  return [
    ...proven.slice(0, SHOWN).map(sentence),
    `Lines ${next.from} to ${last.to} are as they were at times from ${next.since} to ${last.since} (${proven.length - SHOWN} anchors).`,
  ];
}

function shown<T>(all: readonly T[], sentence: (each: T) => string): string[] {
  const more = all.length > SHOWN ? [`So it is with ${all.length - SHOWN} more.`] : [];
  return [...all.slice(0, SHOWN).map(sentence), ...more];
}

function named(names: readonly string[]): string {
  const more = names.length > SHOWN ? `, and ${names.length - SHOWN} more` : "";
  return `${names.slice(0, SHOWN).join(", ")}${more}`;
}
