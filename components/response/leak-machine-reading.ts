import { carried, type LeakMachineOptions, type States } from "./leak-machine-parts";

/**
 * An entity of AWS Health, the `accessKeyDetails` of GuardDuty, an actor of its attack sequences, or an item of
 * ListAccessKeys, as one shape.
 */
export function readingStates({ mode }: LeakMachineOptions): States {
  const shaped = (path: string, owner: object, Next: string) => ({
    Type: "Pass",
    Parameters: { "key.$": `$.item.${path}`, ...owner, ...carried },
    Next,
  });
  const nobody = { owner: "an owner nobody could find" };
  const user = { "owner.$": "States.Format('user {}', $.item.userName)" };
  const type = "$.item.userType";
  const temporary = { Variable: "$.item.accessKeyId", StringMatches: "ASIA*" };
  return {
    Shape: {
      Type: "Choice",
      Choices: [
        { And: texts("entityValue"), Next: "FromHealth" },
        { And: texts("AccessKeyId", "UserName"), Next: "FromUser" },
        { And: texts("accessKeyId", "userName", "userType"), Next: "FromFinding" },
        { And: texts("accessKeyId"), Next: "FromKey" },
        { And: texts("user.credentialUid", "user.name", "user.type"), Next: "FromActor" },
        { And: texts("user.credentialUid"), Next: "FromCredential" },
        // Of the actors of an attack sequence, some are processes, or users of a cluster.
        { Variable: "$.item.process", IsPresent: true, Next: "Quiet" },
        { Variable: "$.item.user", IsPresent: true, Next: "Quiet" },
      ],
      Default: "Unreadable",
    },
    FromHealth: shaped("entityValue", nobody, "FindOwner"),
    FromUser: shaped("AccessKeyId", { "owner.$": "States.Format('user {}', $.item.UserName)" }, "FindOwner"),
    FromKey: shaped("accessKeyId", nobody, "FindOwner"),
    FromCredential: shaped("user.credentialUid", nobody, "FindOwner"),
    FromActor: {
      Type: "Pass",
      Parameters: {
        item: {
          "accessKeyId.$": "$.item.user.credentialUid",
          "userName.$": "$.item.user.name",
          "userType.$": "$.item.user.type",
        },
        ...carried,
      },
      Next: "FromFinding",
    },
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
      mode === "contain" ? "RoleAgain" : "RoleExempt",
    ),
    TemporaryOfUser: shaped("accessKeyId", user, "TellTemporary"),
    KeyOfFinding: shaped("accessKeyId", user, "FindOwner"),
    Unreadable: { Type: "Pass", Parameters: { key: "unknown", ...nobody, ...carried }, Next: "TellUnknown" },
  };
}

/** Are all of these fields there, and texts, and not empty? */
function texts(...fields: string[]): object[] {
  return fields.flatMap((field) => {
    const Variable = `$.item.${field}`;
    return [{ Variable, IsPresent: true }, { Variable, IsString: true }, { Not: { Variable, StringEquals: "" } }];
  });
}
