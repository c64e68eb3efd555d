import { identityRows } from "../../../aws/identity";
import { type JunitCase, type JunitSuite } from "../../output/junit";
import { type StackDrift } from "./look";
import { type DriftItem } from "./model";
import { byType, differencesOf, nameOf, placeLines, titleOf, whoLines } from "./words";

/**
 * The drift of one stack as a suite of JUnit: a failure for each drifted resource, an error for each that could not be
 * read, a skipped case for what is accepted, and one passed case for the rest of each control. `junit` makes it a report.
 */
export function driftAsJunit(report: StackDrift): JunitSuite {
  const { items, acceptance, controls } = report;
  const accepted = acceptance.accepted.map(({ item, by }) => ({
    ...caseOf(item),
    skipped: `accepted until ${by.expires}: ${by.reason}`,
  }));
  const passed = controls
    .filter(({ clean }) => clean > 0)
    .map(({ control, clean }) => ({ name: `${clean} resources are as the program says`, classname: control }));
  return {
    name: `drift/${report.project}/${report.stack}`,
    seconds: report.seconds,
    ...(report.identity && { properties: identityRows(report.identity) }),
    cases: [...items.map(problemCase), ...accepted, ...passed],
  };
}

function caseOf(item: DriftItem): JunitCase {
  return { name: `${item.name} (${item.region ?? "account"})`, classname: item.control };
}

function problemCase(item: DriftItem): JunitCase {
  const message = `${item.severity}: ${titleOf(item)}${item.means === undefined ? "" : `: ${item.means}`}`;
  const text = [
    nameOf(item),
    ...differencesOf(item).map(({ path, expected, found }) => `${path}: expected ${expected}, found ${found}`),
    ...(item.consequences.length > 0 ? [`gone with it: ${byType(item.consequences)}`] : []),
    ...whoLines(item),
    ...(item.reason === undefined ? [] : [item.reason]),
    ...placeLines(item),
    item.urn,
  ].join("\n");
  return { ...caseOf(item), [item.state === "unknown" ? "error" : "failure"]: { message, text } };
}
