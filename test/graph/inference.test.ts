import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import * as components from "../../components";
import { root } from "../support/graph";
import { scratch } from "../support/scratch";

/** Pulumi's own analyzer, which `pulumi package get-schema` and other languages rely on. */
describe("components, as other languages see them", function () {
  this.timeout(60_000);
  const names = Object.entries(components)
    .filter(([, value]) => typeof value === "function")
    .map(([name]) => name);

  it("have arguments and outputs a schema can be inferred from", () => {
    const folder = scratch("inference");
    try {
      const entry = join(root, "components", "index.ts");
      writeFileSync(
        join(folder, "tsconfig.json"),
        JSON.stringify({ extends: join(root, "tsconfig.json"), files: [entry], include: [] }),
      );
      const manifest = { name: "baseline", main: relative(folder, entry) };
      const { components: inferred } = new Analyzer(folder, "baseline", manifest, new Set(names)).analyze();
      assert.deepEqual(Object.keys(inferred).sort(), names.sort());
      assert.ok(inferred["AuditTrail"]?.inputs["objectLockDays"]?.description, "inputs carry their descriptions");
      assert.ok(inferred["AuditTrail"].outputs["trailArn"]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
