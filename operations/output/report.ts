import { type Identity } from "../../aws/identity";
import { type Severity } from "./severity";

/** Text, with parts that are names or code. No form takes anything of it for markup. */
export type Words = string | { code: string } | readonly (string | { code: string })[];

/** Something that is not as it should be, or could not be told. */
export interface Finding {
  severity: Severity | "unknown";
  title: string;
  /** What it means, as the end of a sentence. */
  means?: string;
  /** What was seen, in a sentence. */
  seen?: string;
  /** Exactly what, such as a call. */
  detail?: string;
  /** What it concerns, and where that is; a line each. */
  where: readonly string[];
  /** What a row of a table says besides severity and title. */
  columns?: readonly (readonly [heading: string, value: Words])[];
  differences?: readonly { path: string; expected: string; found: string }[];
  /** Sentences: who did it, what follows from it. */
  lines?: readonly string[];
  /** What tells it from all others, such as an ARN. */
  ids?: readonly string[];
  /** To copy. */
  commands?: readonly string[];
  /** Controls of benchmarks. */
  references?: readonly string[];
}

/** What a section holds. A list, a table and findings without any entry are left out. */
export type Block =
  | { text: string }
  | { list: readonly Words[] }
  | { tasks: readonly { name: string; text: string; isDone: boolean }[] }
  /** The first row is the heading. */
  | { table: readonly (readonly Words[])[] }
  /** @param of whose they are, where a section has those of several */
  | { findings: readonly Finding[]; of?: string }
  /** Lines that stay as they are. */
  | { listing: string; language?: string }
  /** A picture, in SVG, for a page only. */
  | { figure: string; caption: string };

export type Form = "text" | "html" | "markdown";

export interface Section {
  title: string;
  blocks: readonly Block[];
  /** Of less weight: folded where a form can fold. */
  fold?: boolean;
  /** The forms that have room for it. Default: all. */
  only?: readonly Form[];
}

/** What a command found, for every form in which people read it. */
export interface Report {
  title: Words;
  /** Of the window, where it says more than the title. */
  tab?: string;
  /** What one must know before anything else. */
  alerts?: readonly string[];
  /** Who asked, and in which account. */
  identity?: Identity | undefined;
  /** Sentences: what was found. */
  summary: readonly string[];
  facts: readonly (readonly [name: string, value: string])[];
  sections: readonly Section[];
  /** When and with what it was made; each form puts it at its end. */
  footer?: readonly string[];
  /** A file of its own, with headings of the first rank; otherwise it goes into a comment. */
  isWhole?: boolean;
}

/** The sections of a form, without those that say nothing. */
export function sectionsIn({ sections }: Report, form: Form): Section[] {
  return sections
    .filter(({ only }) => only === undefined || only.includes(form))
    .map((each) => ({ ...each, blocks: each.blocks.filter(saysSomething) }))
    .filter(({ blocks }) => blocks.length > 0);
}

function saysSomething(block: Block): boolean {
  if ("list" in block) return block.list.length > 0;
  if ("tasks" in block) return block.tasks.length > 0;
  if ("table" in block) return block.table.length > 1;
  if ("findings" in block) return block.findings.length > 0;
  return !("figure" in block) || block.figure !== "";
}

/** Words one by one, each text or code. */
export function parts(words: Words): readonly (string | { code: string })[] {
  return Array.isArray(words) ? (words as readonly (string | { code: string })[]) : [words as string];
}

/** The same as text alone. */
export function plain(words: Words): string {
  return parts(words)
    .map((each) => (typeof each === "string" ? each : each.code))
    .join("");
}

/** Findings as rows of a table. */
export function findingTable(findings: readonly Finding[]): Words[][] {
  const headings = (findings[0]?.columns ?? []).map(([heading]) => heading);
  return [
    ["Severity", "What", ...headings],
    ...findings.map(({ severity, title, means, detail, columns = [] }) => [
      severity,
      [
        title,
        ...(means === undefined ? [] : [`: ${means}`]),
        ...(detail === undefined ? [] : [": ", { code: detail }]),
      ],
      ...columns.map(([, value]) => value),
    ]),
  ];
}

/** How many of each severity there are, as facts. */
export function severityFacts(findings: readonly { severity: string }[], of: readonly Severity[]): [string, string][] {
  return of.map((severity) => [severity, String(findings.filter((each) => each.severity === severity).length)]);
}
