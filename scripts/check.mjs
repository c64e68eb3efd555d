// Type check and lint. Both use one TypeScript program, so that each type is worked out once. What nothing has changed for
// since it was found clean is not looked at again; TypeScript knows which files a change concerns.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ESLint } from "eslint";
import ts from "typescript";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(root, "node_modules", ".cache", "check");
const cleanFile = join(cache, "clean.json");

const listed = (...patterns) =>
  execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", ...patterns], {
    cwd: root,
    encoding: "utf8",
  })
    .split("\n")
    .filter((file) => file !== "" && existsSync(join(root, file)));
const hash = (text) => createHash("sha256").update(text).digest("hex").slice(0, 16);
const hashOf = (file) => hash(readFileSync(join(root, file)));

/** What the verdict on every file depends on, besides the sources. */
const rules = hash(
  ["eslint.config.mjs", "package-lock.json", "tsconfig.json", ...listed("scripts")].map(hashOf).join() +
    process.version,
);

/** By file, the hash of the text that was found clean. */
function knownClean() {
  const known = existsSync(cleanFile) ? JSON.parse(readFileSync(cleanFile, "utf8")) : {};
  return new Map(known.rules === rules ? known.files : []);
}

function builderProgram() {
  const { options, fileNames, errors } = ts.getParsedCommandLineOfConfigFile(
    join(root, "tsconfig.json"),
    // Its own file: what somebody else's `tsc` has seen, nothing here has linted.
    { tsBuildInfoFile: join(cache, "tsc.tsbuildinfo") },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (problem) => report([problem]) },
  );
  // The lint rules walk from a node to its parents.
  const host = ts.createCompilerHost(options, true);
  host.createHash = hash;
  const read = host.getSourceFile;
  host.getSourceFile = (...args) => {
    const source = read(...args);
    if (source !== undefined) source.version = hash(source.text);
    return source;
  };
  const createProgram = ts.createSemanticDiagnosticsBuilderProgram;
  return ts.createIncrementalProgram({
    ...{ rootNames: fileNames, options, configFileParsingDiagnostics: errors },
    ...{ host, createProgram },
  });
}

function report(problems) {
  if (problems.length === 0) return;
  process.exitCode = 1;
  const form = process.stdout.isTTY ? ts.formatDiagnosticsWithColorAndContext : ts.formatDiagnostics;
  const how = { getCurrentDirectory: () => root, getCanonicalFileName: (name) => name, getNewLine: () => "\n" };
  process.stdout.write(form(ts.sortAndDeduplicateDiagnostics(problems), how));
}

/** Checks types, and takes every file that a change concerns from the clean ones. */
function checkTypes(builder, clean) {
  for (let next; (next = builder.getSemanticDiagnosticsOfNextAffectedFile()) !== undefined;) {
    if ("fileName" in next.affected) clean.delete(next.affected.fileName);
    else clean.clear();
  }
  report([
    ...builder.getConfigFileParsingDiagnostics(),
    ...builder.getOptionsDiagnostics(),
    ...builder.getGlobalDiagnostics(),
    ...builder.getSyntacticDiagnostics(),
    ...builder.getSemanticDiagnostics(),
  ]);
}

async function lint(builder, clean) {
  const parserOptions = { programs: [builder.getProgram()], project: false };
  const typed = { files: ["**/*.ts"], languageOptions: { parserOptions } };
  const eslint = new ESLint({ cwd: root, overrideConfig: [typed] });
  const hashes = new Map();
  for (const file of listed("*.ts", "*.js", "*.mjs", "*.cjs")) {
    const path = resolve(root, file);
    const now = hashOf(file);
    if (clean.get(path) !== now && !(await eslint.isPathIgnored(path))) hashes.set(path, now);
  }
  const results = hashes.size === 0 ? [] : await eslint.lintFiles([...hashes.keys()]);
  process.stdout.write(await (await eslint.loadFormatter("stylish")).format(results));
  for (const { filePath, errorCount, warningCount } of results) {
    if (errorCount > 0) process.exitCode = 1;
    if (errorCount + warningCount === 0) clean.set(filePath, hashes.get(filePath));
  }
}

const keep = (clean) => writeFileSync(cleanFile, JSON.stringify({ rules, files: [...clean] }));

mkdirSync(cache, { recursive: true });
const clean = knownClean();
const builder = builderProgram();
checkTypes(builder, clean);
// Before TypeScript's own file: after an end in between, too much is looked at, and never too little.
keep(clean);
builder.emit();
await lint(builder, clean);
keep(clean);
