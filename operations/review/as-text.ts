import { table, wrap } from "../../common/table";
import { policiesAsText } from "../report/policies";
import { countText, type StackReview } from "./model";
import { changeRows, taken } from "./rows";

const headlines = { passed: "", blocked: "blocked by policy; ", failed: "" };

/** Reviews for people, at 80 columns. */
export function reviewsAsText(reviews: StackReview[]): string {
  return reviews.map(oneAsText).join("\n\n");
}

function oneAsText({ stack, outcome, counts, changes, findings, costs, error }: StackReview): string {
  if (error) {
    return [`Stack ${stack}: could not be previewed`, ...wrap(error.message, 76).map((line) => `  ${line}`)].join("\n");
  }
  const rows = changeRows(changes);
  const lost = taken(changes).flatMap(({ op, type, name, region = "account" }) =>
    wrap(`${op} ${type.split(":").at(-1) ?? type} ${name} (${region})`, 76),
  );
  return [
    ...wrap(`Stack ${stack}: ${headlines[outcome]}${countText(counts)}`, 78),
    ...(rows.length > 0 ? ["", table([["Control", "Changes", "Where"], ...rows])] : []),
    ...(lost.length > 0 ? ["", "Taken away:", ...lost.map((line) => `  ${line}`)] : []),
    "",
    ...policiesAsText(findings),
    ...(costs.length > 0
      ? ["", "What drives the bill:", table([["Control", "Cost"], ...costs.map((each) => [each.control, each.cost])])]
      : []),
  ].join("\n");
}
