import assert from "node:assert/strict";
import fc from "fast-check";
import { formatRange, parseCidr, type Range } from "../../../policy-pack/network/cidr";
import { shareOfInternet } from "../../../policy-pack/network/internet";
import { intersect, size, subtract, union } from "../../../policy-pack/network/ranges";

// Sixteen addresses of each version are enough for every way two runs can lie to each other.
const range: fc.Arbitrary<Range> = fc
  .tuple(fc.constantFrom(4 as const, 6 as const), fc.integer({ min: 0, max: 15 }), fc.integer({ min: 0, max: 15 }))
  .map(([version, a, b]) => ({ version, first: BigInt(Math.min(a, b)), last: BigInt(Math.max(a, b)) }));
const ranges = fc.array(range, { maxLength: 6 });

function members(of: readonly Range[]): string[] {
  const found = new Set<string>();
  for (const { version, first, last } of of) {
    for (let at = first; at <= last; at++) found.add(`${version}:${at}`);
  }
  return [...found].sort();
}

describe("ranges", () => {
  const check = (property: fc.IProperty<[Range[], Range[]]>): void => fc.assert(property, { numRuns: 2000 });

  it("union, subtract, intersect and size agree with sets of addresses", () => {
    check(
      fc.property(ranges, ranges, (a, b) => {
        const [left, right] = [members(a), new Set(members(b))];
        assert.deepEqual(members(union([...a, ...b])), members([...a, ...b]));
        assert.deepEqual(
          members(subtract(a, b)),
          left.filter((each) => !right.has(each)),
        );
        assert.deepEqual(
          members(intersect(a, b)),
          left.filter((each) => right.has(each)),
        );
        assert.equal(size(a), BigInt(left.length));
      }),
    );
  });

  it("union leaves no two runs that touch", () => {
    fc.assert(
      fc.property(ranges, (a) => {
        const merged = union(a);
        for (const [index, next] of merged.slice(1).entries()) {
          const before = merged[index]!;
          assert.ok(before.version < next.version || before.last + 1n < next.first);
        }
      }),
    );
  });
});

describe("CIDR blocks", () => {
  const read = (text: string): string | undefined => {
    const parsed = parseCidr(text);
    return parsed && formatRange(parsed);
  };

  it("are read in every spelling", () => {
    const spellings: Record<string, string> = {
      "0.0.0.0/0": "0.0.0.0/0",
      " 10.1.2.3/8 ": "10.0.0.0/8",
      "10.1.2.3/0": "0.0.0.0/0",
      "0/0": "0.0.0.0/0",
      "203.0.113.4": "203.0.113.4/32",
      "::/0": "::/0",
      "0::/0": "::/0",
      "0:0:0:0:0:0:0:0/0": "::/0",
      "2001:DB8::1/32": "2001:db8::/32",
      "::ffff:10.0.0.0/104": "10.0.0.0/8",
    };
    for (const [text, expected] of Object.entries(spellings)) assert.equal(read(text), expected, text);
  });

  it("never throw, and refuse what is none", () => {
    for (const text of [
      "",
      "foo",
      "0.0.0.0/33",
      "::/129",
      "1.2.3.4/-1",
      "1.2.3.4/a",
      "1.2.3.4/1/2",
      "/0",
      "1.2.3.4.5/8",
    ]) {
      assert.equal(parseCidr(text), undefined, text);
    }
    fc.assert(fc.property(fc.string(), (text) => void parseCidr(text)));
  });

  it("hold exactly the addresses with that prefix", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), (address, length) => {
        const { first, last } = parseCidr(`${address}/${length}`)!;
        const value = parseCidr(address)!.first;
        assert.ok(first <= value && value <= last);
        assert.equal(last - first + 1n, 1n << BigInt(32 - length));
        assert.equal(first % (1n << BigInt(32 - length)), 0n);
      }),
    );
  });
});

describe("the share of the internet", () => {
  const share = (...cidrs: string[]): number => shareOfInternet(cidrs.map((cidr) => parseCidr(cidr)!));

  it("is 1 for all of it, however it is cut", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { maxLength: 5 }), (cuts) => {
        const edges = [0, ...new Set(cuts)].sort((a, b) => a - b);
        const pieces = edges.map((edge, index): Range => {
          const last = BigInt(edges[index + 1] ?? 2 ** 32) - 1n;
          return { version: 4, first: BigInt(edge), last: last < BigInt(edge) ? BigInt(edge) : last };
        });
        assert.equal(shareOfInternet(pieces), 1);
      }),
    );
  });

  it("takes any number of blocks, side by side", () => {
    const many = Array.from({ length: 20_000 }, (_, index): Range => {
      const first = BigInt(index * 16) + (8n << 24n);
      return { version: 4, first, last: first + 7n };
    });
    assert.equal(subtract(many, many.slice(1)).length, 1);
    assert.ok(shareOfInternet(many) > 0);
  });

  it("leaves out what is not public", () => {
    assert.equal(share("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3", "fc00::/7"), 0);
    assert.ok(share("128.0.0.0/1") > 0.4 && share("128.0.0.0/1") < 0.5);
    assert.ok(share("17.0.0.0/8") > 0.004 && share("17.0.0.0/8") < 0.005);
    assert.equal(share("2000::/3"), 1);
    assert.ok(share("2600::/12") > 0.05);
    assert.ok(share("2a00:1450::/29") < 0.001);
  });
});
