import { eventStates } from "./leak-machine-events";
import { iterationStates } from "./leak-machine-keys";
import { type LeakMachineOptions, notice, retry, type States } from "./leak-machine-parts";

/** As AWS names it, with and without the ending that its own examples differ in. */
const answered = ["StepFunctions.ExecutionAlreadyExistsException", "StepFunctions.ExecutionAlreadyExists"];

/**
 * The state machine that answers a leaked key, in Amazon States Language (JSONPath; AWS SDK integrations only, so that
 * there is no code to patch).
 *
 * It starts itself once more, under a name made of what the event says: an execution's name is taken for 90 days, so
 * that AWS Health's backup copy in another region, an event delivered twice, or a finding that goes on, ends there and
 * is not told again. In `contain` a finding that goes on is looked into all the same, silently: a key that somebody has
 * made Active again is deactivated again, and that is told.
 *
 * Source: Step Functions API reference, StartExecution; EventBridge User Guide, "Event retry policy" (at least once).
 */
export function leakMachine(options: LeakMachineOptions): string {
  const states: States = {
    Named: {
      Type: "Choice",
      Choices: [{ Variable: "$.once", IsPresent: true, Next: "Begun" }],
      Default: "Source",
    },
    ...eventStates(options, "Once"),
    ...onceStates(options),
    ...keyStates(options),
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

function onceStates({ partition, mode }: LeakMachineOptions): States {
  const start = (name: string, more: object, otherwise: string) => ({
    Type: "Task",
    Resource: `arn:${partition}:states:::states:startExecution`,
    Parameters: {
      "StateMachineArn.$": "$$.StateMachine.Id",
      "Name.$": name,
      Input: { once: true, "items.$": "$.items", "keys.$": "$.keys", "user.$": "$.user", "time.$": "$.time", ...more },
    },
    Retry: retry(...answered),
    Catch: [{ ErrorEquals: answered, ResultPath: "$.problem", Next: otherwise }],
    Next: "Answered",
  });
  if (mode !== "contain") {
    return { Once: start("$.name.is", { again: false, "why.$": "$.why" }, "Answered") };
  }
  return {
    Once: start("$.name.is", { again: false, "why.$": "$.why" }, "Recurs"),
    Recurs: {
      Type: "Choice",
      Choices: [{ Variable: "$.recurs", BooleanEquals: true, Next: "OnceMore" }],
      Default: "Answered",
    },
    OnceMore: start(
      "$.id",
      { again: true, "why.$": "States.Format('{}, once more, with the key made Active again', $.why)" },
      "Answered",
    ),
  };
}

function keyStates(options: LeakMachineOptions): States {
  return {
    Begun: {
      Type: "Choice",
      Choices: [{ Variable: "$.user", StringEquals: "", Next: "Any" }],
      Default: "KeysOfUser",
    },
    KeysOfUser: {
      Type: "Task",
      Resource: `arn:${options.partition}:states:::aws-sdk:iam:listAccessKeys`,
      Parameters: { "UserName.$": "$.user" },
      ResultSelector: { "list.$": "$.AccessKeyMetadata" },
      ResultPath: "$.found",
      Retry: retry("Iam.NoSuchEntityException"),
      Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.problem", Next: "NoKeys" }],
      Next: "UserKeys",
    },
    UserKeys: {
      Type: "Pass",
      Parameters: {
        "items.$": "$.found.list",
        "keys.$": "$.found.list[*].AccessKeyId",
        "why.$": "$.why",
        "time.$": "$.time",
        "again.$": "$.again",
      },
      Next: "Any",
    },
    Any: {
      Type: "Choice",
      Choices: [{ Variable: "$.keys[0]", IsPresent: true, Next: "EachKey" }],
      Default: "NoKeys",
    },
    EachKey: {
      Type: "Map",
      ItemsPath: "$.items",
      // IAM throttles, and two keys of one user are two calls on one user.
      MaxConcurrency: 2,
      ItemSelector: { "item.$": "$$.Map.Item.Value", "why.$": "$.why", "time.$": "$.time", "again.$": "$.again" },
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
  };
}
