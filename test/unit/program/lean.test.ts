import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { packageRoot } from "../../../common/package-root";
import { register } from "../../support/register";

describe("what Pulumi's SDK does for nobody", function () {
  this.timeout(30_000);

  /** Runs a script in a process of its own, as the SDK keeps its state in globals. */
  const run = (script: string, env: Record<string, string> = {}) => {
    const source = `void (async () => { ${script} })();`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--require", register, "-e", source], {
      cwd: packageRoot(),
      encoding: "utf8",
      env: { ...process.env, ...env },
    });
    return { status, stdout, stderr };
  };
  const loaded = `Object.keys(require.cache).filter((path) => /typescript.lib.typescript|arborist.lib.arborist.index/.test(path)).length`;
  const lean = `require("./common/sdk/lean");`;

  it("loads neither TypeScript nor npm's installer for a program", () => {
    const { stdout, stderr } = run(
      `${lean} require("@pulumi/pulumi"); require("@pulumi/aws"); console.log(${loaded});`,
    );
    assert.equal(stdout, "0\n", stderr);
    const { stdout: otherwise } = run(`require("@pulumi/pulumi"); console.log(${loaded});`);
    assert.equal(otherwise, "2\n");
  });

  it("loads them when they are used", () => {
    const { stdout, stderr } = run(`
      ${lean}
      const pulumi = require("@pulumi/pulumi");
      console.log(typeof pulumi.automation.LocalWorkspace.createStack, "LocalWorkspace" in pulumi.automation);
      console.log(Object.keys(require("@pulumi/pulumi/automation")).includes("Stack"));
      const { text } = await pulumi.runtime.serializeFunction(() => 42);
      console.log(text.includes("42"));
      console.log((await pulumi.runtime.computeCodePaths()).size > 0);`);
    assert.equal(stdout, "function true\ntrue\ntrue\ntrue\n", stderr);
  });

  const promises = (then: string) => `
    require("./common/sdk/promise-stacks").withoutPromiseStacks();
    const { debuggablePromise } = require("@pulumi/pulumi/runtime/debuggable");
    ${then}`;

  it("still fails a program that leaves promises open, and says how many", () => {
    const open = promises(`for (const each of [1, 2, 3]) debuggablePromise(new Promise(() => {}), "open " + each);
      await debuggablePromise(Promise.resolve());`);
    const { status, stderr } = run(open);
    assert.equal(status, 1);
    assert.match(stderr, /detected that 3 promises were still active/);
    assert.doesNotMatch(stderr, /STACK_TRACE/);
    const debugged = run(open, { PULUMI_DEBUG_PROMISE_LEAKS: "true" });
    assert.match(debugged.stderr, /CONTEXT\(\d\): open 2\nSTACK_TRACE:\nError/);
  });

  it("hands on values and errors", () => {
    const { stdout, stderr } = run(
      promises(`await debuggablePromise(Promise.resolve());
        const broken = Promise.reject(new Error("broken"));
        console.log(await debuggablePromise(Promise.resolve(7)));
        await debuggablePromise(broken).catch((error) => console.log(error.message, error.promise === broken));`),
    );
    assert.equal(stdout, "7\nbroken true\n", stderr);
  });

  it("sends the lines for debugging together, all of them, and in order", () => {
    const { stdout, stderr } = run(`
      const sent = [];
      const { getStore, LocalStore } = require("@pulumi/pulumi/runtime/state");
      globalThis.asyncLocalStorage.enterWith(new LocalStore());
      getStore().settings.engine = { close() {}, log: (request, done) => {
        sent.push(request.getSeverity() + " " + request.getMessage());
        setTimeout(done, 5);
      } };
      require("./common/sdk/debug-lines").sendDebugLinesTogether();
      const log = require("@pulumi/pulumi/log");
      ["a", "b"].forEach((line) => log.debug(line));
      log.warn("c");
      ["d", "e"].forEach((line) => log.debug(line));
      await new Promise((done) => setTimeout(done, 200));
      log.debug("f");
      log.debug("x".repeat(70_000));
      log.debug("last");
      await require("@pulumi/pulumi/runtime/settings").disconnect();
      console.log(JSON.stringify(sent.map((each) => each.replace(/x+/, "x"))));`);
    const own = (JSON.parse(stdout || "[]") as string[]).map((each) => each.replace(/\nWaiting for.*$/, ""));
    assert.deepEqual(own, ["0 a\nb", "2 c", "0 d\ne", "0 f\nx", "0 last"], stderr);
  });

  it("loads no installer for the policy pack, and reads a resource once for all policies", () => {
    const { stdout, stderr } = run(`
      require("./policy-pack/lean");
      const { Struct } = require("google-protobuf/google/protobuf/struct_pb");
      const { deserializeProperties } = require("@pulumi/policy/deserialize");
      const [one, other] = [{ a: [1] }, { a: [2] }].map((each) => Struct.fromJavaScript(each));
      const read = deserializeProperties(one, false);
      console.log(JSON.stringify([read, deserializeProperties(other, false), deserializeProperties(one, true)]));
      const again = deserializeProperties(one, true);
      console.log(again === deserializeProperties(one, true), /arborist.lib.arborist.index/.test(Object.keys(require.cache).join()));`);
    assert.equal(stdout, `[{"a":[1]},{"a":[2]},{"a":[1]}]\ntrue false\n`, stderr);
  });
});
