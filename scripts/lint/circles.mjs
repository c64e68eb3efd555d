// Fails where files import each other in a circle, imports of types included.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.ts"], {
  encoding: "utf8",
});
const files = new Set(listed.split("\n").filter((file) => file !== "" && existsSync(file)));

/** Files of this repository that a file imports. */
function importsOf(file) {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"), true, true);
  return importedFiles.flatMap(({ fileName }) => {
    const path = join(dirname(file), fileName);
    const found = [`${path}.ts`, join(path, "index.ts"), path.replace(/\.js$/, ".ts"), path].find((each) =>
      files.has(each),
    );
    return fileName.startsWith(".") && found !== undefined ? [found] : [];
  });
}

const done = new Set();
const circles = [];

function visit(file, trail) {
  const start = trail.indexOf(file);
  if (start >= 0) {
    circles.push([...trail.slice(start), file].join(" -> "));
  } else if (!done.has(file)) {
    importsOf(file).forEach((each) => visit(each, [...trail, file]));
    done.add(file);
  }
}

files.forEach((file) => visit(file, []));
circles.forEach((circle) => console.error(`circle of imports: ${circle}`));
process.exitCode = circles.length > 0 ? 1 : 0;
