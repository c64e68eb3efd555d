import * as outcomes from "./leak-outcomes";
import { readingStates } from "./leak-machine-reading";
import {
  carried,
  denyAllPolicy,
  leakedKeyTag,
  type LeakMachineOptions,
  notice,
  retry,
  revokedTag,
  revokingPolicy,
  type States,
  unchangeableRoles,
} from "./leak-machine-parts";

/** What happens to one key. Every way ends in a message, whatever failed before it. */
export function iterationStates(options: LeakMachineOptions): States {
  return { ...readingStates(options), ...ofUser(options), ...ofRole(options), ...telling(options) };
}

function ofUser({ partition, mode, exemptUsers, denyUser }: LeakMachineOptions): States {
  const user = { "UserName.$": "$.name" };
  const afterOwner = exemptUsers.length > 0 ? "UserExempt" : afterUser(mode);
  const contain: States = {
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
      { then: denyUser ? "Deny" : "TellInactive", otherwise: denyUser ? "Deny" : "TellInactive" },
    ),
    ...(denyUser && {
      Deny: task(
        partition,
        "iam:attachUserPolicy",
        { ...user, PolicyArn: denyAllPolicy(partition) },
        {
          then: "TellDenied",
          otherwise: "TellNotDenied",
        },
      ),
      DenyThough: task(
        partition,
        "iam:attachUserPolicy",
        { ...user, PolicyArn: denyAllPolicy(partition) },
        {
          then: "TellDeniedKeyActive",
          otherwise: "TellKeyActive",
        },
      ),
    }),
  };
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
      Next: mode === "contain" ? "Again" : afterOwner,
    },
    ...(mode === "contain" && lookingAgain(partition, afterOwner)),
    ...(exemptUsers.length > 0 && { UserExempt: among(exemptUsers, "TellExempt", afterUser(mode)) }),
    ...(mode === "contain" && contain),
  };
}

/** A finding that goes on concerns people again once its key was made Active: of the two keys a user can have, this one. */
function lookingAgain(partition: string, Next: string): States {
  const active = (at: number) => {
    const found = `$.keys.AccessKeyMetadata[${at}]`;
    return {
      And: [
        { Variable: found, IsPresent: true },
        { Variable: `${found}.AccessKeyId`, StringEqualsPath: "$.key" },
        { Variable: `${found}.Status`, StringEquals: "Active" },
      ],
      Next,
    };
  };
  return {
    Again: {
      Type: "Choice",
      Choices: [{ Variable: "$.again", BooleanEquals: true, Next: "LookAgain" }],
      Default: Next,
    },
    LookAgain: {
      ...task(partition, "iam:listAccessKeys", { "UserName.$": "$.name" }, { then: "ActiveAgain", otherwise: Next }),
      ResultPath: "$.keys",
    },
    ActiveAgain: { Type: "Choice", Choices: [active(0), active(1)], Default: "Quiet" },
  };
}

function afterUser(mode: string): string {
  return mode === "contain" ? "Deactivate" : "TellFound";
}

function ofRole({ partition, mode, exemptRoles, containRoles }: LeakMachineOptions): States {
  const role = { "RoleName.$": "$.name" };
  const revokes = mode === "contain" && containRoles.length > 0;
  const exempt = among([...unchangeableRoles, ...exemptRoles], "TellExempt", revokes ? "RoleContained" : "TellSession");
  return {
    RoleExempt: exempt,
    // Whoever took sessions since is perhaps the application: once is enough, or each update would end them all.
    ...(mode === "contain" && {
      RoleAgain: {
        Type: "Choice",
        Choices: [{ Variable: "$.again", BooleanEquals: true, Next: "Quiet" }],
        Default: "RoleExempt",
      },
    }),
    ...(revokes && {
      RoleContained: among(containRoles, "RevokingPolicy", "TellSession"),
      // By the event's time, not the clock's, so that the same event twice changes nothing.
      RevokingPolicy: {
        Type: "Pass",
        Parameters: {
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Deny",
              Action: "*",
              Resource: "*",
              Condition: { DateLessThan: { "aws:TokenIssueTime.$": "$.time" } },
            },
          ],
        },
        ResultPath: "$.policy",
        Next: "Revoke",
      },
      Revoke: task(
        partition,
        "iam:putRolePolicy",
        { ...role, PolicyName: revokingPolicy, "PolicyDocument.$": "States.JsonToString($.policy)" },
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
      Parameters: { "key.$": "$.key", "owner.$": "$.owner", "why.$": "$.why", "again.$": "$.again", did, now },
      Next: heeded.includes(state) ? "Heed" : "Tell",
    },
  ]);
  return {
    ...(Object.fromEntries(passes) as States),
    ...(heeded.length > 0 && {
      Heed: {
        Type: "Choice",
        Choices: [{ Variable: "$.again", BooleanEquals: true, Next: "Quiet" }],
        Default: "Tell",
      },
    }),
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
