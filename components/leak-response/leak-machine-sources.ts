import { isKey, isUser, userOf } from "./leak-machine-events";
import { isText, type LeakMachineOptions, retry, type States } from "./leak-machine-parts";

/**
 * Whoever may start the machine can give it any event. In `contain`, what is done therefore rests on what the source
 * itself says: GuardDuty of the finding, AWS Health of the event. What a source does not confirm is left to IAM: only a
 * user whom AWS has put in quarantine is contained then.
 *
 * AWS Health answers accounts with AWS Business Support or more. A finding of another region is not asked about: a
 * machine calls the services of its own region, which is why each region has one.
 *
 * Source: AWS Health API reference, DescribeEventDetails, DescribeAffectedEntities; GuardDuty API reference, GetFindings.
 */
export function sourceStates({ partition }: LeakMachineOptions, Next: string): States {
  const found = "$.found.Findings[0]";
  const event = "$.found.SuccessfulSet[0].Event";
  const metadata = "$.found.SuccessfulSet[0].EventMetadata";
  const entity = "$.affected.Entities[0].EntityValue";
  const credential = `${found}.Resource.AccessKeyDetails.AccessKeyId`;
  const actors = `${found}.Service.Detection.Sequence.Actors`;
  const ask = (call: string, Parameters: object, ResultPath: string, Next: string) => ({
    Type: "Task",
    Resource: `arn:${partition}:states:::aws-sdk:${call}`,
    Parameters,
    ResultPath,
    TimeoutSeconds: 30,
    Retry: retry("GuardDuty.BadRequestException"),
    Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.problem", Next: "Unconfirmed" }],
    Next,
  });
  const confirmed = (named: object) => ({
    Type: "Pass",
    Parameters: {
      "time.$": "$.time",
      "again.$": "$.again",
      "why.$": "$.why",
      confirmed: true,
      ...("named.$" in named ? {} : { named: [] }),
      ...("user.$" in named ? {} : { user: "" }),
      ...("items.$" in named || "items" in named ? {} : { items: [], keys: [] }),
      ...named,
    },
    Next,
  });
  const keyAlone = (path: string) => ({ items: [{ "entityValue.$": path }], "keys.$": `States.Array(${path})` });
  const choose = (Default: string, ...all: [And: object[], Next: string][]) => ({
    Type: "Choice",
    Choices: all.map(([And, Next]) => ({ And, Next })),
    Default,
  });
  const is = (Variable: string, more: object) => [...isText(Variable), { Variable, ...more }];
  const kinds = ["*IPCaller*", "UnauthorizedAccess:IAMUser/*", "CredentialAccess:IAMUser/*", "AttackSequence:*"];
  const either = (Variable: string, ...patterns: string[]) => ({
    Or: patterns.map((StringMatches) => ({ Variable, StringMatches })),
  });
  const detector = "$$.Execution.Input.detail.service.detectorId";
  return {
    AskSource: choose(
      "Unconfirmed",
      [[{ Variable: "$.source", StringEquals: "health" }], "AskHealth"],
      [[{ Variable: "$.source", StringEquals: "guardduty" }, ...isText(detector)], "OwnAccount"],
    ),
    Unconfirmed: {
      Type: "Pass",
      Parameters: {
        "time.$": "$.time",
        "again.$": "$.again",
        "why.$": "$.why",
        "user.$": "$.user",
        "items.$": "$.items",
        "keys.$": "$.keys",
        "named.$": "$.named",
        confirmed: false,
      },
      Next,
    },
    AskHealth: ask("health:describeEventDetails", { "EventArns.$": "States.Array($.ref)" }, "$.found", "HealthSays"),
    HealthSays: choose(
      "Unconfirmed",
      [is(`${event}.StatusCode`, { StringEquals: "closed" }), "Answered"],
      [
        [
          ...is(`${event}.Service`, { StringEquals: "RISK" }),
          ...is(`${event}.EventTypeCode`, { StringMatches: "AWS_RISK_*" }),
        ],
        "AskEntities",
      ],
    ),
    AskEntities: ask(
      "health:describeAffectedEntities",
      { Filter: { "EventArns.$": "States.Array($.ref)" }, MaxResults: 100 },
      "$.affected",
      "Affected",
    ),
    Affected: choose(
      "AffectedAlone",
      // More than one answer holds: each is then looked at by IAM.
      [isText("$.affected.NextToken"), "Unconfirmed"],
      [isKey(entity), "AffectedKeys"],
      [isKey(`${metadata}.publicKey`), "AffectedPublicKey"],
      [isUser(entity), "AffectedUser"],
      [isText(`${metadata}.userName`), "AffectedUserName"],
      [isText(entity), "AffectedKeys"],
    ),
    AffectedKeys: confirmed({
      "items.$": "$.affected.Entities",
      "keys.$": "$.affected.Entities[*].EntityValue",
    }),
    AffectedPublicKey: confirmed(keyAlone(`${metadata}.publicKey`)),
    AffectedUser: confirmed({ "user.$": userOf(entity) }),
    AffectedUserName: confirmed({ "user.$": `${metadata}.userName` }),
    AffectedAlone: confirmed({}),
    OwnAccount: {
      Type: "Pass",
      Parameters: { "id.$": "States.ArrayGetItem(States.StringSplit($$.StateMachine.Id, ':'), 4)" },
      ResultPath: "$.account",
      Next: "AskGuardDuty",
    },
    AskGuardDuty: ask(
      "guardduty:getFindings",
      { "DetectorId.$": detector, "FindingIds.$": "States.Array($.ref)" },
      "$.found",
      "GuardDutySays",
    ),
    GuardDutySays: {
      Type: "Choice",
      Choices: [
        {
          Or: [
            { And: is(`${found}.Title`, { StringMatches: "[SAMPLE]*" }) },
            {
              And: [
                ...isText(`${found}.Service.AdditionalInfo.Value`),
                either(`${found}.Service.AdditionalInfo.Value`, '*"sample":true*', '*"sample": true*'),
              ],
            },
          ],
          Next: "Sample",
        },
        {
          And: [
            ...isText(`${found}.AccountId`),
            { Variable: `${found}.AccountId`, StringEqualsPath: "$.account.id" },
            { Variable: `${found}.Severity`, IsPresent: true },
            { Variable: `${found}.Severity`, IsNumeric: true },
            ...isText(`${found}.Type`),
          ],
          Next: "HowBad",
        },
      ],
      Default: "Unconfirmed",
    },
    HowBad: {
      Type: "Choice",
      Choices: [
        { Variable: `${found}.Severity`, NumericLessThan: leastSeverity, Next: "Mild" },
        { ...either(`${found}.Type`, ...kinds), Next: "GuardDutyWhy" },
      ],
      Default: "Mild",
    },
    GuardDutyWhy: {
      Type: "Pass",
      Parameters: {
        "is.$": `States.Format('GuardDuty in {}, {}{}', States.ArrayGetItem(States.StringSplit($$.StateMachine.Id, ':'), 3), ${found}.Type, $.more)`,
      },
      ResultPath: "$.said",
      Next: "FindingNames",
    },
    FindingNames: choose(
      "FoundAlone",
      [isText(credential), "FoundKey"],
      [[{ Variable: `${actors}[0]`, IsPresent: true }], "FoundActors"],
    ),
    FoundKey: confirmed({
      "why.$": "$.said.is",
      "items.$": `States.Array(${found}.Resource.AccessKeyDetails)`,
      "keys.$": `States.Array(${credential})`,
    }),
    FoundActors: confirmed({
      "why.$": "$.said.is",
      "items.$": actors,
      "keys.$": `${actors}[*].User.CredentialUid`,
      "named.$": `${actors}[*].User.Name`,
    }),
    FoundAlone: confirmed({ "why.$": "$.said.is" }),
  };
}

/** GuardDuty calls 4 and above medium; below, a finding changes nothing. Source: GuardDuty User Guide, "Severity levels". */
export const leastSeverity = 4;
