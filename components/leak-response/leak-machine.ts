import { eventStates } from "./leak-machine-events";
import { iterationStates } from "./leak-machine-keys";
import { isText, leakTitle, type LeakMachineOptions, notice, retry, type States, unknown } from "./leak-machine-parts";
import { sourceStates } from "./leak-machine-sources";
import { alone } from "./leak-outcomes";

/** As AWS names it, with and without the ending that its own examples differ in. */
const answered = ["StepFunctions.ExecutionAlreadyExistsException", "StepFunctions.ExecutionAlreadyExists"];

/**
 * The state machine that answers a leaked key, in Amazon States Language (JSONPath; AWS SDK integrations only, so that
 * there is no code to patch).
 *
 * It starts itself once more with the same event, under a name made of what the event says: an execution's name is taken
 * for 90 days, so that AWS Health's backup copy in another region, an event delivered twice, or a finding that goes on,
 * ends there and is not told again. In `contain` a finding that goes on is looked into all the same, silently: a key that
 * still works, or works again, is deactivated, and that is told. So nobody can keep a key from being deactivated by
 * taking the name first.
 *
 * Source: Step Functions API reference, StartExecution; EventBridge User Guide, "Event retry policy" (at least once).
 */
export function leakMachine(options: LeakMachineOptions): string {
  const contains = options.mode === "contain";
  const states: States = {
    ...eventStates(options, "Named"),
    ...onceStates(options),
    ...(contains ? sourceStates(options, "Begun") : sampleStates()),
    ...keyStates(options),
    ...aloneStates(options),
    Answered: { Type: "Succeed" },
  };
  return JSON.stringify({
    Comment: "Answers leaked access keys: finds the owner, contains if told to, and tells people",
    StartAt: "Source",
    // Throttled to the last: a key takes seconds.
    TimeoutSeconds: 3600,
    States: states,
  });
}

function onceStates({ partition, mode }: LeakMachineOptions): States {
  const contains = mode === "contain";
  const set = (ResultPath: string, Result: unknown, Next: string) => ({ Type: "Pass", Result, ResultPath, Next });
  const ask = contains ? "AskSource" : "IsSample";
  return {
    Named: { Type: "Pass", Parameters: { "name.$": "$$.Execution.Name" }, ResultPath: "$.own", Next: "IsNamed" },
    IsNamed: {
      Type: "Choice",
      Choices: [{ Variable: "$.own.name", StringEqualsPath: "$.name.is", Next: "First" }],
      Default: "Once",
    },
    First: set("$.again", false, "FirstSays"),
    FirstSays: set("$.more", "", "IsAbuse"),
    IsAbuse: {
      Type: "Choice",
      Choices: [{ Variable: "$.source", StringEquals: "abuse", Next: "Abuse" }],
      Default: ask,
    },
    Once: {
      Type: "Task",
      Resource: `arn:${partition}:states:::states:startExecution`,
      Parameters: {
        "StateMachineArn.$": "$$.StateMachine.Id",
        "Name.$": "$.name.is",
        "Input.$": "$$.Execution.Input",
      },
      ResultPath: null,
      Retry: retry(...answered),
      Catch: [{ ErrorEquals: answered, ResultPath: "$.problem", Next: contains ? "Recurs" : "Answered" }],
      Next: "Answered",
    },
    ...(contains && {
      Recurs: {
        Type: "Choice",
        Choices: [{ Variable: "$.recurs", BooleanEquals: true, Next: "OnceMore" }],
        Default: "Answered",
      },
      OnceMore: set("$.again", true, "OnceMoreSays"),
      OnceMoreSays: set("$.more", ", once more, with the key left or made Active again", ask),
    }),
  };
}

/** In `notify` the source is not asked, because nothing is done: a message says what the event says. */
function sampleStates(): States {
  const info = "$$.Execution.Input.detail.service.additionalInfo";
  const title = "$$.Execution.Input.detail.title";
  return {
    IsSample: {
      Type: "Choice",
      Choices: [
        {
          And: [
            { Variable: `${info}.sample`, IsPresent: true },
            { Variable: `${info}.sample`, BooleanEquals: true },
          ],
          Next: "Sample",
        },
        { And: [...isText(title), { Variable: title, StringMatches: "[SAMPLE]*" }], Next: "Sample" },
      ],
      Default: "Plainly",
    },
    Plainly: { Type: "Pass", Result: false, ResultPath: "$.confirmed", Next: "Begun" },
  };
}

/** What concerns no single key. */
function aloneStates(options: LeakMachineOptions): States {
  const telling = Object.entries(alone(options)).map(([state, { title = leakTitle, did, now }]): [string, object] => [
    state,
    {
      Type: "Pass",
      Parameters: { ...unknown, title, "why.$": "$.why", did, now },
      Next: "TellNoKeys",
    },
  ]);
  return { ...Object.fromEntries(telling), TellNoKeys: { ...notice(options), End: true } };
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
        "confirmed.$": "$.confirmed",
      },
      Next: "Any",
    },
    Any: {
      Type: "Choice",
      Choices: ["$.keys[0]", "$.named[0]"].map((Variable) => ({ Variable, IsPresent: true, Next: "EachKey" })),
      Default: "NoKeys",
    },
    EachKey: {
      Type: "Map",
      ItemsPath: "$.items",
      // IAM throttles, and two keys of one user are two calls on one user.
      MaxConcurrency: 2,
      ItemSelector: {
        "item.$": "$$.Map.Item.Value",
        "why.$": "$.why",
        "time.$": "$.time",
        "again.$": "$.again",
        "confirmed.$": "$.confirmed",
      },
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
