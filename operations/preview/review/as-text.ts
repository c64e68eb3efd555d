import { onOneLine } from "../../../common/printable";
import { table, wrap } from "../../../common/table";
import { harmless } from "../../../common/terminal";
import { identityText } from "../../../aws/identity";
import { policiesAsText } from "../../output/policies";
import { type Change, countText, type StackReview } from "./model";
import { administratorChanges, administratorSentence, changeRows, taken } from "./rows";

const headlines = { passed: "", blocked: "blocked by policy; ", failed: "" };

/** Reviews for people, at 80 columns. */
export function reviewsAsText(reviews: StackReview[]): string {
  return harmless(onOneLine(reviews).map(oneAsText).join("\n\n"));
}

function oneAsText({ stack, outcome, counts, changes, findings, costs, error, identity }: StackReview): string {
  if (error) {
    return [`Stack ${stack}: could not be previewed`, ...wrap(error.message, 76).map((line) => `  ${line}`)].join("\n");
  }
  const rows = changeRows(changes);
  const lines = (some: Change[]) =>
    some
      .flatMap(({ op, type, name, region = "account" }) =>
        wrap(`${op} ${type.split(":").at(-1) ?? type} ${name} (${region})`, 76),
      )
      .map((line) => `  ${line}`);
  const lost = lines(taken(changes));
  const reserved = lines(administratorChanges(changes));
  return [
    ...(identity ? [identityText(identity)] : []),
    ...wrap(`Stack ${stack}: ${headlines[outcome]}${countText(counts)}`, 78),
    ...(rows.length > 0 ? ["", table([["Control", "Changes", "Where"], ...rows])] : []),
    ...(lost.length > 0 ? ["", "Taken away:", ...lost] : []),
    ...(reserved.length > 0 ? ["", ...wrap(`For an administrator: ${administratorSentence}`, 78), ...reserved] : []),
    "",
    ...policiesAsText(findings),
    ...(costs.length > 0
      ? ["", "What drives the bill:", table([["Control", "Cost"], ...costs.map((each) => [each.control, each.cost])])]
      : []),
  ].join("\n");
}
