import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { childActions, childLooks, childrenBeside, type Known } from "../../../../operations/watch/drift/children";
import { callsBehind } from "../../../../operations/watch/drift/deeds";
import { differencesOf } from "../../../../operations/watch/drift/words";
import { root } from "../../../support/graph";
import { account, accountId, alarm, analyzer, type Answers, cases, detector, region } from "./children-cases";

const look = (answers: Answers, resources: (Known & { gone?: boolean })[]) =>
  childrenBeside(account(answers), resources, { accountId, globalRegion: region });

describe("what hangs on the program's resources", () => {
  for (const { what, resources, answers, found } of cases) {
    it(`${found ? "finds" : "takes no offence at"} ${what}`, async () => {
      const { items, absent } = await look(answers, resources);
      assert.deepEqual(absent, []);
      if (!found) {
        assert.deepEqual(items, []);
        return;
      }
      const [type, severity, path, value] = found;
      assert.deepEqual(
        items.map((each) => [each.type.split(":").at(-1), each.state, each.change, each.severity, each.control]),
        [[type, "drifted", "unmanaged", severity, "Some"]],
      );
      const shown = differencesOf(items[0]!).find((each) => each.path === path);
      assert.equal(shown?.expected, "nothing");
      assert.match(shown?.found ?? "", value);
      assert.ok(callsBehind(items[0]?.type ?? "", []).events.length > 0, "nobody knows the call that makes it");
    });
  }

  it("reads every page of a list", async () => {
    const pages: Answers = {
      accessanalyzer: {
        listArchiveRules: ({ nextToken }) =>
          nextToken ? { archiveRules: [{ ruleName: "two" }] } : { archiveRules: [{ ruleName: "one" }], nextToken: "t" },
      },
    };
    assert.equal((await look(pages, [analyzer])).items.length, 2);
  });

  const refusals: [what: string, name: string, message: string, state: "unknown" | "absent"][] = [
    ["denied", "AccessDeniedException", "no", "unknown"],
    ["throttled", "ThrottlingException", "slow", "unknown"],
    ["without an answer", "TimeoutError", "late", "unknown"],
    ["not known in the region", "UnknownOperationException", "what", "absent"],
  ];
  for (const [what, name, message, state] of refusals) {
    it(`says so of a list that is ${what}, once for all regions, and of no other`, async () => {
      const refuse = () => {
        throw Object.assign(new Error(message), { name });
      };
      const away = { ...analyzer, urn: `${analyzer.urn}-2`, region: "eu-west-1" };
      const { items, absent } = await look({ accessanalyzer: { listArchiveRules: refuse } }, [
        analyzer,
        away,
        detector,
      ]);
      assert.deepEqual(absent, state === "absent" ? ["archive rules of analyzers"] : []);
      assert.deepEqual(
        items.map((each) => [each.state, each.name]),
        state === "unknown" ? [["unknown", "archive rules of analyzers beside the program"]] : [],
      );
    });
  }

  it("asks nothing of what is gone, and once a region of what a region has once", async () => {
    const asked: unknown[] = [];
    const answers: Answers = {
      cloudwatch: { listAlarmMuteRules: () => (asked.push("mute"), {}) },
      accessanalyzer: { listArchiveRules: () => (asked.push("archive"), {}) },
    };
    const second = { ...alarm, urn: `${alarm.urn}-2`, id: "baseline-2" };
    await look(answers, [alarm, second, { ...analyzer, gone: true }]);
    assert.deepEqual(asked, ["mute"]);
  });

  it("stands in the documentation, with every action it takes", () => {
    const text = readFileSync(join(root, "docs", "drift.md"), "utf8");
    assert.deepEqual(
      childActions.filter((action) => !text.includes(`\`${action}\``)),
      [],
    );
    assert.ok(childLooks.length > 15);
  });
});
