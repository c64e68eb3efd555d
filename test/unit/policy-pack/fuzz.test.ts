import fc from "fast-check";
import { fuzzProperties } from "../../fuzz/properties";

// The same inputs every time; `npm run fuzz` tries others.
describe("whatever the input", () => {
  for (const { name, runs, property } of fuzzProperties) {
    it(name, () => fc.assert(property, { seed: 2026, numRuns: runs }));
  }
});
