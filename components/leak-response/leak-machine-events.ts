import { isText, type LeakMachineOptions, plain, type States } from "./leak-machine-parts";

/** States.Hash takes 10,000 characters; of longer lists the event's own id has to be the name. */
const longestSaid = 100;

const entities = "$.detail.affectedEntities";
const entity = `${entities}[0].entityValue`;
const metadata = "$.detail.eventMetadata";
const credential = "$.detail.resource.accessKeyDetails.accessKeyId";
const actors = "$.detail.service.detection.sequence.actors";

/** `user/path/mina` of an ARN -> `mina`. */
export function userOf(arn: string): string {
  const parts = `States.StringSplit(${arn}, '/')`;
  return `States.ArrayGetItem(${parts}, States.MathAdd(States.ArrayLength(${parts}), -1))`;
}

/** Is the value the ARN of an IAM user? */
export function isUser(Variable: string): object[] {
  return [...isText(Variable), { Variable, StringMatches: "arn:*:iam::*:user/*" }];
}

/** Is the value the id of an access key? */
export function isKey(Variable: string): object[] {
  const begins = ["AKIA*", "ASIA*"].map((StringMatches) => ({ Variable, StringMatches }));
  return [...isText(Variable), { Or: begins }];
}

/**
 * Events of three sources as one shape: `items`, each of which is answered by itself; the `keys` they name; the owners
 * that are `named` without one; `user`, where an event names nothing else; `source` and `ref`, by which the source can be asked; and `said`, by which an event
 * is known when it comes again.
 *
 * GuardDuty sends a finding anew as long as it goes on, each time as an event of its own; a finding is therefore known
 * by its id and the keys it names. In `notify`, where the key still works, the day counts as well: people are told each
 * day, and not each quarter of an hour.
 *
 * Source: AWS Health User Guide, "AWS Health events Amazon EventBridge schema"; GuardDuty API reference, Sequence, Actor,
 * User; GuardDuty User Guide, "Processing findings with EventBridge", "Sample findings".
 */
export function eventStates({ mode }: LeakMachineOptions, Next: string): States {
  const day = mode === "contain" ? "''" : "States.ArrayGetItem(States.StringSplit($.time, 'T'), 0)";
  const from = (source: string) => ({ Variable: "$.source", StringEquals: source });
  const pass = (more: object) => {
    const usual = Object.entries({
      "time.$": "$.time",
      "id.$": "$.id",
      user: "",
      items: [],
      keys: [],
      named: [],
      recurs: false,
    });
    const given = Object.keys(more).map((name) => name.replace(".$", ""));
    const rest = usual.filter(([name]) => !given.includes(name.replace(".$", "")));
    return { Type: "Pass", Parameters: { ...Object.fromEntries(rest), ...more }, Next: "WhySigns" };
  };
  const health = (named: object, said: string) =>
    pass({
      source: "health",
      "ref.$": "$.detail.eventArn",
      // Not by the event's own id, which the backup copy does not share.
      "said.$": `States.Format('{} {}', $.detail.eventArn, States.JsonToString(${said}))`,
      "why.$": "States.Format('AWS Health, {}', $.detail.eventTypeCode)",
      "raw.$": "States.Format('{}', $.detail.eventTypeCode)",
      ...named,
    });
  const finding = (named: object, keys: string) =>
    pass({
      source: "guardduty",
      "ref.$": "$.detail.id",
      recurs: true,
      "said.$": `States.Format('{} {} {}', $.detail.id, States.JsonToString(${keys}), ${day})`,
      "why.$": "States.Format('GuardDuty in {}, {}', $.region, $.detail.type)",
      "raw.$": "States.Format('{}{}', $.region, $.detail.type)",
      ...named,
    });
  const texts = (...paths: string[]) => ["$.id", "$.time", ...paths].flatMap(isText);
  const keyAlone = (path: string) => ({ items: [{ "entityValue.$": path }], "keys.$": `States.Array(${path})` });
  const resource = "$.resources[0]";
  const choices = (...all: [And: object[], Next: string][]) => all.map(([And, Next]) => ({ And, Next }));
  return {
    Source: {
      Type: "Choice",
      Choices: choices(
        [[from("aws.health"), ...texts("$.detail.eventArn", "$.detail.eventTypeCode")], "OfHealth"],
        [[from("aws.guardduty"), ...texts("$.region", "$.detail.id", "$.detail.type")], "OfGuardDuty"],
        [
          [from("aws.iam"), ...texts("$.detail.requestParameters.userName", "$.detail.requestParameters.policyArn")],
          "OfQuarantine",
        ],
      ),
      Default: "OfNothing",
    },
    // AWS's samples name the key or its owner in several places.
    OfHealth: {
      Type: "Choice",
      Choices: [
        {
          And: [...isText("$.detail.statusCode"), { Variable: "$.detail.statusCode", StringEquals: "closed" }],
          Next: "Answered",
        },
        {
          And: [...isText("$.detail.service"), { Variable: "$.detail.service", StringEquals: "ABUSE" }],
          Next: "HealthAbuse",
        },
        ...choices(
          [isKey(entity), "HealthEntities"],
          [isKey(`${metadata}.publicKey`), "HealthPublicKey"],
          [isUser(entity), "HealthEntityUser"],
          [isText(`${metadata}.userName`), "HealthUserName"],
          [isKey(resource), "HealthResourceKey"],
          [isUser(resource), "HealthResourceUser"],
          [[{ Variable: `${entities}[0]`, IsPresent: true }], "HealthEntities"],
        ),
      ],
      Default: "HealthAlone",
    },
    HealthEntities: health(
      { "items.$": entities, "keys.$": `${entities}[*].entityValue` },
      `${entities}[*].entityValue`,
    ),
    HealthPublicKey: health(keyAlone(`${metadata}.publicKey`), `${metadata}.publicKey`),
    HealthEntityUser: health({ "user.$": userOf(entity) }, entity),
    HealthUserName: health({ "user.$": `${metadata}.userName` }, `${metadata}.userName`),
    HealthResourceKey: health(keyAlone(resource), resource),
    HealthResourceUser: health({ "user.$": userOf(resource) }, resource),
    HealthAlone: health({}, "$.id"),
    HealthAbuse: health({ source: "abuse" }, "$.detail.eventTypeCode"),
    OfGuardDuty: {
      Type: "Choice",
      Choices: choices(
        [isText(credential), "OfFinding"],
        [[{ Variable: `${actors}[0]`, IsPresent: true }], "OfSequence"],
      ),
      Default: "FindingAlone",
    },
    OfFinding: finding(
      { "items.$": "States.Array($.detail.resource.accessKeyDetails)", "keys.$": `States.Array(${credential})` },
      credential,
    ),
    OfSequence: finding(
      { "items.$": actors, "keys.$": `${actors}[*].user.credentialUid`, "named.$": `${actors}[*].user.name` },
      `${actors}[*].user.credentialUid`,
    ),
    FindingAlone: finding({}, "$.detail.id"),
    // The call names the user alone; which of the keys has leaked, AWS Health says in an event of its own.
    OfQuarantine: pass({
      source: "iam",
      ref: "",
      "user.$": "$.detail.requestParameters.userName",
      "said.$": "$.id",
      "why.$":
        "States.Format('{} attached to {}', $.detail.requestParameters.policyArn, $.detail.requestParameters.userName)",
      "raw.$": "States.Format('{}{}', $.detail.requestParameters.policyArn, $.detail.requestParameters.userName)",
    }),
    // Nothing in it can be trusted to be the same when it comes again: it is told each time.
    OfNothing: {
      Type: "Pass",
      Parameters: {
        ...{ source: "nothing", ref: "", user: "", items: [], keys: [], named: [], recurs: false },
        ...{ "time.$": "$$.Execution.StartTime", why: "an event that cannot be read" },
      },
      Next: "First",
    },
    ...plain("Why", "$.raw", { Next: "Long", otherwise: "WhyHidden", more: " " }),
    WhyHidden: {
      Type: "Pass",
      Result: "an event whose text cannot be shown",
      ResultPath: "$.why",
      Next: "Long",
    },
    Long: {
      Type: "Choice",
      Choices: [{ Variable: `$.keys[${longestSaid}]`, IsPresent: true, Next: "NameById" }],
      Default: "NameByWhatItSays",
    },
    NameById: { Type: "Pass", Parameters: { "is.$": "$.id" }, ResultPath: "$.name", Next },
    NameByWhatItSays: {
      Type: "Pass",
      Parameters: { "is.$": "States.Hash($.said, 'SHA-256')" },
      ResultPath: "$.name",
      Next,
    },
  };
}
