/** An element of an XML document. */
export interface XmlElement {
  tag: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  /** Of its own, not of its children. */
  text: string;
}

const name = /[A-Za-z_][\w.-]*/.source;
// eslint-disable-next-line no-control-regex -- XML 1.0 forbids them, as references too
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;

/**
 * Reads the XML that reports consist of: elements, attributes, text and references.
 *
 * @throws Error where it is not well-formed
 */
export function parseXml(xml: string): XmlElement {
  const bad = forbidden.exec(xml);
  if (bad) throw new Error(`a character XML has no place for at ${bad.index}`);
  const root: XmlElement = { tag: "", attributes: {}, children: [], text: "" };
  const open = [root];
  const body = xml.replace(/^<\?xml [^?]*\?>\s*/, "");
  const token = new RegExp(`<(/?)(${name})((?:\\s+${name}="[^"<]*")*)\\s*(/?)>|([^<]+)|(<)`, "gu");
  for (const [, closes, tag = "", attributes = "", empty, text, stray] of body.matchAll(token)) {
    const current = open.at(-1) as XmlElement;
    if (stray !== undefined) throw new Error(`< inside ${current.tag || "the document"}`);
    if (text !== undefined) {
      current.text += resolved(text);
    } else if (closes) {
      if (current.tag !== tag) throw new Error(`</${tag}> closes ${current.tag}`);
      open.pop();
    } else {
      const element: XmlElement = { tag, attributes: attributesOf(attributes), children: [], text: "" };
      current.children.push(element);
      if (!empty) open.push(element);
    }
  }
  if (open.length > 1) throw new Error(`${open.at(-1)?.tag} is not closed`);
  const [only, ...more] = root.children;
  if (!only || more.length > 0 || root.text.trim() !== "") throw new Error("not one root element");
  return only;
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(new RegExp(`(${name})="([^"]*)"`, "gu"))].map(([, key = "", value = ""]) => [
    key,
    value,
  ]);
  if (new Set(pairs.map(([key]) => key)).size < pairs.length) throw new Error("an attribute stands twice");
  return Object.fromEntries(pairs.map(([key = "", value = ""]) => [key, resolved(value)]));
}

function resolved(text: string): string {
  const odd = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)/.exec(text);
  if (odd) throw new Error("a bare &");
  const names: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  return text.replace(/&(\w+|#\d+|#x[0-9a-fA-F]+);/g, (_, reference: string) => {
    if (!reference.startsWith("#")) return names[reference] ?? "";
    return String.fromCodePoint(reference[1] === "x" ? parseInt(reference.slice(2), 16) : Number(reference.slice(1)));
  });
}
