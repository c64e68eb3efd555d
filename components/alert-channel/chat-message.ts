/**
 * A message in the form Amazon Q Developer in chat applications shows; anything else that is not a notification of an
 * AWS service, plain text above all, it drops without a word.
 *
 * It serves as an EventBridge input template as well: `<variable>` may stand anywhere in the texts, as in the lines of
 * an e-mail, and EventBridge puts the value into the JSON string.
 *
 * Source: Amazon Q Developer in chat applications Administrator Guide, "Custom notifications"; EventBridge API,
 * InputTransformer.
 *
 * @param title its first line, in bold; a colon at the end, right in an e-mail, is dropped
 * @param lines the rest; empty ones separate paragraphs
 * @returns JSON
 */
export function chatTemplate(title: string, lines: string[]): string {
  const heading = title.replace(/:\s*$/, "");
  const description = lines.join("\n").trim();
  return JSON.stringify({
    version: "1.0",
    source: "custom",
    // The description is the one text that must be there.
    content: { textType: "client-markdown", title: heading, description: description || heading },
  });
}
