import { iterationStates } from "./leak-machine-keys";
import { type LeakMachineOptions, notice, retry, type States } from "./leak-machine-parts";

/** As AWS names it, with and without the ending that its own examples differ in. */
const answered = ["StepFunctions.ExecutionAlreadyExistsException", "StepFunctions.ExecutionAlreadyExists"];

/**
 * The state machine that answers a leaked key, in Amazon States Language (JSONPath; AWS SDK integrations only, so that
 * there is no code to patch).
 *
 * It starts itself once more, under a name made of what the event says: an execution's name is taken for 90 days, so
 * that AWS Health's backup copy in another region, or an event delivered twice, ends there and is not told again.
 *
 * Source: Step Functions API reference, StartExecution; EventBridge User Guide, "Event retry policy" (at least once).
 */
export function leakMachine(options: LeakMachineOptions): string {
  const { partition } = options;
  const sdk = (call: string) => `arn:${partition}:states:::aws-sdk:${call}`;
  const states: States = {
    Named: {
      Type: "Choice",
      Choices: [
        { Variable: "$.once", IsPresent: true, Next: "Source" },
        { Variable: "$.source", StringEquals: "aws.health", Next: "NameByKeys" },
      ],
      Default: "NameById",
    },
    // Not by the event's own id, which the backup copy does not share.
    NameByKeys: {
      Type: "Pass",
      Parameters: {
        "event.$": "$",
        "said.$":
          "States.Format('{} {}', $.detail.eventArn, States.JsonToString($.detail.affectedEntities[*].entityValue))",
      },
      Next: "HashedName",
    },
    HashedName: {
      Type: "Pass",
      Parameters: { "event.$": "$.event", "name.$": "States.Hash($.said, 'SHA-256')" },
      Next: "Once",
    },
    NameById: { Type: "Pass", Parameters: { "event.$": "$", "name.$": "$.id" }, Next: "Once" },
    Once: {
      Type: "Task",
      Resource: `arn:${partition}:states:::states:startExecution`,
      Parameters: {
        "StateMachineArn.$": "$$.StateMachine.Id",
        "Name.$": "$.name",
        Input: { once: true, "event.$": "$.event" },
      },
      Retry: retry(...answered),
      Catch: [{ ErrorEquals: answered, Next: "Answered" }],
      Next: "Answered",
    },
    Source: {
      Type: "Choice",
      Choices: [
        { Variable: "$.event.source", StringEquals: "aws.health", Next: "OfHealth" },
        { Variable: "$.event.source", StringEquals: "aws.guardduty", Next: "OfGuardDuty" },
      ],
      Default: "OfQuarantine",
    },
    OfHealth: {
      Type: "Pass",
      Parameters: {
        "items.$": "$.event.detail.affectedEntities",
        "why.$": "States.Format('AWS Health, {}', $.event.detail.eventTypeCode)",
        "time.$": "$.event.time",
      },
      Next: "Any",
    },
    OfGuardDuty: {
      Type: "Pass",
      Parameters: {
        "items.$": "States.Array($.event.detail.resource.accessKeyDetails)",
        "why.$": "States.Format('GuardDuty in {}, {}', $.event.region, $.event.detail.type)",
        "time.$": "$.event.time",
      },
      Next: "Any",
    },
    // The call names the user alone; which of the keys has leaked, AWS Health says in an event of its own.
    OfQuarantine: {
      Type: "Pass",
      Parameters: {
        items: [],
        "why.$":
          "States.Format('{} attached to {}', $.event.detail.requestParameters.policyArn, $.event.detail.requestParameters.userName)",
        "time.$": "$.event.time",
        "user.$": "$.event.detail.requestParameters.userName",
      },
      Next: "KeysOfUser",
    },
    KeysOfUser: {
      Type: "Task",
      Resource: sdk("iam:listAccessKeys"),
      Parameters: { "UserName.$": "$.user" },
      ResultSelector: { "list.$": "$.AccessKeyMetadata" },
      ResultPath: "$.keys",
      Retry: retry("Iam.NoSuchEntityException"),
      Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.problem", Next: "NoKeys" }],
      Next: "UserKeys",
    },
    UserKeys: {
      Type: "Pass",
      Parameters: { "items.$": "$.keys.list", "why.$": "$.why", "time.$": "$.time" },
      Next: "Any",
    },
    Any: {
      Type: "Choice",
      Choices: [{ Variable: "$.items[0]", IsPresent: true, Next: "EachKey" }],
      Default: "NoKeys",
    },
    NoKeys: {
      Type: "Pass",
      Parameters: {
        key: "unknown",
        owner: "nobody known",
        "why.$": "$.why",
        did: "the event names no key that could be looked up. Nothing was done",
        now: "open the event where it comes from; it names the user or the case in AWS Support.",
      },
      Next: "TellNoKeys",
    },
    TellNoKeys: { ...notice(options), End: true },
    EachKey: {
      Type: "Map",
      ItemsPath: "$.items",
      // IAM throttles, and two keys of one user are two calls on one user.
      MaxConcurrency: 2,
      ItemSelector: { "item.$": "$$.Map.Item.Value", "why.$": "$.why", "time.$": "$.time" },
      ItemProcessor: {
        ProcessorConfig: { Mode: "INLINE" },
        StartAt: "Shape",
        States: iterationStates(options),
      },
      ResultPath: "$.told",
      Next: "AllTold",
    },
    AllTold: {
      Type: "Pass",
      Parameters: { "untold.$": "States.ArrayContains($.told[*].told, false)" },
      Next: "Heard",
    },
    Heard: {
      Type: "Choice",
      Choices: [{ Variable: "$.untold", BooleanEquals: true, Next: "Unheard" }],
      Default: "Answered",
    },
    Unheard: { Type: "Fail", Error: "Unheard", Cause: "At least one key could not be told to the alert channel." },
    Answered: { Type: "Succeed" },
  };
  return JSON.stringify({
    Comment: "Answers leaked access keys: finds the owner, contains if told to, and tells people",
    StartAt: "Named",
    // Throttled to the last: a key takes seconds.
    TimeoutSeconds: 3600,
    States: states,
  });
}
