import assert from "node:assert/strict";
import { type LeakDrillPlan } from "../../../../operations/watch/drill/leak/plan";
import { watch } from "../../../../operations/watch/drill/leak/watch";
import { fakeClients } from "./fake-clients";
import { leakPlan } from "./leak-plan";

const keyId = "AKIAIOSFODNN7EXAMPLE";
const policyArn = "arn:aws:iam::aws:policy/AWSDenyAll";

/** What AWS says at one look; the last one is said again and again. */
interface Look {
  /** Of the execution that does the work; none where there is none. */
  works?: string;
  /** Of the one that only names it. */
  names?: string;
  active?: boolean;
}

async function watched(looks: Look[], more: Partial<LeakDrillPlan> = {}, policies: string[] = []) {
  const plan = leakPlan({ timeout: 1, ...more });
  let number = -1;
  const look = () => looks[Math.min(Math.max(number, 0), looks.length - 1)]!;
  const input = (user = plan.user) => JSON.stringify({ keys: [{ user }] });
  // The machine names the execution that does the work by a hash; the others bear names of EventBridge's or of a person's.
  const hash = "9f".repeat(32);
  const { clients, calls } = fakeClients({
    listExecutions: () => {
      number += 1;
      const all = [
        ["works", look().works],
        ["names", look().names],
        ["foreign", "FAILED"],
        ["old", "FAILED"],
      ] as const;
      const startDate = (name: string) => new Date(Date.now() - (name === "old" ? 3600_000 : 0));
      return {
        executions: all.flatMap(([name, status]) =>
          status === undefined
            ? []
            : [
                {
                  executionArn: name,
                  name: name === "works" || name === "foreign" ? hash : name,
                  status,
                  startDate: startDate(name),
                },
              ],
        ),
      };
    },
    describeExecution: ({ executionArn: name }) =>
      name === "foreign"
        ? { input: input("somebody-else") }
        : {
            input: input(),
            ...(look()[name as "works" | "names"] === "FAILED" && { error: "States.TaskFailed", cause: "denied" }),
          },
    listAccessKeys: () => ({
      AccessKeyMetadata: [
        { AccessKeyId: "AKIAI44QH8DHBEXAMPLE", Status: "Inactive" },
        { AccessKeyId: keyId, Status: look().active === false ? "Inactive" : "Active" },
      ],
    }),
    listAttachedUserPolicies: () => ({ AttachedPolicies: policies.map((PolicyArn) => ({ PolicyArn })) }),
  });
  const observed = await watch(clients, plan, keyId, Date.now(), new AbortController().signal, () => undefined);
  const { begun, inactive, answered, execution, denied, waited } = observed;
  const asked = (operation: string) => calls.filter(([each]) => each === operation).length;
  return {
    seen: [begun, inactive, answered].map((each) => each !== undefined),
    execution: execution && [execution.arn, execution.status, execution.cause],
    ...{ denied, waited, looks: number + 1, asked },
  };
}

describe("watching the answer to a leaked key", () => {
  const cases: [
    name: string,
    looks: Look[],
    mode: "contain" | "notify",
    seen: boolean[],
    execution: unknown,
    looks: number | "all",
  ][] = [
    [
      "done and Inactive",
      [{}, { works: "RUNNING" }, { works: "SUCCEEDED", active: false }],
      "contain",
      [true, true, true],
      ["works", "SUCCEEDED", ""],
      3,
    ],
    [
      "Inactive only a while after it was done",
      [{ works: "SUCCEEDED" }, { works: "SUCCEEDED" }, { works: "SUCCEEDED", active: false }],
      "contain",
      [true, true, true],
      ["works", "SUCCEEDED", ""],
      3,
    ],
    [
      "done, and Active for as long as IAM may take",
      [{ works: "SUCCEEDED" }],
      "contain",
      [true, false, true],
      ["works", "SUCCEEDED", ""],
      16,
    ],
    [
      "done, in mode notify: nobody waits for the key",
      [{ works: "RUNNING" }, { works: "SUCCEEDED" }],
      "notify",
      [true, false, true],
      ["works", "SUCCEEDED", ""],
      2,
    ],
    [
      "failed: nothing can come any more",
      [{ works: "RUNNING" }, { works: "FAILED" }],
      "contain",
      [true, false, true],
      ["works", "FAILED", "States.TaskFailed: denied"],
      2,
    ],
    [
      "failed before the one that does the work",
      [{ names: "FAILED" }],
      "contain",
      [true, false, false],
      ["names", "FAILED", "States.TaskFailed: denied"],
      1,
    ],
    [
      "the one that works counts, though the one that names it has failed",
      [{ names: "FAILED", works: "SUCCEEDED", active: false }],
      "contain",
      [true, true, true],
      ["works", "SUCCEEDED", ""],
      1,
    ],
    [
      "begun, and not done until the time is up",
      [{ names: "SUCCEEDED", works: "RUNNING" }],
      "contain",
      [true, false, false],
      ["works", "RUNNING", ""],
      "all",
    ],
    [
      "nothing came: executions of others and older ones are no answer",
      [{}],
      "contain",
      [false, false, false],
      undefined,
      "all",
    ],
    [
      "nothing came, and somebody else made the key Inactive",
      [{ active: false }],
      "contain",
      [false, true, false],
      undefined,
      "all",
    ],
  ];
  for (const [name, looks, mode, seen, execution, number] of cases) {
    it(name, async () => {
      const result = await watched(looks, { mode });
      assert.deepEqual(result.seen, seen);
      assert.deepEqual(result.execution, execution);
      if (number === "all") {
        assert.ok(result.waited >= 1, `${result.waited} s`);
      } else {
        assert.equal(result.looks, number);
        assert.ok(result.waited < 1, `${result.waited} s`);
      }
      assert.equal(result.denied, undefined);
      assert.equal(result.asked("listAttachedUserPolicies"), 0);
    });
  }

  const done = [{ works: "SUCCEEDED", active: false }];
  it("sees that the user is denied everything, where that is asked for", async () => {
    assert.equal((await watched(done, { denies: true }, [leakPlan().policy, policyArn])).denied, true);
  });
  it("sees that the user is not, though the quarantine is on", async () => {
    assert.equal((await watched(done, { denies: true }, [leakPlan().policy])).denied, false);
  });

  it("ends when it is stopped", async () => {
    const { clients, calls } = fakeClients({});
    const plan = leakPlan({ denies: true });
    const observed = await watch(clients, plan, keyId, Date.now(), AbortSignal.abort(), () => undefined);
    assert.deepEqual([observed.begun, observed.denied], [undefined, undefined]);
    assert.deepEqual(calls.map(([operation]) => operation).sort(), ["listAccessKeys", "listExecutions"]);
  });
});
