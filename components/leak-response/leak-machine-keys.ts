import { quarantinePolicy } from "../iam-alerts/iam-alert-patterns";
import * as outcomes from "./leak-outcomes";
import { readingStates } from "./leak-machine-reading";
import {
  carried,
  denyAllPolicy,
  leakedKeyTag,
  leakTitle,
  type LeakMachineOptions,
  notice,
  plain,
  retry,
  revokedTag,
  type States,
  unchangeableRoles,
  unknown,
} from "./leak-machine-parts";

/** What happens to one key. Every way ends in a message, whatever failed before it. */
export function iterationStates(options: LeakMachineOptions): States {
  return { ...readingStates(), ...ofUser(options), ...ofRole(options), ...telling(options) };
}

function ofUser(options: LeakMachineOptions): States {
  const { partition, mode, exemptUsers } = options;
  const contains = mode === "contain";
  const next = contains ? "Confirmed" : "TellFound";
  return {
    FindOwner: {
      ...task(
        partition,
        "iam:getAccessKeyLastUsed",
        { "AccessKeyId.$": "$.key" },
        {
          then: "Owned",
          otherwise: "TellUnknown",
        },
      ),
      ResultPath: "$.found",
    },
    // IAM need not name a user, of a key of root for one; a path that leads nowhere would end the others' way too.
    Owned: {
      Type: "Choice",
      Choices: [
        {
          And: [
            { Variable: "$.found.UserName", IsPresent: true },
            { Not: { Variable: "$.found.UserName", StringEquals: "" } },
          ],
          Next: "Owner",
        },
      ],
      Default: "TellUnknown",
    },
    Owner: {
      Type: "Pass",
      Parameters: {
        "key.$": "$.key",
        "name.$": "$.found.UserName",
        "owner.$": "States.Format('user {}', $.found.UserName)",
        ...carried,
      },
      Next: exemptUsers.length > 0 ? "UserExempt" : next,
    },
    ...(exemptUsers.length > 0 && { UserExempt: among(exemptUsers, "TellExempt", next) }),
    ...(contains && { ...confirming(options), ...lookingAgain(partition), ...containing(options) }),
  };
}

/** What its source did not confirm may have been made up; then AWS's own quarantine of the owner is the proof. */
function confirming({ partition }: LeakMachineOptions): States {
  const arns = { "arns.$": "States.JsonToString($.AttachedPolicies[*].PolicyArn)" };
  return {
    Confirmed: {
      Type: "Choice",
      Choices: [{ Variable: "$.confirmed", BooleanEquals: true, Next: "IsAgain" }],
      Default: "AskQuarantine",
    },
    AskQuarantine: {
      ...task(
        partition,
        "iam:listAttachedUserPolicies",
        { "UserName.$": "$.name" },
        { then: "Quarantined", otherwise: "TellUnconfirmed" },
      ),
      ResultSelector: arns,
      ResultPath: "$.attached",
    },
    Quarantined: {
      Type: "Choice",
      Choices: [
        {
          Variable: "$.attached.arns",
          // With the quotation mark before it, only AWS's own policies begin like that.
          StringMatches: `*"${quarantinePolicy(partition)}*`,
          Next: "IsAgain",
        },
      ],
      Default: "TellUnconfirmed",
    },
  };
}

/** A finding that goes on concerns people again once its key works: of the two keys a user can have, this one. */
function lookingAgain(partition: string): States {
  const active = (at: number) => {
    const found = `$.keys.AccessKeyMetadata[${at}]`;
    return {
      And: [
        { Variable: found, IsPresent: true },
        { Variable: `${found}.AccessKeyId`, StringEqualsPath: "$.key" },
        { Variable: `${found}.Status`, StringEquals: "Active" },
      ],
      Next: "Deactivate",
    };
  };
  return {
    IsAgain: {
      Type: "Choice",
      Choices: [{ Variable: "$.again", BooleanEquals: true, Next: "LookAgain" }],
      Default: "Deactivate",
    },
    LookAgain: {
      ...task(
        partition,
        "iam:listAccessKeys",
        { "UserName.$": "$.name" },
        { then: "ActiveAgain", otherwise: "Deactivate" },
      ),
      ResultPath: "$.keys",
    },
    ActiveAgain: { Type: "Choice", Choices: [active(0), active(1)], Default: "Quiet" },
  };
}

function containing({ partition, denyUser }: LeakMachineOptions): States {
  const user = { "UserName.$": "$.name" };
  const deny = (then: string, otherwise: string) =>
    task(partition, "iam:attachUserPolicy", { ...user, PolicyArn: denyAllPolicy(partition) }, { then, otherwise });
  const tagged = denyUser ? "Deny" : "TellInactive";
  return {
    Deactivate: task(
      partition,
      "iam:updateAccessKey",
      { ...user, "AccessKeyId.$": "$.key", Status: "Inactive" },
      {
        then: "TagUser",
        otherwise: denyUser ? "DenyThough" : "TellKeyActive",
      },
    ),
    // A tag that could not be set changes nothing for people.
    TagUser: task(
      partition,
      "iam:tagUser",
      { ...user, Tags: [{ "Key.$": `States.Format('${leakedKeyTag}{}', $.key)`, "Value.$": "$.time" }] },
      { then: tagged, otherwise: tagged },
    ),
    ...(denyUser && {
      Deny: deny("TellDenied", "TellNotDenied"),
      DenyThough: deny("TellDeniedKeyActive", "TellKeyActive"),
    }),
  };
}

/**
 * A role is denied everything by AWS's own policy AWSDenyAll: the machine's role may attach that one policy and write
 * none. A policy that refuses only older sessions would need a time in it, and whoever may write it may write any other.
 */
function ofRole({ partition, mode, exemptRoles, containRoles }: LeakMachineOptions): States {
  const role = { "RoleName.$": "$.name" };
  const contains = mode === "contain";
  const revokes = contains && containRoles.length > 0;
  const next = contains ? "RoleConfirmed" : "TellSession";
  return {
    RoleExempt: among([...unchangeableRoles, ...exemptRoles], "TellExempt", next),
    ...(contains && {
      RoleConfirmed: {
        Type: "Choice",
        Choices: [{ Variable: "$.confirmed", BooleanEquals: true, Next: "RoleAgain" }],
        Default: "TellUnconfirmed",
      },
      // Once is enough: whoever has taken the denial off had a reason.
      RoleAgain: {
        Type: "Choice",
        Choices: [{ Variable: "$.again", BooleanEquals: true, Next: "Quiet" }],
        Default: revokes ? "RoleContained" : "TellSession",
      },
    }),
    ...(revokes && {
      RoleContained: among(containRoles, "Revoke", "TellSession"),
      Revoke: task(
        partition,
        "iam:attachRolePolicy",
        { ...role, PolicyArn: denyAllPolicy(partition) },
        { then: "TagRole", otherwise: "TellNotRevoked" },
      ),
      TagRole: task(
        partition,
        "iam:tagRole",
        { ...role, Tags: [{ Key: revokedTag, "Value.$": "$.time" }] },
        {
          then: "TellRevoked",
          otherwise: "TellRevoked",
        },
      ),
    }),
  };
}

/** Names may hold neither `*` nor a backslash, so that those of the settings match themselves alone. */
function among(names: string[], Next: string, otherwise: string): object {
  const Choices = names.map((name) => ({ Variable: "$.name", StringMatches: name, Next }));
  return { Type: "Choice", Choices, Default: otherwise };
}

function task(
  partition: string,
  call: string,
  Parameters: object,
  { then, otherwise }: { then: string; otherwise: string },
): object {
  return {
    Type: "Task",
    Resource: `arn:${partition}:states:::aws-sdk:${call}`,
    Parameters,
    ResultPath: null,
    Retry: retry("Iam.NoSuchEntityException"),
    Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.problem", Next: otherwise }],
    Next: then,
  };
}

function telling(options: LeakMachineOptions): States {
  const told = (told: boolean) => ({ Type: "Pass", Parameters: { told }, End: true });
  const heeded = options.mode === "contain" ? Object.keys(outcomes.always) : [];
  const passes = Object.entries(outcomes.reachable(options)).map(([state, { did, now }]) => [
    state,
    {
      Type: "Pass",
      Parameters: {
        "key.$": "$.key",
        "name.$": "$.name",
        "owner.$": "$.owner",
        "why.$": "$.why",
        "again.$": "$.again",
        title: leakTitle,
        "subject.$": "States.Format('{} of {}: ', $.key, $.owner)",
        did,
        now,
        "look.$": "States.Format('What it did, and what it left: baseline respond {}', $.key)",
        "raw.$": "States.Format('{}{}', $.key, $.name)",
      },
      Next: heeded.includes(state) ? "Heed" : "PlainSigns",
    },
  ]);
  return {
    ...(Object.fromEntries(passes) as States),
    ...(heeded.length > 0 && {
      Heed: {
        Type: "Choice",
        Choices: [{ Variable: "$.again", BooleanEquals: true, Next: "Quiet" }],
        Default: "PlainSigns",
      },
    }),
    // What an event calls a key or its owner may be any text, as long as IAM has not found it.
    ...plain("Plain", "$.raw", { Next: "Tell", otherwise: "Hidden", more: " " }),
    Hidden: {
      Type: "Pass",
      Parameters: {
        ...unknown,
        owner: "an owner whose name cannot be shown",
        "title.$": "$.title",
        "why.$": "$.why",
        "did.$": "$.did",
        "now.$": "$.now",
      },
      Next: "Tell",
    },
    Quiet: told(true),
    // One message lost must not end the others' way: a failed item ends the whole Map.
    Tell: {
      ...notice(options),
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "NotTold" }],
      ResultPath: null,
      Next: "Told",
    },
    Told: told(true),
    NotTold: told(false),
  };
}
