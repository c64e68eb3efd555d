/**
 * CloudWatch Logs filter patterns for JSON, as far as documented and no further; what it does not know it refuses.
 *
 * Source: CloudWatch Logs User Guide, "Filter pattern syntax for metric filters": operators and precedence (`()`, then
 * `&&`, then `||`), an asterisk at the start or end of a string, `NOT EXISTS`, `IS NULL`, `IS TRUE`; and "the selector
 * must point to a value node": both `=` and `!=` fail on an object or array. That `!=` fails on an absent field, too, is
 * in no document; others measured it (https://github.com/DataBiosphere/azul/issues/5884).
 */
export interface Reading {
  /** Take `!=` on an absent field for true, to show that a verdict does not hang on it. */
  absentDiffers?: boolean;
}

type Test = (record: unknown, reading: Reading) => boolean;

/** Whether a metric filter of this pattern counts the record. */
export function matchesFilter(pattern: string, record: unknown, reading: Reading = {}): boolean {
  return parse(pattern)(record, reading);
}

const TOKEN = /\s*(?:(\(|\)|&&|\|\||!=|<=|>=|=|<|>)|"((?:[^"\\]|\\.)*)"|([^\s()"&|=!<>]+))/y;

interface Token {
  text: string;
  quoted: boolean;
}

function parse(pattern: string): Test {
  const body = /^\s*\{(.*)\}\s*$/s.exec(pattern)?.[1];
  if (body === undefined) {
    throw new SyntaxError(`not a JSON pattern: ${pattern}`);
  }
  const tokens = tokenize(body.trim());
  const test = disjunction(tokens);
  if (tokens.length > 0) {
    throw new SyntaxError(`left over: ${tokens.map(({ text }) => text).join(" ")}`);
  }
  return test;
}

function tokenize(body: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < body.length) {
    const from = TOKEN.lastIndex;
    const found = TOKEN.exec(body);
    if (!found) {
      throw new SyntaxError(`cannot read: ${body.slice(from)}`);
    }
    const [, symbol, quoted, word] = found;
    tokens.push({ text: symbol ?? quoted ?? word ?? "", quoted: quoted !== undefined });
  }
  return tokens;
}

function disjunction(tokens: Token[]): Test {
  const tests = separated(tokens, "||", () => separated(tokens, "&&", () => term(tokens)).reduce(both));
  return (record, reading) => tests.some((test) => test(record, reading));
}

const both =
  (left: Test, right: Test): Test =>
  (record, reading) =>
    left(record, reading) && right(record, reading);

function separated(tokens: Token[], separator: string, next: () => Test): Test[] {
  const tests = [next()];
  while (tokens[0]?.text === separator && !tokens[0].quoted) {
    tokens.shift();
    tests.push(next());
  }
  return tests;
}

function take(tokens: Token[]): Token {
  const token = tokens.shift();
  if (!token) {
    throw new SyntaxError("the pattern ends too early");
  }
  return token;
}

function expect(tokens: Token[], text: string): void {
  const token = take(tokens);
  if (token.quoted || token.text !== text) {
    throw new SyntaxError(`expected ${text}, found ${token.text}`);
  }
}

function term(tokens: Token[]): Test {
  const first = take(tokens);
  if (first.text === "(" && !first.quoted) {
    const inner = disjunction(tokens);
    expect(tokens, ")");
    return inner;
  }
  if (!/^\$(\.[\w-]+(\[\d+\])*)+$/.test(first.text)) {
    throw new SyntaxError(`not a property selector: ${first.text}`);
  }
  const operator = take(tokens).text;
  if (operator === "NOT") {
    expect(tokens, "EXISTS");
    return (record) => select(record, first.text) === undefined;
  }
  if (operator === "IS") {
    const wanted = { NULL: null, TRUE: true, FALSE: false }[take(tokens).text];
    return (record) => wanted !== undefined && select(record, first.text) === wanted;
  }
  const wanted = take(tokens);
  return (record, reading) => compare(select(record, first.text), operator, wanted, reading);
}

function select(record: unknown, selector: string): unknown {
  const steps = selector.slice(2).split(/[.[\]]+/);
  return steps
    .filter(Boolean)
    .reduce(
      (node, step) => (typeof node === "object" && node ? (node as Record<string, unknown>)[step] : undefined),
      record,
    );
}

function compare(value: unknown, operator: string, wanted: Token, { absentDiffers }: Reading): boolean {
  if (value === undefined || value === null) {
    return operator === "!=" && absentDiffers === true;
  }
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
    return false;
  }
  const equal = typeof value === "number" && !wanted.quoted ? value === Number(wanted.text) : like(value, wanted.text);
  const verdicts: Record<string, boolean> = {
    "=": equal,
    "!=": !equal,
    "<": Number(value) < Number(wanted.text),
    ">": Number(value) > Number(wanted.text),
    "<=": Number(value) <= Number(wanted.text),
    ">=": Number(value) >= Number(wanted.text),
  };
  const verdict = verdicts[operator];
  if (verdict === undefined) {
    throw new SyntaxError(`unknown operator: ${operator}`);
  }
  return verdict;
}

function like(value: string | number | boolean, wanted: string): boolean {
  const any = (there: boolean) => (there ? ".*" : "");
  const literal = wanted.replace(/^\*|\*$/g, "").replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return new RegExp(`^${any(wanted.startsWith("*"))}${literal}${any(wanted.endsWith("*"))}$`, "s").test(String(value));
}
