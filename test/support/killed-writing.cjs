// Ends this process with SIGKILL while it writes to the disk, for tests of what such an end leaves. KILL_IN: a part of the
// path of a file, or of a line of a file that is open. KILL_AT: "half" of it is written, it is "written", or "renamed".
const fs = require("node:fs");
const { Buffer } = require("node:buffer");
const { kill, pid, env } = require("node:process");

const { KILL_IN: text = "", KILL_AT: at = "" } = env;
const { writeFileSync, writeSync, renameSync } = fs;

function end() {
  kill(pid, "SIGKILL");
  // The signal has come before this ends.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10_000);
}

if (text !== "") {
  fs.writeFileSync = (path, data, ...rest) => {
    const isIt = typeof path === "string" && path.includes(text);
    if (isIt && at === "half") {
      writeFileSync(path, data.slice(0, data.length / 2), ...rest);
      end();
    }
    writeFileSync(path, data, ...rest);
    if (isIt && at === "written") end();
  };
  fs.writeSync = (file, bytes, ...rest) => {
    if (!Buffer.isBuffer(bytes) || !bytes.includes(text)) return writeSync(file, bytes, ...rest);
    const written = writeSync(file, at === "half" ? bytes.subarray(0, bytes.length / 2) : bytes, ...rest);
    end();
    return written;
  };
  fs.renameSync = (from, to) => {
    renameSync(from, to);
    if (String(to).includes(text) && at === "renamed") end();
  };
}
