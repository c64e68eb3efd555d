import { randomInt } from "node:crypto";
import fc from "fast-check";
import { fuzzProperties } from "./properties";

// `npm run fuzz [-- <seed>]`: tries random inputs until Ctrl-C, or until one breaks a property. Each round has a seed of
// its own, counted up from the first; `npm run fuzz -- <seed>` begins with that one again.

const roundsRuns = 500;

async function fuzz(first: number): Promise<number> {
  let stopped = false;
  process.on("SIGINT", () => {
    // A second Ctrl-C does not wait for the property that is being tried.
    if (stopped) process.exit(0);
    stopped = true;
  });
  let tried = 0;
  for (let seed = first; !stopped; seed++) {
    for (const { name, property } of fuzzProperties) {
      if (stopped) break;
      const details = await fc.check(property, { seed, numRuns: roundsRuns });
      tried += details.numRuns;
      if (details.failed) {
        process.stderr.write(
          `\nBroken: ${name}\nAgain with: npm run fuzz -- ${seed}\n${fc.defaultReportMessage(details)}\n`,
        );
        return 1;
      }
      // Other signals and the key are seen between two properties only if the loop lets them.
      await new Promise((done) => setImmediate(done));
    }
    process.stdout.write(`seed ${seed} held, ${tried} inputs so far\n`);
  }
  process.stdout.write(`stopped after ${tried} inputs; nothing broke\n`);
  return 0;
}

const [given] = process.argv.slice(2);
const first = given === undefined ? randomInt(2 ** 31 - 1) : Number(given);
if (Number.isInteger(first)) {
  process.stdout.write(
    `first seed ${first}, ${fuzzProperties.length} properties, ${roundsRuns} inputs each; Ctrl-C stops\n`,
  );
  void fuzz(first).then((code) => process.exit(code));
} else {
  process.stderr.write(`${given} is no seed; give a whole number.\n`);
  process.exitCode = 2;
}
