import assert from "node:assert/strict";
import { leakMachine } from "../../../components/leak-response/leak-machine";
import { type LeakMachineOptions } from "../../../components/leak-response/leak-machine-parts";

interface State {
  Type: string;
  Next?: string;
  End?: true;
  Default?: string;
  Choices?: { Next: string }[];
  Retry?: { ErrorEquals: string[]; MaxAttempts: number }[];
  Catch?: { ErrorEquals: string[]; Next: string }[];
  Parameters?: object;
  ItemProcessor?: Walk;
}
interface Walk {
  StartAt: string;
  States: Record<string, State>;
}

const plain: LeakMachineOptions = {
  partition: "aws",
  mode: "notify",
  exemptUsers: [],
  exemptRoles: [],
  containRoles: [],
  denyUser: false,
};
const contain = { ...plain, mode: "contain" };
const settings: Record<string, LeakMachineOptions> = {
  notify: plain,
  "notify with lists": { ...plain, exemptUsers: ["a"], exemptRoles: ["b"], containRoles: ["c"] },
  contain,
  "contain with lists": { ...contain, exemptUsers: ["a"], exemptRoles: ["b"], containRoles: ["c"] },
  "contain and deny": { ...contain, containRoles: ["c"], denyUser: true },
};

/** The machine's own states, and those of each item. */
function walks(options: LeakMachineOptions): [Walk, Walk] {
  const machine = JSON.parse(leakMachine(options)) as Walk;
  return [machine, machine.States["EachKey"]?.ItemProcessor ?? assert.fail("no Map")];
}

function ways({ Next, Default, Choices = [], Catch = [] }: State): string[] {
  return [Next, Default, ...[...Choices, ...Catch].map((each) => each.Next)].filter((each) => each !== undefined);
}

/** Every state some way leads to from `start`, itself included. */
function reached(walk: Walk, start = walk.StartAt, found = new Set<string>()): Set<string> {
  if (!found.has(start)) {
    found.add(start);
    ways(walk.States[start] ?? assert.fail(`there is no state ${start}`)).forEach((next) => reached(walk, next, found));
  }
  return found;
}

const ends = ({ Type, End }: State) => End === true || Type === "Succeed" || Type === "Fail";

for (const [name, options] of Object.entries(settings)) {
  describe(`the machine that answers leaked keys: ${name}`, () => {
    const both = walks(options);

    it("reaches every state, and finds a way out of each", () => {
      for (const walk of both) {
        assert.deepEqual([...reached(walk)].sort(), Object.keys(walk.States).sort());
        for (const [state, each] of Object.entries(walk.States)) {
          assert.ok(ends(each) !== ways(each).length > 0, `${state} neither ends nor goes on, or does both`);
          assert.ok(
            [...reached(walk, state)].some((next) => ends(walk.States[next]!)),
            `no way out of ${state}`,
          );
        }
      }
    });

    it("gives every name to one state only", () => {
      const names = both.flatMap((walk) => Object.keys(walk.States));
      assert.deepEqual(names, [...new Set(names)]);
      assert.ok(names.every((each) => each.length <= 80));
    });

    it("has a default for every choice, so that none ends in States.NoChoiceMatched", () => {
      const choices = both.flatMap((walk) => Object.values(walk.States)).filter(({ Type }) => Type === "Choice");
      assert.ok(choices.length > 5 && choices.every(({ Default }) => Default !== undefined));
    });

    it("tries every task again, and catches every failure but those an alarm has to hear of", () => {
      for (const walk of both) {
        for (const [state, { Type, Retry = [], Catch = [] }] of Object.entries(walk.States)) {
          if (Type === "Task") {
            const last = Retry.at(-1);
            assert.deepEqual([last?.ErrorEquals, last?.MaxAttempts], [["States.ALL"], 3], state);
            const caught = Catch.some(({ ErrorEquals }) => ErrorEquals.includes("States.ALL"));
            assert.equal(caught, !["Once", "TellNoKeys"].includes(state), state);
          }
        }
      }
    });

    it("tells of each item once: no way leads from a message to a message, and only Quiet says nothing", () => {
      const [, item] = both;
      const [tell, ...more] = Object.keys(item.States).filter((each) =>
        JSON.stringify(item.States[each]).includes("events:putEvents"),
      );
      assert.deepEqual([tell, more], ["Tell", []]);
      assert.ok(!ways(item.States["Tell"]!).some((next) => reached(item, next).has("Tell")));
      const silent: Walk = { ...item, States: { ...item.States, Tell: { Type: "Fail" }, Quiet: { Type: "Fail" } } };
      const others = [...reached(silent)].filter((each) => ends(silent.States[each]!));
      assert.deepEqual(others.sort(), ["Quiet", "Tell"]);
    });

    it("is no longer than AWS takes", () => {
      assert.ok(leakMachine(options).length < 1_048_576);
    });
  });
}

describe("a finding that goes on", () => {
  it("is looked into again in contain only, and then says nothing unless the key was Active", () => {
    assert.ok(!leakMachine(plain).includes("OnceMore"));
    const [, item] = walks(contain);
    const heeded = Object.entries(item.States).filter(([, { Next }]) => Next === "Heed");
    assert.deepEqual(
      heeded.map(([state]) => state),
      ["TellExempt", "TellUnknown", "TellRoot", "TellNamed", "TellTemporary"],
    );
  });
});
