/** A JSON document as AWS takes it; @pulumi/aws accepts it as text and as an object. */
export function documentText(document: unknown): string {
  return typeof document === "string" ? document : JSON.stringify(document);
}

/** The document in a text, or undefined when the text is no JSON object or list. */
export function parseDocument(text: unknown): unknown {
  if (typeof text !== "string" || !/^\s*[[{]/.test(text)) {
    return undefined;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * A form in which documents that mean the same are equal. AWS treats one value and a list of one alike, lists as sets,
 * and gives back numbers and booleans as text.
 */
export function canonicalDocument(value: unknown): unknown {
  if (Array.isArray(value)) {
    const members = value.map(canonicalDocument).map((each) => JSON.stringify(each));
    const sorted = [...new Set(members)].sort().map((each) => JSON.parse(each) as unknown);
    return sorted.length === 1 ? sorted[0] : sorted;
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, each]) => each !== undefined);
    return Object.fromEntries(
      entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, canonicalDocument(each)]),
    );
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}
