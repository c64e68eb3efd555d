import { jsonText, onOneLine } from "../../../common/printable";
import { table, wrap } from "../../../common/table";
import { harmless, styled } from "../../../common/terminal";
import { driftAsJunit } from "../../watch/drift/as-junit";
import { identityRows, identityText } from "../../../aws/identity";
import { type StackDrift } from "../../watch/drift/look";
import { driftAsText } from "../../watch/drift/render";
import { junit, type JunitCase, type JunitSuite } from "../../output/junit";
import { type AccountResult, type FleetReport } from "./result";

const words: Record<AccountResult["state"], string> = {
  done: "done",
  blocked: "refused",
  drifted: "drift",
  unknown: "unknown",
  failed: "failed",
  interrupted: "interrupted",
  "not-started": "not started",
};

/** The summary for people, at 80 columns: a table of all accounts, then what there is to say of some of them. */
export function fleetAsText(given: FleetReport): string {
  const report = onOneLine(given);
  const rows = report.accounts.map((each) => {
    const { name, accountId, state, seconds } = each;
    return [name, accountId, words[state], duration(seconds, state), whatHappened(each)];
  });
  const details = report.accounts.flatMap((each) => detailsOf(each));
  const leftOut = report.leftOut.length > 0 ? ["", "Left out:", ...report.leftOut.map((each) => `  ${each}`)] : [];
  return harmless(
    [
      ...(report.identity ? [identityText(report.identity), ""] : []),
      table([["Account", "Id", "Result", "Time", "What"], ...rows]),
      ...details,
      ...leftOut,
      "",
      ...wrap(headline(report), 80),
    ].join("\n"),
  );
}

/** One line for an account that has ended, as progress tells it. */
export function ended(result: AccountResult): string {
  return [words[result.state], duration(result.seconds, result.state), whatHappened(result)].filter(Boolean).join(", ");
}

/** The whole report for machines. */
export function fleetAsJson(report: FleetReport): string {
  return jsonText(report);
}

/** A suite for each account; of drift what drift itself tells, of the others one case and one for each policy. */
export function fleetAsJunit({ verb, accounts, identity }: FleetReport): string {
  const properties = identity ? identityRows(identity) : [];
  const caller = ({ callerArn }: AccountResult): [string, string][] =>
    callerArn === undefined ? [] : [["Caller there", callerArn]];
  return junit(accounts.map((each) => ({ ...suiteOf(verb, each), properties: [...properties, ...caller(each)] })));
}

function suiteOf(verb: FleetReport["verb"], result: AccountResult): JunitSuite {
  const { name, accountId, state, seconds, error, findings = [], drift } = result;
  if (drift) {
    return { ...driftAsJunit(drift as StackDrift), name: `fleet ${verb} ${name}` };
  }
  const classname = `fleet.${name}`;
  const whole: JunitCase = { name: `${verb} of account ${accountId}`, classname, seconds };
  const message = error?.message ?? words[state];
  const text = [message, error?.next ?? ""].join("\n").trim();
  const outcome: JunitCase =
    state === "not-started"
      ? { ...whole, skipped: "another account failed first, or the run was interrupted" }
      : state === "failed" || state === "interrupted"
        ? { ...whole, error: { message: message.split("\n")[0] ?? "", text } }
        : whole;
  const refused = findings
    .filter(({ level }) => level === "mandatory")
    .map(({ policy, urn, message: why }): JunitCase => {
      const place = urn.split("::").at(-1) ?? urn;
      return { name: `${policy}: ${place}`, classname, failure: { message: why.split("\n")[0] ?? "", text: why } };
    });
  return { name: `fleet ${verb} ${name}`, seconds, cases: [outcome, ...refused] };
}

function whatHappened({ state, changes = {}, findings = [], drift, error, tries }: AccountResult): string {
  const again = tries > 1 ? ` (tried ${tries} times)` : "";
  if (error) {
    return `${error.message.split("\n")[0] ?? ""}${again}`;
  }
  if (drift) {
    const drifted = drift.items.filter((each) => each.state === "drifted").length;
    const unknown = drift.items.length - drifted;
    const counts = [drifted > 0 && `${drifted} drifted`, unknown > 0 && `${unknown} not told`].filter(Boolean);
    return `${counts.join(", ") || "clean"}, ${drift.checked} checked${again}`;
  }
  if (state === "blocked") {
    const policies = [...new Set(findings.filter(({ level }) => level === "mandatory").map(({ policy }) => policy))];
    return `refused by ${policies.join(", ")}${again}`;
  }
  if (state === "not-started") {
    return "";
  }
  const { same = 0, ...others } = changes;
  const counts = Object.entries(others).map(([op, count]) => `${count} ${op}`);
  return `${counts.join(", ") || "no changes"}${same > 0 ? `, ${same} same` : ""}${again}`;
}

// What the table's one line has no room for.
function detailsOf(result: AccountResult): string[] {
  const { name, error, findings = [], drift, state } = result;
  const lines = error
    ? [...error.message.split("\n").slice(1), ...(error.next ? [error.next] : [])]
    : state === "blocked"
      ? findings
          .filter(({ level }) => level === "mandatory")
          .flatMap(({ policy, message }) => `${policy}: ${message}`.split("\n"))
      : drift && drift.state !== "clean"
        ? driftAsText(drift).split("\n")
        : [];
  const body = drift ? lines : lines.flatMap((line) => hanging(line));
  return body.length > 0 ? ["", styled("bold", name), ...body.map((line) => (line ? `  ${line}` : ""))] : [];
}

function hanging(line: string): string[] {
  const indent = /^ */.exec(line)?.[0] ?? "";
  return wrap(line.trimStart(), 78 - indent.length).map((each) => indent + each);
}

function headline({ verb, accounts, seconds }: FleetReport): string {
  const counts = new Map<string, number>();
  accounts.forEach(({ state }) => counts.set(words[state], (counts.get(words[state]) ?? 0) + 1));
  const told = [...counts].map(([word, count]) => `${count} ${word}`).join(", ");
  return `fleet ${verb}: ${accounts.length} account(s) in ${duration(seconds)}: ${told || "none"}.`;
}

function duration(seconds: number, state?: AccountResult["state"]): string {
  if (state === "not-started") {
    return "";
  }
  const whole = Math.round(seconds);
  return whole < 100 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
