import * as outcomes from "./leak-outcomes";
import {
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
  return { ...reading(), ...ofUser(options), ...ofRole(options), ...telling(options) };
}

/** An entity of AWS Health, the `accessKeyDetails` of GuardDuty, or an item of ListAccessKeys, as one shape. */
function reading(): States {
  const shaped = (key: string, owner: object, Next: string) => ({
    Type: "Pass",
    Parameters: { "key.$": `$.item.${key}`, ...owner, "why.$": "$.why", "time.$": "$.time" },
    Next,
  });
  const type = "$.item.userType";
  const temporary = { Variable: "$.item.accessKeyId", StringMatches: "ASIA*" };
  return {
    Shape: {
      Type: "Choice",
      Choices: [
        { Variable: "$.item.entityValue", IsPresent: true, Next: "FromHealth" },
        { Variable: "$.item.AccessKeyId", IsPresent: true, Next: "FromUser" },
        {
          And: [
            { Variable: "$.item.accessKeyId", IsPresent: true },
            { Variable: "$.item.userName", IsPresent: true },
            { Variable: type, IsPresent: true },
          ],
          Next: "FromFinding",
        },
      ],
      Default: "Unreadable",
    },
    FromHealth: shaped("entityValue", { owner: "an owner nobody could find" }, "FindOwner"),
    FromUser: shaped("AccessKeyId", { "owner.$": "States.Format('user {}', $.item.UserName)" }, "FindOwner"),
    FromFinding: {
      Type: "Choice",
      Choices: [
        { Variable: type, StringEquals: "Root", Next: "OfRoot" },
        { And: [temporary, { Variable: type, StringMatches: "*Role*" }], Next: "TemporaryOfRole" },
        { And: [temporary, { Not: { Variable: type, StringMatches: "*Role*" } }], Next: "TemporaryOfUser" },
      ],
      Default: "KeyOfFinding",
    },
    OfRoot: shaped("accessKeyId", { owner: "the root user" }, "TellRoot"),
    TemporaryOfRole: shaped(
      "accessKeyId",
      { "owner.$": "States.Format('role {}', $.item.userName)", "name.$": "$.item.userName" },
      "RoleExempt",
    ),
    TemporaryOfUser: shaped("accessKeyId", { "owner.$": "States.Format('user {}', $.item.userName)" }, "TellTemporary"),
    KeyOfFinding: shaped("accessKeyId", { "owner.$": "States.Format('user {}', $.item.userName)" }, "FindOwner"),
    Unreadable: {
      Type: "Pass",
      Parameters: { key: "unknown", owner: "an owner nobody could find", "why.$": "$.why", "time.$": "$.time" },
      Next: "TellUnknown",
    },
  };
}

function ofUser({ partition, mode, exemptUsers, denyUser }: LeakMachineOptions): States {
  const user = { "UserName.$": "$.name" };
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
          then: "Owner",
          otherwise: "TellUnknown",
        },
      ),
      ResultSelector: { "name.$": "$.UserName" },
      ResultPath: "$.found",
    },
    Owner: {
      Type: "Pass",
      Parameters: {
        "key.$": "$.key",
        "name.$": "$.found.name",
        "owner.$": "States.Format('user {}', $.found.name)",
        "why.$": "$.why",
        "time.$": "$.time",
      },
      Next: exemptUsers.length > 0 ? "UserExempt" : afterUser(mode),
    },
    ...(exemptUsers.length > 0 && { UserExempt: among(exemptUsers, "TellExempt", afterUser(mode)) }),
    ...(mode === "contain" && contain),
  };
}

function afterUser(mode: string): string {
  return mode === "contain" ? "Deactivate" : "TellFound";
}

function ofRole({ partition, mode, exemptRoles, containRoles }: LeakMachineOptions): States {
  const role = { "RoleName.$": "$.name" };
  const revokes = mode === "contain" && containRoles.length > 0;
  return {
    RoleExempt: among([...unchangeableRoles, ...exemptRoles], "TellExempt", revokes ? "RoleContained" : "TellSession"),
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
  const passes = Object.entries(outcomes.reachable(options)).map(([state, { did, now }]) => [
    state,
    {
      Type: "Pass",
      Parameters: { "key.$": "$.key", "owner.$": "$.owner", "why.$": "$.why", did, now },
      Next: "Tell",
    },
  ]);
  return {
    ...(Object.fromEntries(passes) as States),
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
