import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BaselineError } from "../../../common/errors";
import { readNamedFile, requirePlaceFor, writePrivate, writeReport, writeReports } from "../../../common/files";
import { scratch } from "../../support/scratch";

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe("files for people", () => {
  let folder: string;
  let umask: number;
  beforeEach(() => {
    folder = scratch("files");
    umask = process.umask(0o000);
  });
  afterEach(() => process.umask(umask));

  const writers: [name: string, write: (path: string, text: string) => void][] = [
    ["a report", writeReport],
    ["a file of our own", writePrivate],
  ];
  for (const [name, write] of writers) {
    it(`${name} is its owner's alone, whatever the umask, and also where one was there before`, () => {
      const path = join(folder, "new", "report");
      mkdirSync(join(folder, "new"));
      write(path, "one\n");
      assert.equal(mode(path), "600");
      chmodSync(path, 0o644);
      write(path, "two\n");
      assert.deepEqual([mode(path), readFileSync(path, "utf8")], ["600", "two\n"]);
    });
  }

  it("a report holds nothing unseen", () => {
    const path = join(folder, "report.txt");
    writeReport(path, "a\u001b[2J\u202eb\n");
    assert.equal(readFileSync(path, "utf8"), "a?[2J?b\n");
  });

  it("a report goes where it is sent: into a device too", () => writeReport("/dev/null", "x"));

  const refused: [what: string, path: () => string, why: RegExp][] = [
    ["a folder that is not there", () => join(folder, "none", "x"), /: there is no such file or folder\.$/],
    ["a folder", () => folder, /: it is a folder\.$/],
    ["a path through a file", () => (writeFileSync(join(folder, "f"), ""), join(folder, "f", "x")), /not a folder\.$/],
  ];
  for (const [what, path, why] of refused) {
    for (const [way, exitCode, act] of [
      ["before the work", 2, (at: string) => requirePlaceFor(at)],
      ["after it", 1, (at: string) => writeReport(at, "x")],
    ] as const) {
      it(`${what} as a report's place is refused ${way}, in a sentence`, () =>
        assert.throws(
          () => act(path()),
          (error) => {
            assert.ok(error instanceof BaselineError);
            assert.deepEqual([error.code, error.exitCode], ["report-not-written", exitCode]);
            assert.match(error.message.split("\n")[0]!, why);
            assert.doesNotMatch(error.message, /E[A-Z]{4,}|open '/);
            return true;
          },
        ));
    }
  }

  it("one report that cannot be written does not cost the others", () => {
    const good = join(folder, "good");
    assert.throws(
      () =>
        writeReports([
          { path: folder, text: "a" },
          { path: good, text: "b" },
        ]),
      /it is a folder/,
    );
    assert.equal(readFileSync(good, "utf8"), "b");
  });

  const unreadable: [what: string, path: () => string, why: RegExp][] = [
    ["that is not there", () => join(folder, "none"), /^Cannot read .*none: there is no such file\.$/],
    ["that is a folder", () => folder, /: it is a folder\.$/],
    ["that is a link to itself", () => (symlinkSync("loop", join(folder, "loop")), join(folder, "loop")), /leads back/],
  ];
  for (const [what, path, why] of unreadable) {
    it(`a named file ${what} is said to be that`, () =>
      assert.throws(
        () => readNamedFile(path(), "Name another."),
        (error) => {
          assert.ok(error instanceof BaselineError);
          const [sentence = "", next] = error.message.split("\n");
          assert.match(sentence, why);
          assert.deepEqual([error.code, error.exitCode, next], ["unreadable-file", 2, "Name another."]);
          return true;
        },
      ));
  }

  it("a file of our own is written whole or not at all", () => {
    const path = join(folder, "state");
    mkdirSync(path);
    assert.throws(() => writePrivate(path, "x"));
    assert.ok(!existsSync(`${path}.${process.pid}.new`));
  });
});
