import assert from "node:assert/strict";
import * as fc from "fast-check";
import { lazyClients } from "../../../../aws/clients";
import { findMade } from "../../../../operations/respond/sweep/find";
import { allMade } from "../../../../operations/respond/sweep/made";
import { sweepText } from "../../../../operations/respond/sweep/words";
import { asTrailEvent, type TrailRecord } from "../../../../operations/respond/events/record";
import { apiCall } from "../../../support/cloudtrail-records";

const region = "eu-west-1";
const since = new Date("2026-11-20T00:00:00Z");

/** What a sweep prints of events; nothing is asked of AWS. */
async function swept(records: readonly TrailRecord[]): Promise<string> {
  // eslint-disable-next-line @typescript-eslint/require-await -- as the events come from disk
  async function* events() {
    for (const record of records) yield asTrailEvent(record);
  }
  const aws = lazyClients(region, () => assert.fail("AWS was asked"));
  const { made } = await allMade(events());
  const { found } = await findMade(aws, made, { regions: [], since });
  return sweepText(found, [], "UTC").join("\n");
}

/** Calls that name nothing that could be looked up, as a service of tomorrow may write them. */
const word = fc.stringMatching(/^[A-Z][a-z]{2,9}$/);
const record = (verbs: readonly string[]) =>
  fc
    .record({
      verb: fc.constantFrom(...verbs),
      noun: fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join("")),
      service: fc.stringMatching(/^[a-z][a-z0-9]{2,12}$/),
      version: fc.constantFrom("", "2026_01_31", "20260131"),
      readOnly: fc.constantFrom(false, undefined),
      requestParameters: fc.constantFrom<object | null>(
        null,
        {},
        { thingName: "t" },
        { nested: { arn: "a" }, count: 3 },
      ),
      responseElements: fc.constantFrom<object | null>(null, {}, { thing: { thingId: "x" } }),
    })
    .map(({ verb, noun, service, version, ...rest }) => ({
      name: `${verb}${noun}`,
      service,
      record: apiCall(service, `${verb}${noun}${version}`, {
        awsRegion: region,
        eventID: "0f7e3b1c-5d2a-4c6b-9e8f-1a2b3c4d5e6f",
        ...rest,
      }),
    }));

describe("what a sweep cannot look for", () => {
  const makes = ["Create", "Run", "Put", "Start", "Request", "Import", "Register", "Launch", "Add", "Update", "Enable"];
  // Their names are taken: those make nothing that could be left behind.
  const nothing = /^(CreateTags|CreateLogStream|AddTags)/;

  it("is never silently absent: every call that makes something stands there, and how to look for it", () =>
    fc.assert(
      fc.asyncProperty(
        record(makes).filter(({ name }) => !nothing.test(name)),
        async ({ name, service, record: each }) => {
          const text = await swept([each]);
          assert.ok(text.includes(`${service}:${name}`), text);
          assert.match(
            text,
            /\n {6}aws cloudtrail lookup-events --region eu-west-1 \S+ \S+,AttributeValue=0f7e3b1c-5d2a-4c6b-9e8f-1a2b3c4d5e6f$/m,
          );
        },
      ),
      { numRuns: 300 },
    ));

  it("is not there where AWS refused it, or it ended something", () =>
    fc.assert(
      fc.asyncProperty(
        record(["Delete", "Terminate", "Stop", "Describe", "List"]),
        record(makes),
        async (ended, made) => {
          const text = await swept([ended.record, { ...made.record, errorCode: "AccessDenied" }]);
          assert.doesNotMatch(text, /not looked up/);
        },
      ),
      { numRuns: 100 },
    ));

  it("is one line for each call and region, however often it was made", async () => {
    const records = Array.from({ length: 6000 }, (_, at) =>
      apiCall("sqs", "CreateQueue", { awsRegion: region, requestParameters: { queueName: `q-${at}` } }),
    );
    const text = await swept(records);
    assert.match(text, /sqs:CreateQueue: q-0 and 5999 more; eu-west-1/);
  });

  it("cannot write over the terminal by its name", async () => {
    const queueName = "q\u001b[2J";
    const text = await swept([apiCall("sqs", "CreateQueue", { awsRegion: region, requestParameters: { queueName } })]);
    assert.match(text, /q\?\[2J/);
  });

  const known: [service: string, name: string, request: object, expected: RegExp][] = [
    ["ecs", "RunTask", { cluster: "c" }, /ECS task: .*\n {6}aws ecs list-tasks/],
    [
      "iam",
      "CreateOpenIDConnectProvider",
      { url: "https://x" },
      /identity provider: [^]*aws iam list-open-id-connect-providers\n/,
    ],
    ["iam", "CreateServiceSpecificCredential", { userName: "mina" }, /of a service: mina;[^]*--all-users\n/],
    [
      "route53domains",
      "RegisterDomain",
      { domainName: "x.example" },
      /domain: x.example[^]*list-domains --region us-east-1\n/,
    ],
    ["lightsail", "CreateInstances", { instanceNames: ["l"] }, /Lightsail instance: .*costs by the hour/],
    ["scheduler", "CreateSchedule", { name: "again" }, /schedule: again; CreateSchedule in eu-west-1/],
    ["autoscaling", "CreateAutoScalingGroup", { autoScalingGroupName: "g" }, /Auto Scaling group: g;/],
  ];
  for (const [service, name, requestParameters, expected] of known) {
    it(`${service}:${name} by its own name and command`, async () => {
      const text = await swept([apiCall(service, name, { awsRegion: region, requestParameters })]);
      assert.match(`${text.replace(/\n {4}(?=\S)/g, " ")}\n`, expected);
    });
  }
});
