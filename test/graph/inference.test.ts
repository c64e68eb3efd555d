import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import * as components from "../../components";
import { root } from "../support/graph";

/** Pulumi's own analyzer, which `pulumi package get-schema ./components` and other languages rely on. */
describe("components, as other languages see them", function () {
  this.timeout(60_000);
  const names = Object.entries(components)
    .filter(([, value]) => typeof value === "function")
    .map(([name]) => name);

  it("have arguments and outputs a schema can be inferred from", () => {
    const folder = join(root, "components");
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { name: string };
    const { components: inferred } = new Analyzer(folder, manifest.name, manifest, new Set(names)).analyze();
    assert.deepEqual(Object.keys(inferred).sort(), names.sort());
    assert.ok(inferred["AuditTrail"]?.inputs["objectLockDays"]?.description, "inputs carry their descriptions");
    assert.ok(inferred["AuditTrail"].outputs["trailArn"]);
  });
});
