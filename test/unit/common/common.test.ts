import assert from "node:assert/strict";
import fc from "fast-check";
import { limiter } from "../../../common/limit";
import { hasSecret, presentable, unknownValue } from "../../../common/pulumi-values";
import { table, wrap } from "../../../common/table";

const secret = (value: unknown) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value });

describe("values from the wire", () => {
  it("show no secret at any depth", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ minLength: 1 }), (around, key) => {
        const shown = JSON.stringify(presentable({ around, deep: [{ [key]: secret({ password: "s3cr3t-marker" }) }] }));
        return !shown.includes("s3cr3t-marker");
      }),
    );
  });
  it("leave everything else as it is", () => {
    const ordinary = fc.jsonValue().filter((value) => !JSON.stringify(value).includes(unknownValue));
    fc.assert(
      fc.property(ordinary, (value) => assert.deepEqual(JSON.stringify(presentable(value)), JSON.stringify(value))),
    );
  });
  it("name what is known only after up, also inside a text", () => {
    assert.deepEqual(presentable({ arn: unknownValue, policy: `{"r":"${unknownValue}"}` }), {
      arn: "[known after up]",
      policy: '{"r":"[known after up]"}',
    });
  });
  it("know a secret inside a list inside a map", () => {
    assert.equal(hasSecret({ a: [{ b: secret("x") }] }), true);
    assert.equal(hasSecret({ a: [{ b: "x" }] }), false);
  });
});

describe("table", () => {
  it("aligns columns and wraps the last one", () => {
    const text = table(
      [
        ["Name", "Says"],
        ["a", "one two three four five six seven eight nine ten"],
        ["longer", "x"],
      ],
      30,
    );
    assert.deepEqual(text.split("\n"), [
      "Name    Says",
      "a       one two three four",
      "        five six seven eight",
      "        nine ten",
      "longer  x",
    ]);
  });
});

describe("wrap", () => {
  it("loses no word and keeps to the width", () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 });
    fc.assert(
      fc.property(words, fc.integer({ min: 12, max: 40 }), (list, width) => {
        const lines = wrap(list.join(" "), width);
        assert.deepEqual(lines.join(" ").split(" "), list);
        assert.ok(lines.every((line) => line.length <= width));
      }),
    );
  });
});

describe("limiter", () => {
  it("runs no more than it may, all of them, in order, also when one fails", async () => {
    const limit = limiter(3);
    let running = 0;
    let most = 0;
    const started: number[] = [];
    const works = Array.from({ length: 20 }, (_, index) =>
      limit(async () => {
        started.push(index);
        most = Math.max(most, (running += 1));
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        if (index === 4) {
          throw new Error("four");
        }
        return index;
      }),
    );
    const results = await Promise.allSettled(works);
    assert.equal(most, 3);
    assert.deepEqual(
      started,
      [...started].sort((a, b) => a - b),
    );
    assert.equal(results.filter(({ status }) => status === "fulfilled").length, 19);
  });
});
