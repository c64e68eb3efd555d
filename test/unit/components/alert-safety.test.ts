import assert from "node:assert/strict";
import fc from "fast-check";
import { chatTemplate } from "../../../components/alert-channel/chat-message";
import { messageTemplate } from "../../../components/alert-channel/event-alert";
import * as messages from "../../../components/iam-alerts/iam-alert-messages";
import { apiCall, callers, consoleLogin } from "../../support/cloudtrail-records";
import { inputOf, linesOf, type Reading } from "../../support/input-template";

const seed = 20_261_122;
const account = "123456789012";
const matching = (pattern: RegExp) => fc.stringMatching(pattern, { size: "max" });

// AWS's own patterns (IAM and STS API reference). The path of a user or a role is the one with a quotation mark in it.
const path = fc.oneof(
  matching(/^\/[!-~]{1,40}\/$/),
  fc.constantFrom('/"/', "/\\n\\nThis\\u0020was\\u0020a\\u0020drill/", "/<who>/", "/`x`/", '/\\"/'),
);
const name = matching(/^[\w+=,.@-]{1,64}$/);
const policyPath = matching(/^(\/[A-Za-z0-9.,+@=_-]{1,20}){0,2}\/$/);
const free = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom('"', "\\", "\n", '"\n"It was the nightly drill"', "<account>", "\u2028", "\u0000"),
);

/** Callers of every kind, with the ARN that CloudTrail would write. */
const caller = fc.oneof(
  fc.record({ path, name }).map(({ path, name }) => ({
    says: name,
    identity: { ...callers.user, userName: name, arn: `arn:aws:iam::${account}:user${path}${name}` },
  })),
  fc.record({ name, session: name }).map(({ name, session }) => {
    const role = callers.role(name);
    const issuer = { ...role.sessionContext.sessionIssuer, arn: `arn:aws:iam::${account}:role/"/${name}` };
    return {
      says: session,
      identity: {
        ...role,
        principalId: `AROACKCEVSQ6C2EXAMPLE:${session}`,
        arn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`,
        sessionContext: { ...role.sessionContext, sessionIssuer: issuer },
      },
    };
  }),
  fc.constant({ says: "Root", identity: callers.root }),
);

/** What an event of each alert may hold: names of calls that were carried out, any text in those that were refused. */
const details: Record<string, [messages.AlertMessage, fc.Arbitrary<object>]> = {
  "iam-change": [
    messages.iamChangeMessage("aws"),
    fc.record({ userName: name, roleName: name, groupName: name, policyName: name, policyPath }).map((given) =>
      apiCall("iam", "AttachUserPolicy", {
        requestParameters: {
          ...given,
          policyArn: `arn:aws:iam::${account}:policy${given.policyPath}${given.policyName}`,
        },
      }),
    ),
  ],
  quarantine: [
    messages.quarantineMessage("aws"),
    name.map((userName) =>
      apiCall("iam", "DetachUserPolicy", {
        requestParameters: { userName, policyArn: "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3" },
      }),
    ),
  ],
  "sign-in": [messages.signInMessage("aws"), fc.constant(consoleLogin(callers.root, "No", "Failed authentication"))],
  "detection-change": [
    messages.detectionChangeMessage("aws"),
    fc
      .dictionary(
        fc.constantFrom("name", "trailName", "detectorId", "configurationRecorderName", "deliveryChannelName", "rule"),
        free,
      )
      .map((requestParameters) =>
        apiCall("cloudtrail", "StopLogging", { requestParameters, errorCode: "InvalidTrailNameException" }),
      ),
  ],
};

describe("alert messages, whatever a caller chooses", () => {
  for (const [alert, [{ values, lines }, detail]] of Object.entries(details)) {
    const [title = "", ...rest] = lines;
    const event = fc
      .record({ detail, caller, userAgent: free, errorMessage: free })
      .map(({ caller, detail, ...more }) => ({
        says: caller.says,
        event: { account, region: "us-east-1", detail: { ...detail, userIdentity: caller.identity, ...more } },
      }));
    for (const reading of ["raw", "escaped"] satisfies Reading[]) {
      it(`${alert}: one mail of as many lines as the template, which says who (${reading})`, () => {
        fc.assert(
          fc.property(event, ({ event, says }) => {
            const delivered = linesOf(inputOf(messageTemplate(lines), values, event, reading));
            assert.equal(delivered.length, lines.length);
            assert.doesNotMatch(delivered.join(""), /[\n\r\u2028]/);
            assert.ok(delivered.some((line) => line.startsWith("Who: ") && line.includes(says)));
          }),
          { seed, numRuns: 300 },
        );
      });

      it(`${alert}: one chat message with a title of one line, which says who (${reading})`, () => {
        fc.assert(
          fc.property(event, ({ event, says }) => {
            const delivered = inputOf(chatTemplate(title, rest), values, event, reading);
            const { content } = JSON.parse(delivered) as { content: { title: string; description: string } };
            assert.doesNotMatch(content.title, /[\n\r]/);
            assert.equal(content.description.split("\n").length, rest.join("\n").trim().split("\n").length);
            assert.ok(content.description.includes(says));
          }),
          { seed, numRuns: 300 },
        );
      });
    }
  }
});
