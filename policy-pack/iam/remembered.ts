// A preview asks about the same few names and patterns again and again. Long texts are rare, and would fill the memory.
const mostTexts = 5000;
const longestText = 256;

/** The same function of a text, which answers at once what it was asked before; its memory is bounded. */
export function remembered<T>(answer: (text: string) => T): (text: string) => T {
  const answers = new Map<string, T>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined || text.length > longestText) return known ?? answer(text);
    const fresh = answer(text);
    // Starting anew is as good as any order to forget in, and costs nothing until then.
    if (answers.size >= mostTexts) answers.clear();
    answers.set(text, fresh);
    return fresh;
  };
}
