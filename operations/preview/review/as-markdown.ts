import { identityLine } from "../../../aws/identity";
import { code, COMMENT_ROOM, details, escapeMarkdown, fitting, markdownTable } from "../../output/markdown";
import { policiesAsMarkdown } from "../../output/policies";
import { type Change, countText, type StackReview } from "./model";
import { administratorChanges, administratorSentence, changeRows, taken } from "./rows";

const cut = "_Cut here: a comment holds no more. The workflow's log and its SARIF file have the rest._";

/**
 * Reviews as one comment on a pull request. Its first line is a mark nobody sees, by which the next run finds the
 * comment and replaces it.
 *
 * Never longer than GitHub takes; what stands at the end, the lists of single resources, goes first.
 */
export function reviewsAsMarkdown(reviews: StackReview[]): string {
  const short = reviews.map(oneAsMarkdown);
  const lists = reviews.flatMap((each) => (each.changes.length > 0 ? [listOf(each, reviews.length > 1), ""] : []));
  return fitting([markOf(reviews), ...short, ...lists].join("\n"), COMMENT_ROOM, cut);
}

/** `<!-- baseline-review:prod -->` */
export function markOf(reviews: Pick<StackReview, "stack">[]): string {
  // A comment in HTML ends at two hyphens.
  const stacks = reviews.map(({ stack }) => stack.replace(/--+|[<>]/g, "-")).join(",");
  return `<!-- baseline-review:${stacks} -->`;
}

function oneAsMarkdown(review: StackReview): string {
  const { stack, outcome, counts, changes, findings, costs, error, identity } = review;
  if (error) {
    const lines = error.message.split("\n").map((line) => `> ${escapeMarkdown(line)}`);
    return [`### ${code(stack)}: could not be previewed`, "", ...lines, ""].join("\n");
  }
  const rows = changeRows(changes).map((row) => row.map(escapeMarkdown));
  const lost = taken(changes);
  const reserved = administratorChanges(changes);
  return [
    `### ${code(stack)}: ${outcome === "blocked" ? "blocked by policy; " : ""}${countText(counts)}`,
    "",
    ...(identity ? [escapeMarkdown(identityLine(identity)), ""] : []),
    ...policiesAsMarkdown(findings),
    "",
    ...(lost.length > 0
      ? [`**Taken away** (${lost.length}):`, ...lost.slice(0, 20).map(lossOf), ...moreThan(lost.length, 20), ""]
      : []),
    ...(reserved.length > 0
      ? [
          `**For an administrator** (${reserved.length}): ${escapeMarkdown(administratorSentence)}`,
          ...reserved.slice(0, 20).map(lossOf),
          ...moreThan(reserved.length, 20),
          "",
        ]
      : []),
    ...(rows.length > 0 ? [markdownTable([["Control", "Changes", "Where"], ...rows]), ""] : []),
    ...(costs.length > 0
      ? [
          details(
            `What drives the bill of what is made or changed (${costs.length})`,
            costs.map((each) => `- **${each.control}**: ${escapeMarkdown(each.cost)}`).join("\n"),
          ),
          "",
        ]
      : []),
  ].join("\n");
}

function lossOf({ op, control, region = "account", type, name }: Change): string {
  return `- ${op} ${code(name)} (${code(type)}) of ${escapeMarkdown(control)}, ${escapeMarkdown(region)}`;
}

function moreThan(number: number, shown: number): string[] {
  return number > shown ? [`- and ${number - shown} more, below`] : [];
}

function listOf({ stack, changes }: StackReview, several: boolean): string {
  const rows = changes.map(({ op, control, region = "account", type, name }) => [
    op,
    escapeMarkdown(control),
    escapeMarkdown(region),
    code(type),
    code(name),
  ]);
  const title = `Every change${several ? ` of ${stack}` : ""} (${changes.length})`;
  return details(title, markdownTable([["Operation", "Control", "Region", "Type", "Name"], ...rows]));
}
