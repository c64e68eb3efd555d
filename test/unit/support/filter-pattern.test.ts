import assert from "node:assert/strict";
import { matchesFilter } from "../../support/filter-pattern";

/** The examples of the CloudWatch Logs User Guide, "Filter pattern syntax for metric filters". */
describe("the matcher of filter patterns, by the examples of its documentation", () => {
  const event = {
    eventType: "UpdateTrail",
    sourceIPAddress: "111.111.111.111",
    arrayKey: ["value", "another value"],
    objectList: [
      { name: "a", id: 1 },
      { name: "b", id: 2 },
    ],
    SomeObject: null,
    ThisFlag: true,
  };
  const people = {
    user: { id: 1, email: "John.Stiles@example.com" },
    users: [
      { id: 2, email: "John.Doe@example.com" },
      { id: 3, email: "Jane.Doe@example.com" },
    ],
    actions: ["GET", "PUT", "DELETE"],
    coordinates: [
      [0, 1, 2],
      [4, 5, 6],
      [7, 8, 9],
    ],
  };
  const cases: [pattern: string, record: unknown, matches: boolean][] = [
    ['{ $.eventType = "UpdateTrail" }', event, true],
    ["{ $.sourceIPAddress != 123.123.* }", event, true],
    ["{ $.sourceIPAddress != 111.111.* }", event, false],
    ['{ $.arrayKey[0] = "value" }', event, true],
    ["{ $.objectList[1].id = 2 }", event, true],
    ["{ $.objectList[0].id = 2 }", event, false],
    ["{ $.SomeObject IS NULL }", event, true],
    ["{ $.SomeOtherObject IS NULL }", event, false],
    ["{ $.SomeOtherObject NOT EXISTS }", event, true],
    ["{ $.eventType NOT EXISTS }", event, false],
    ["{ $.ThisFlag IS TRUE }", event, true],
    ["{ $.ThisFlag IS FALSE }", event, false],
    ['{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }', people, true],
    ['{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }', people, false],
    [
      '{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch && $.actions[2] = nomatch }',
      people,
      true,
    ],
    [
      '{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch) && $.actions[2] = nomatch }',
      people,
      false,
    ],
    // "If it points to an array or object, the filter will not be applied."
    ["{ $.users = 1 }", { users: [1, 2, 3] }, false],
    ["{ $.users != 1 }", { users: [1, 2, 3] }, false],
    ["{ $.latency >= 500 }", { latency: 500 }, true],
    ["{ $.numbers[0] < 10e-3 }", { numbers: [1] }, false],
    ["{ $.errorCode != 500 }", { errorCode: 400 }, true],
    ["{ $.latency > +1000 }", { latency: 1000 }, false],
    // The asterisk: "*Event will match PutEvent", "Event* will match EventId", "Ev*ent only the actual string Ev*ent".
    ["{ $.name = *Event }", { name: "PutEvent" }, true],
    ["{ $.name = *Event }", { name: "EventId" }, false],
    ['{ $.name = "Event*" }', { name: "EventId" }, true],
    ['{ $.name = "Event*" }', { name: "PutEventId" }, false],
    ["{ $.name = *Event* }", { name: "PutEventId" }, true],
    ["{ $.name = Ev*ent }", { name: "Event" }, false],
    ["{ $.name = Ev*ent }", { name: "Ev*ent" }, true],
    // Patterns are case sensitive.
    ["{ $.eventType = updatetrail }", event, false],
  ];
  for (const [pattern, record, matches] of cases) {
    it(`${matches ? "matches" : "does not match"}: ${pattern}`, () => {
      assert.equal(matchesFilter(pattern, record), matches);
    });
  }

  it("takes `!=` on an absent field for false, as measured, unless told otherwise", () => {
    const pattern = '{ $.userIdentity.invokedBy != "cloudfront.amazonaws.com" }';
    assert.equal(matchesFilter(pattern, { userIdentity: {} }), false);
    assert.equal(matchesFilter(pattern, { userIdentity: {} }, { absentDiffers: true }), true);
  });

  for (const broken of [
    "$.a = 1",
    "{ $.a = 1",
    "{ a = 1 }",
    "{ $.a = }",
    "{ ($.a = 1 }",
    "{ $.a ~ 1 }",
    "{ $.a = 1 2 }",
  ]) {
    it(`refuses ${broken}`, () => {
      assert.throws(() => matchesFilter(broken, { a: 1 }), SyntaxError);
    });
  }
});
