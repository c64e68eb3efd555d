import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { documents } from "../../tools/docs/generate";
import { root } from "../support/graph";

describe("generated documents", () => {
  for (const [path, text] of Object.entries(documents())) {
    it(`${path} is what the code says (else: npm run docs)`, () => {
      assert.equal(readFileSync(join(root, path), "utf8"), text);
    });
  }
});

describe("documents", () => {
  const files = [
    "README.md",
    "policy-pack/README.md",
    ...readdirSync(join(root, "docs"), { recursive: true }).map((name) => `docs/${String(name).replaceAll("\\", "/")}`),
  ].filter((each) => each.endsWith(".md"));

  it("are looked at in every folder", () => assert.ok(files.includes("docs/runbooks/leaked-key.md")));

  for (const file of files) {
    const text = readFileSync(join(root, file), "utf8");

    it(`${file} links to what exists`, () => {
      const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target = ""]) => target);
      const broken = links.filter((target) => !existsSync(join(root, file, "..", target)));
      assert.deepEqual(broken, []);
    });

    it(`${file} names npm scripts that exist`, () => {
      const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
        scripts: Record<string, string>;
      };
      const named = [...text.matchAll(/npm run (?:--silent )?([a-z]+)/g)].map(([, name = ""]) => name);
      assert.deepEqual(
        named.filter((name) => !(name in scripts)),
        [],
      );
    });
  }
});
