#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { check } from "./command";
import { printable } from "./printable";

const manifest = join(__dirname, "..", "..", "package.json");

// A reader that has seen enough (`| head`) closes the pipe; that is no fault of the check.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

void check(process.argv.slice(2), {
  readFile: (path) => readFileSync(path, "utf8"),
  readStdin: () => text(process.stdin),
  out: (shown) => void process.stdout.write(printable(shown)),
  err: (shown) => void process.stderr.write(printable(shown)),
  version: (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version,
}).then((code) => {
  process.exitCode = code;
});
