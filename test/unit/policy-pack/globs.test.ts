import assert from "node:assert/strict";
import fc from "fast-check";
import { compileGlob, GlobAutomaton, matches, overlap } from "../../../policy-pack/iam/glob";
import { afterDigits, shareOfNames } from "../../../policy-pack/iam/share";

const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 8 });
const text = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 10 });

/** The same language by other means. */
function asRegExp(glob: string): RegExp {
  return new RegExp(`^${glob.replace(/\*/g, "[^]*").replace(/\?/g, "[^]")}$`);
}

describe("globs", () => {
  it("overlap exactly when some text matches both", () => {
    const short = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 4 });
    const texts = [""];
    for (let at = 0; at < 255; at++) texts.push(`${texts[at]}a`, `${texts[at]}b`);
    fc.assert(
      fc.property(short, short, (left, right) => {
        const [a, b] = [compileGlob(left), compileGlob(right)];
        // Two patterns of four tokens that share a text share one of eight characters.
        assert.equal(
          overlap(a, b),
          texts.some((each) => matches(a, each) && matches(b, each)),
        );
      }),
      { numRuns: 1000, seed: 2026 },
    );
  });

  it("match what the regular expression matches", () => {
    fc.assert(
      fc.property(pattern, text, (glob, subject) => {
        assert.equal(matches(compileGlob(glob), subject), asRegExp(glob).test(subject));
      }),
      { numRuns: 3000 },
    );
  });

  it("match together, as an automaton, what each matches alone", () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 5 }), text, (globs, subject) => {
        const compiled = globs.map(compileGlob);
        const automaton = new GlobAutomaton(compiled);
        const found = new Set(automaton.accepted(automaton.read(automaton.start(), subject)));
        assert.deepEqual(
          compiled.map((_, index) => found.has(index)),
          compiled.map((glob) => matches(glob, subject)),
        );
      }),
      { numRuns: 3000 },
    );
  });

  it("read an unnamed character as any that no pattern names", () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 4 }), text, (globs, subject) => {
        const automaton = new GlobAutomaton(globs.map(compileGlob));
        const at = automaton.read(automaton.start(), subject);
        assert.deepEqual(automaton.step(at, undefined), automaton.step(at, "z".charCodeAt(0)));
      }),
    );
  });

  it("treat variables as IAM does", () => {
    assert.ok(matches(compileGlob("a${*}b"), "a*b"));
    assert.ok(!matches(compileGlob("a${*}b"), "axb"));
    assert.ok(!matches(compileGlob("user/${aws:username}"), "user/alice"));
    assert.ok(matches(compileGlob("cost$"), "cost$"));
    assert.ok(matches(compileGlob("a${open"), "a${open"));
  });

  it("stay linear on long runs of wildcards", () => {
    const long = compileGlob("*a?".repeat(300_000) + "*".repeat(1_000_000));
    assert.ok(!matches(long, "iam:attachuserpolicy"));
    assert.ok(!matches(compileGlob(`${"*a".repeat(60)}b`), "a".repeat(199)));
  });
});

const names = [..."abcdefghijklmnopqrstuvwxyz", ..."ABCDEFGHIJKLMNOPQRSTUVWXYZ", ..."0123456789+=,.@-_/"];

function share(...globs: string[]): number {
  const automaton = new GlobAutomaton(globs.map(compileGlob));
  return shareOfNames(automaton, automaton.start(), (state) => automaton.accepted(state).length > 0);
}

describe("the share of names", () => {
  const near = (actual: number, expected: number): void => assert.ok(Math.abs(actual - expected) < 1e-3, `${actual}`);

  it("is what counting gives", () => {
    near(share("*"), 1);
    near(share("?*"), 1);
    near(share("a*"), 1 / 70);
    near(share("a*", "b*", "ab*"), 2 / 70);
    near(share("*a"), 1 / 70);
    near(share("*a*"), 1 - (69 / 70) ** 32);
    near(share(...names.map((name) => `${name}*`)), 1);
    near(share("alice"), 0);
    near(share(), 0);
  });

  it("is what sampling comes near to", () => {
    const name = fc
      .array(fc.constantFrom(...names), { minLength: 32, maxLength: 32 })
      .map((letters) => letters.join(""));
    const samples = fc.sample(name, { numRuns: 400, seed: 7 });
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom("a", "*", "?"), maxLength: 4 }), { maxLength: 4 }),
        (globs) => {
          const compiled = globs.map(compileGlob);
          const hits = samples.filter((sample) => compiled.some((glob) => matches(glob, sample))).length;
          assert.ok(Math.abs(hits / samples.length - share(...globs)) < 0.12, `${globs.join(" ")}`);
        },
      ),
      { numRuns: 200, seed: 11 },
    );
  });

  it("finds every way twelve digits can go", () => {
    const automaton = new GlobAutomaton(["123456789012:*", "*9:x", "??????5?????:y"].map(compileGlob));
    const ends = afterDigits(automaton, [automaton.start()], 12).map((state) => automaton.read(state, ":x"));
    const accepted = ends.map((state) => automaton.accepted(state).join());
    assert.ok(accepted.includes("0") && accepted.includes("1") && accepted.includes(""));
  });
});
