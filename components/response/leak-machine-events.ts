import { type LeakMachineOptions, type States } from "./leak-machine-parts";

/** States.Hash takes 10,000 characters; of longer lists the event's own id has to be the name. */
const longestSaid = 100;

/**
 * Events of three sources as one shape: `items`, each of which is answered by itself; the `keys` they name; `user`,
 * where an event names nothing else; and `said`, by which an event is known when it comes again.
 *
 * GuardDuty sends a finding anew as long as it goes on, each time as an event of its own; a finding is therefore known
 * by its id and the keys it names. In `notify`, where the key still works, the day counts as well: people are told each
 * day, and not each quarter of an hour.
 *
 * Source: GuardDuty API reference, Sequence, Actor, User; GuardDuty User Guide, "Processing findings with EventBridge".
 */
export function eventStates({ mode }: LeakMachineOptions, Next: string): States {
  const known = { "time.$": "$.time", "id.$": "$.id" };
  const finding = {
    ...known,
    user: "",
    recurs: true,
    "why.$": "States.Format('GuardDuty in {}, {}', $.region, $.detail.type)",
  };
  const day = mode === "contain" ? "''" : "States.ArrayGetItem(States.StringSplit($.time, 'T'), 0)";
  const saidOf = (keys: string) => `States.Format('{} {} {}', $.detail.id, States.JsonToString(${keys}), ${day})`;
  const credential = "$.detail.resource.accessKeyDetails.accessKeyId";
  const actors = "$.detail.service.detection.sequence.actors";
  const entities = "$.detail.affectedEntities";
  const is = (source: string, path: string, Next: string) => ({
    And: [
      { Variable: "$.source", StringEquals: source },
      { Variable: path, IsPresent: true },
    ],
    Next,
  });
  const pass = (Parameters: object) => ({ Type: "Pass", Parameters, Next: "Long" });
  return {
    Source: {
      Type: "Choice",
      Choices: [
        is("aws.health", `${entities}[0]`, "OfHealth"),
        is("aws.guardduty", credential, "OfFinding"),
        is("aws.guardduty", `${actors}[0]`, "OfSequence"),
        is("aws.iam", "$.detail.requestParameters.userName", "OfQuarantine"),
      ],
      Default: "OfNothing",
    },
    // Not by the event's own id, which the backup copy does not share.
    OfHealth: pass({
      ...known,
      user: "",
      recurs: false,
      "items.$": entities,
      "keys.$": `${entities}[*].entityValue`,
      "said.$": `States.Format('{} {}', $.detail.eventArn, States.JsonToString(${entities}[*].entityValue))`,
      "why.$": "States.Format('AWS Health, {}', $.detail.eventTypeCode)",
    }),
    OfFinding: pass({
      ...finding,
      "items.$": "States.Array($.detail.resource.accessKeyDetails)",
      "keys.$": `States.Array(${credential})`,
      "said.$": saidOf(credential),
    }),
    OfSequence: pass({
      ...finding,
      "items.$": actors,
      "keys.$": `${actors}[*].user.credentialUid`,
      "said.$": saidOf(`${actors}[*].user.credentialUid`),
    }),
    // The call names the user alone; which of the keys has leaked, AWS Health says in an event of its own.
    OfQuarantine: pass({
      ...known,
      "user.$": "$.detail.requestParameters.userName",
      recurs: false,
      items: [],
      keys: [],
      "said.$": "$.id",
      "why.$":
        "States.Format('{} attached to {}', $.detail.requestParameters.policyArn, $.detail.requestParameters.userName)",
    }),
    OfNothing: pass({
      ...known,
      user: "",
      recurs: false,
      items: [],
      keys: [],
      "said.$": "$.id",
      "why.$": "States.Format('an event of {}, {}', $.source, $.id)",
    }),
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
