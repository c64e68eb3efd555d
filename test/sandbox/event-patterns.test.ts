import assert from "node:assert/strict";
import * as messages from "../../components/iam-alerts/iam-alert-messages";
import * as patterns from "../../components/iam-alerts/iam-alert-patterns";
import { type Emulator } from "../../sandbox/emulator";
import { createClients } from "../../sandbox/provider/clients";
import { startEmulator } from "../support/emulator";
import { type BusEvent, type BusRule, type Delivery, throughBus } from "../support/event-bus";
import { type AlertId, alertIds, eventCases, ignoredRole } from "./event-cases";

const text: Record<AlertId, messages.AlertMessage> = {
  "iam-change": messages.iamChangeMessage("aws"),
  quarantine: messages.quarantineMessage("aws"),
  "sign-in": messages.signInMessage("aws"),
  "detection-change": messages.detectionChangeMessage("aws"),
};

/** The four rules, under names that begin with `set`; with what their messages take, if asked. */
function rules(set: string, ignoredRoles: string[], withValues = false): BusRule[] {
  const scope = { partition: "aws", namePrefix: "baseline", ignoredRoles };
  const pattern: Record<AlertId, string> = {
    "iam-change": patterns.iamChangePattern(scope),
    quarantine: patterns.quarantinePattern(scope),
    "sign-in": patterns.signInPattern(),
    "detection-change": patterns.detectionChangePattern(scope),
  };
  return alertIds.map((id) => ({
    name: `${set}_${id}`,
    pattern: pattern[id],
    values: withValues ? text[id].values : {},
  }));
}

/** The events whose messages are read. */
const readTitles = [
  "administrator rights for a user",
  "AWS's quarantine, in the user's name",
  "root in vain",
  "the trail stopped in vain",
];

/** Every case as an event with an id of its own. */
const events: BusEvent[] = eventCases.map(({ record }, index) => ({
  source: `aws.${String(record["eventSource"]).split(".")[0]}`,
  detailType:
    record["eventType"] === "AwsConsoleSignIn" ? "AWS Console Sign In via CloudTrail" : "AWS API Call via CloudTrail",
  detail: { ...record, eventID: `event-${index}` },
}));

describe("event patterns, on a bus", function () {
  this.timeout(60_000);
  let emulator: Emulator;
  let deliveries: Delivery[];
  let toRead: Delivery[];

  before(async () => {
    emulator = await startEmulator();
    const aws = createClients(emulator.endpoint, "us-east-1");
    try {
      deliveries = await throughBus(aws, [...rules("all", []), ...rules("some", [ignoredRole, "other"])], events);
      const chosen = events.filter((_, index) => readTitles.includes(eventCases[index]?.title ?? ""));
      toRead = await throughBus(aws, rules("all", [], true), chosen);
    } finally {
      aws.destroy();
    }
  });
  after(() => emulator?.stop());

  const raisedBy = (set: string, index: number) =>
    deliveries
      .filter(({ rule, eventId }) => rule.startsWith(`${set}_`) && eventId === `event-${index}`)
      .map(({ rule }) => rule.slice(set.length + 1));

  eventCases.forEach(({ title, raises, ignorable }, index) => {
    it(`${title}: ${raises ?? "nothing"}${ignorable ? ", unless the role is ignored" : ""}`, () => {
      const expected = raises ? [raises] : [];
      assert.deepEqual(raisedBy("all", index), expected);
      assert.deepEqual(raisedBy("some", index), ignorable ? [] : expected, "with roles ignored");
    });
  });

  it("takes every alert through its paces, both ways", () => {
    for (const id of alertIds) {
      assert.ok(eventCases.filter(({ raises }) => raises === id).length > 2, id);
    }
  });

  /** The message, as EventBridge would write it from what the emulator took out of the event. */
  const read = (title: string): string[] => {
    const found = toRead.find(({ rule, eventId }) => rule.startsWith("all_") && eventId === idOf(title));
    assert.ok(found, title);
    const { lines } = text[found.rule.slice("all_".length) as AlertId];
    return lines.map((line) => line.replace(/<(\w+)>/g, (_, name: string) => found.values[name] ?? "").trimEnd());
  };
  const idOf = (title: string) => `event-${eventCases.findIndex((each) => each.title === title)}`;
  const link = (title: string) =>
    `Open: https://console.aws.amazon.com/cloudtrailv2/home?region=us-east-1#/events/${idOf(title)}`;
  const from = ["From: 203.0.113.64", "When: 2026-11-20T03:07:11Z, us-east-1"];
  const mina = ["Who: IAMUser mina AIDACKCEVSQ6C2EXAMPLE", "Access key: AKIAIOSFODNN7EXAMPLE"];

  it("iam-change says who did what to whom, from where, and where to look", () => {
    const title = "administrator rights for a user";
    assert.deepEqual(read(title).slice(0, 8), [
      "IAM change in account 123456789012: AttachUserPolicy",
      "",
      "On: mina   arn:aws:iam::aws:policy/AdministratorAccess",
      ...mina,
      ...from,
      link(title),
    ]);
  });

  it("quarantine is louder, and says what to do", () => {
    const lines = read("AWS's quarantine, in the user's name");
    assert.equal(
      lines[0],
      "ACCESS KEY LEAKED: AWS's quarantine of IAM user mina in account 123456789012: AttachUserPolicy",
    );
    assert.match(lines.join("\n"), /AWSCompromisedKeyQuarantineV3[^]*deactivate the user's keys[^]*From: AWS Internal/);
  });

  it("sign-in says whose it was, whether it worked, and with which factor", () => {
    const title = "root in vain";
    assert.deepEqual(read(title).slice(0, 6), [
      "Console sign-in of Root in account 123456789012: ConsoleLogin Failure, MFA used: No",
      "",
      "Who: Root  111122223333",
      ...from,
      link(title),
    ]);
  });

  it("detection-change says whether it was refused", () => {
    const [refused, , who] = read("the trail stopped in vain");
    assert.equal(refused, "Somebody turns detection down in account 123456789012, us-east-1: StopLogging AccessDenied");
    assert.equal(who, "Who: IAMUser mina AIDACKCEVSQ6C2EXAMPLE");
  });
});
