import { parseXml, type XmlElement } from "./xml";

interface Rules {
  required: readonly string[];
  optional: readonly string[];
  children: readonly string[];
}

const problem: Rules = { required: ["message"], optional: ["type"], children: [] };
const counted = ["tests", "failures", "errors"];

/**
 * What Jenkins' xunit plugin (junit-10.xsd) and GitLab both take, written down by hand and closed, so that an attribute
 * nobody thought of shows.
 */
const rules: Record<string, Rules> = {
  testsuites: { required: [], optional: ["name", "time", ...counted], children: ["testsuite"] },
  testsuite: { required: ["name", ...counted], optional: ["skipped", "time", "timestamp"], children: ["testcase"] },
  testcase: { required: ["name", "classname"], optional: ["time"], children: ["failure", "error", "skipped"] },
  failure: problem,
  error: problem,
  skipped: { required: [], optional: ["message", "type"], children: [] },
};

/** What of a JUnit report its readers would not take, or would count otherwise than it says. */
export function junitProblems(xml: string): string[] {
  const root = parseXml(xml);
  return root.tag === "testsuites" ? check(root) : [`the root is ${root.tag}`];
}

function check(element: XmlElement): string[] {
  const { tag, attributes, children, text } = element;
  const rule = rules[tag];
  if (!rule) return [`${tag} is unknown`];
  const allowed = [...rule.required, ...rule.optional];
  return [
    ...rule.required.filter((each) => !(each in attributes)).map((each) => `${tag} has no ${each}`),
    ...Object.keys(attributes)
      .filter((each) => !allowed.includes(each))
      .map((each) => `${tag} has a ${each}`),
    ...("time" in attributes && !/^\d*(\.\d*)?$/.test(attributes["time"] ?? "") ? [`${tag}: time`] : []),
    ...(rule !== problem && rule.children.length > 0 && text.trim() !== "" ? [`${tag} has text of its own`] : []),
    ...children.filter((each) => !rule.children.includes(each.tag)).map((each) => `${each.tag} in ${tag}`),
    ...(tag === "testsuite" ? miscounted(element) : []),
    ...children.flatMap(check),
  ];
}

function miscounted({ attributes, children }: XmlElement): string[] {
  const having = (tag: string) => children.filter((each) => each.children.some((child) => child.tag === tag)).length;
  const real: Record<string, number> = {
    tests: children.length,
    failures: having("failure"),
    errors: having("error"),
    skipped: having("skipped"),
  };
  return Object.entries(real)
    .filter(([name, count]) => name in attributes && attributes[name] !== String(count))
    .map(([name, count]) => `${name} says ${attributes[name]}, there are ${count}`);
}
