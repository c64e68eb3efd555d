import { printable } from "../../common/printable";

/** One thing that was looked at. Without failure, error or skipped it passed. */
export interface JunitCase {
  name: string;
  /** Groups cases, as a class does: a control, an account. Dots make levels in most readers. */
  classname: string;
  seconds?: number;
  /** It is not as it should be. */
  failure?: JunitProblem;
  /** It could not be told. */
  error?: JunitProblem;
  /** Why it was not looked at, or does not count. */
  skipped?: string;
}

export interface JunitProblem {
  /** One line. */
  message: string;
  /** Everything there is to say, in lines. */
  text: string;
}

export interface JunitSuite {
  name: string;
  /** Defaults to the sum of its cases. */
  seconds?: number;
  /** Names and values that hold for the whole suite: who looked, and in which account. */
  properties?: [name: string, value: string][];
  cases: JunitCase[];
}

/**
 * Suites as JUnit XML, in the form Jenkins and GitLab share.
 *
 * Source: jenkinsci/xunit-plugin, junit-10.xsd.
 * @returns XML text with a newline at its end
 */
export function junit(suites: JunitSuite[]): string {
  const cases = suites.flatMap((each) => each.cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    element("testsuites", { ...counts(cases), time: time(sum(suites.map(secondsOf))) }, suites.map(suiteLines).flat()),
    "",
  ].join("\n");
}

function suiteLines(suite: JunitSuite): string[] {
  const { name, cases } = suite;
  const skipped = cases.filter((each) => each.skipped !== undefined).length;
  const attributes = { name, ...counts(cases), skipped: String(skipped), time: time(secondsOf(suite)) };
  const { properties = [] } = suite;
  const told = properties.map(([property, value]) => element("property", { name: property, value }, []));
  const before = told.length > 0 ? element("properties", {}, told).split("\n") : [];
  return element("testsuite", attributes, [...before, ...cases.map(caseLines).flat()]).split("\n");
}

function caseLines({ name, classname, seconds = 0, failure, error, skipped }: JunitCase): string[] {
  const inside = [
    ...(error ? problem("error", error) : []),
    ...(failure ? problem("failure", failure) : []),
    ...(skipped === undefined ? [] : [element("skipped", { message: skipped }, [])]),
  ];
  return element("testcase", { name, classname, time: time(seconds) }, inside).split("\n");
}

// The text is not indented: what readers show is exactly what stands between the tags.
function problem(tag: string, { message, text }: JunitProblem): string[] {
  return [`<${tag} message="${escapeXml(message)}">${escapeXml(text).replaceAll("&#10;", "\n")}</${tag}>`];
}

function element(tag: string, attributes: Record<string, string>, inside: string[]): string {
  const opening = [tag, ...Object.entries(attributes).map(([name, value]) => `${name}="${escapeXml(value)}"`)].join(
    " ",
  );
  return inside.length > 0 ? [`<${opening}>`, ...inside, `</${tag}>`].join("\n") : `<${opening}/>`;
}

function counts(cases: JunitCase[]): Record<string, string> {
  return {
    tests: String(cases.length),
    failures: String(cases.filter(({ failure }) => failure).length),
    errors: String(cases.filter(({ error }) => error).length),
  };
}

function secondsOf({ seconds, cases }: JunitSuite): number {
  return seconds ?? sum(cases.map((each) => each.seconds ?? 0));
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function time(seconds: number): string {
  return seconds.toFixed(3);
}

/** Line breaks survive in attributes only as references. */
function escapeXml(text: string): string {
  return printable(text).replace(/[&<>"'\n]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
