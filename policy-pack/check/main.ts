#!/usr/bin/env node
import { readFileSync, statSync } from "node:fs";
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
  readFile: (path) => {
    requireFile(path);
    return readFileSync(path, "utf8");
  },
  readStdin: () => text(process.stdin),
  out: (shown) => void process.stdout.write(printable(shown)),
  err: (shown) => void process.stderr.write(printable(shown)),
  version: (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version,
}).then((code) => {
  process.exitCode = code;
});

/** Whoever opens a named pipe waits for its writer, maybe for ever. What the shell opened, `<(command)`, is read. */
function requireFile(path: string): void {
  const isOpen = /^\/(?:dev|proc\/self)\/fd\/\d+$/.test(path) || path === "/dev/stdin";
  const found = isOpen ? undefined : statSync(path);
  if (found && !found.isFile() && !found.isDirectory()) {
    throw Object.assign(new Error(path), { code: "ENOTFILE" });
  }
}
