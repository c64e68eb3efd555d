import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageRoot } from "../../../common/package-root";

const rooms = ["aws", "bootstrap", "components", "engine", "operations", "sandbox", "tools", "policy-pack/check"];

describe("how Pulumi starts the program", function () {
  this.timeout(60_000);
  let copy: string;

  /** A package with the real way to start and to build, and a program of its own. */
  beforeEach(() => {
    copy = realpathSync(mkdtempSync(join(tmpdir(), "start-")));
    const real = (path: string) => join(packageRoot(), path);
    rooms.forEach((room) => mkdirSync(join(copy, room), { recursive: true }));
    ["scripts", "common/start", "common/sdk", "tsconfig.json"].forEach((path) =>
      cpSync(real(path), join(copy, path), { recursive: true }),
    );
    symlinkSync(real("node_modules"), join(copy, "node_modules"));
    write("cli.ts", "");
    write("policy-pack/index.ts", "");
    write("policy-pack/check/main.ts", "");
    write(
      "index.ts",
      'import { said } from "./components/said";\nprocess.stdout.write(`${said} from ${__filename}`);\n',
    );
    write("components/said.ts", 'export const said: string = "first";\n');
  });
  afterEach(() => rmSync(copy, { recursive: true, force: true }));

  const write = (path: string, text: string) => writeFileSync(join(copy, path), text);
  const build = () => execFileSync(process.execPath, [join(copy, "scripts/build.mjs")], { stdio: "pipe" });
  const start = (folder = copy) => {
    const entry = JSON.stringify(join(copy, "common/start/program.cjs"));
    const { stdout, stderr } = spawnSync(process.execPath, ["-e", `require(${entry})`], {
      cwd: folder,
      encoding: "utf8",
    });
    return stdout + stderr;
  };

  it("runs from the sources when nothing is compiled", () => {
    assert.equal(start(), `first from ${copy}/index.ts`);
  });

  it("runs the compiled code when it was made of the sources as they are", () => {
    build();
    assert.equal(start(), `first from ${copy}/dist/index.js`);
  });

  it("runs the program whose index.ts the folder links to", () => {
    build();
    const folder = join(copy, "linked");
    mkdirSync(folder);
    symlinkSync(join(copy, "index.ts"), join(folder, "index.ts"));
    assert.equal(start(folder), `first from ${copy}/dist/index.js`);
  });

  it("never runs compiled code that is stale, whatever the times of the files", () => {
    build();
    write("components/said.ts", 'export const said: string = "second";\n');
    utimesSync(join(copy, "components/said.ts"), 0, 0);
    assert.equal(start(), `second from ${copy}/index.ts`);
    build();
    assert.equal(start(), `second from ${copy}/dist/index.js`);
  });

  it("never runs code that was compiled with other options", () => {
    build();
    write("tsconfig.json", '{ "compilerOptions": { "useDefineForClassFields": false } }');
    assert.equal(start(), `first from ${copy}/index.ts`);
  });

  it("never runs compiled code of a source that was added or removed", () => {
    build();
    write("components/said.js", 'exports.said = "third";\n');
    rmSync(join(copy, "components/said.ts"));
    assert.equal(start(), `third from ${copy}/index.ts`);
  });

  for (const kind of ["from the sources", "compiled"]) {
    it(`says where in the source an error is, ${kind}`, () => {
      write(
        "components/said.ts",
        [
          "interface Gone { on: never }",
          "",
          "export function fail(): string {",
          '  throw new Error("no such thing");',
          "}",
          "export const said: string = fail();",
        ].join("\n"),
      );
      if (kind === "compiled") build();
      const said = start();
      assert.match(said, /Error: no such thing\n/);
      assert.ok(said.includes(`at fail (${copy}/components/said.ts:4:9)`), said);
      assert.ok(said.includes(`${copy}/components/said.ts:6:29`), said);
      assert.ok(said.includes(`${copy}/index.ts:1:`), said);
    });
  }
});
