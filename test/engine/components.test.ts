import assert from "node:assert/strict";
import { join } from "node:path";
import { titled, whyNotEngine } from "../support/conditions";
import { ForeignStack } from "../support/foreign-stack";
import { root } from "../support/graph";

// As a program in another language asks for a component: by its token, from the plugin of the package.
const program = `
const { ComponentResource } = require("@pulumi/pulumi");
const args = { minimumLength: 20, reusePrevention: 24, maxAgeDays: 90 };
class Remote extends ComponentResource {
  constructor() { super("baseline:index:PasswordPolicy", "passwords", args, {}, true); }
}
new Remote();
`;

describe(titled("a component in a program in another language, in the real engine", whyNotEngine), function () {
  this.timeout(600_000);
  let stack: ForeignStack;

  before(async function () {
    if (whyNotEngine) {
      this.skip();
    }
    const provider = `plugins: { providers: [{ name: baseline, path: ${JSON.stringify(join(root, "components"))} }] }\n`;
    stack = await ForeignStack.make("engine-components", program, provider);
    await pulumi("config", "set", "aws:region", "eu-west-1");
  });
  after(() => stack?.remove());

  it("is made with its resources", async () => {
    await pulumi("up", "--yes", "--skip-preview", "--non-interactive");
    const state = JSON.parse(await pulumi("stack", "export")) as {
      deployment: { resources: { type: string; inputs?: Record<string, unknown> }[] };
    };
    const { resources } = state.deployment;
    assert.ok(resources.some(({ type }) => type === "baseline:index:PasswordPolicy"));
    const made = resources.find(({ type }) => type.startsWith("aws:iam/accountPasswordPolicy:"));
    assert.equal(made?.inputs?.["minimumPasswordLength"], 20);
  });

  async function pulumi(...args: string[]): Promise<string> {
    const { code, stdout, text } = await stack.run(args);
    assert.equal(code, 0, text);
    return stdout;
  }
});
