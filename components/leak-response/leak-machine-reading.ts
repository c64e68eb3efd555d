import { carried, isText, type States } from "./leak-machine-parts";

/**
 * An entity of AWS Health, the access key of a GuardDuty finding, an actor of its attack sequences, or an item of
 * ListAccessKeys, as one shape. Events write their names small, answers of the APIs with a capital.
 */
export function readingStates(): States {
  const item = (path: string) => `$.item.${path}`;
  const texts = (...fields: string[]) => fields.flatMap((field) => isText(item(field)));
  const there = (field: string, Next: string) => ({ Variable: item(field), IsPresent: true, Next });
  const pass = (Parameters: object, Next: string) => ({
    Type: "Pass",
    Parameters: { ...Parameters, ...carried },
    Next,
  });
  const nobody = { owner: "an owner nobody could find", name: "" };
  const shaped = (path: string, owner: object, Next: string) => pass({ "key.$": item(path), ...owner }, Next);
  const user = { "owner.$": "States.Format('user {}', $.item.userName)", "name.$": "$.item.userName" };
  const role = { "owner.$": "States.Format('role {}', $.item.userName)", "name.$": "$.item.userName" };
  const finding = (key: string, name: string, type: string) =>
    pass({ item: { "accessKeyId.$": item(key), "userName.$": item(name), "userType.$": item(type) } }, "FromFinding");
  const named = (name: string, type: string) =>
    pass({ item: { accessKeyId: "unknown", "userName.$": item(name), "userType.$": item(type) } }, "FromNamed");
  const type = item("userType");
  const isRole = { Variable: type, StringMatches: "*Role*" };
  const temporary = { Variable: item("accessKeyId"), StringMatches: "ASIA*" };
  return {
    Shape: {
      Type: "Choice",
      Choices: [
        { And: texts("entityValue"), Next: "FromHealth" },
        { And: texts("EntityValue"), Next: "FromHealthApi" },
        { And: texts("AccessKeyId", "UserName", "UserType"), Next: "FromFindingApi" },
        { And: texts("AccessKeyId", "UserName"), Next: "FromUser" },
        { And: texts("accessKeyId", "userName", "userType"), Next: "FromFinding" },
        { And: texts("accessKeyId"), Next: "FromKey" },
        { And: texts("AccessKeyId"), Next: "FromKeyApi" },
        { And: texts("user.credentialUid", "user.name", "user.type"), Next: "FromActor" },
        { And: texts("User.CredentialUid", "User.Name", "User.Type"), Next: "FromActorApi" },
        { And: texts("user.credentialUid"), Next: "FromCredential" },
        { And: texts("User.CredentialUid"), Next: "FromCredentialApi" },
        { And: texts("user.name", "user.type"), Next: "FromActorName" },
        { And: texts("User.Name", "User.Type"), Next: "FromActorNameApi" },
        // Of the actors of an attack sequence, some are processes, or users of a cluster.
        ...["process", "Process", "user", "User"].map((field) => there(field, "Quiet")),
      ],
      Default: "Unreadable",
    },
    FromHealth: shaped("entityValue", nobody, "FindOwner"),
    FromHealthApi: shaped("EntityValue", nobody, "FindOwner"),
    FromUser: shaped(
      "AccessKeyId",
      { "owner.$": "States.Format('user {}', $.item.UserName)", "name.$": "$.item.UserName" },
      "FindOwner",
    ),
    FromKey: shaped("accessKeyId", nobody, "FindOwner"),
    FromKeyApi: shaped("AccessKeyId", nobody, "FindOwner"),
    FromCredential: shaped("user.credentialUid", nobody, "FindOwner"),
    FromCredentialApi: shaped("User.CredentialUid", nobody, "FindOwner"),
    FromFindingApi: finding("AccessKeyId", "UserName", "UserType"),
    FromActor: finding("user.credentialUid", "user.name", "user.type"),
    FromActorApi: finding("User.CredentialUid", "User.Name", "User.Type"),
    FromActorName: named("user.name", "user.type"),
    FromActorNameApi: named("User.Name", "User.Type"),
    FromNamed: {
      Type: "Choice",
      Choices: [
        { Variable: type, StringEquals: "Root", Next: "OfRoot" },
        { ...isRole, Next: "TemporaryOfRole" },
      ],
      Default: "NamedUser",
    },
    NamedUser: shaped("accessKeyId", user, "TellNamed"),
    FromFinding: {
      Type: "Choice",
      Choices: [
        { Variable: type, StringEquals: "Root", Next: "OfRoot" },
        { And: [temporary, isRole], Next: "TemporaryOfRole" },
        { And: [temporary, { Not: isRole }], Next: "TemporaryOfUser" },
      ],
      Default: "KeyOfFinding",
    },
    OfRoot: shaped("accessKeyId", { owner: "the root user", name: "" }, "TellRoot"),
    TemporaryOfRole: shaped("accessKeyId", role, "RoleExempt"),
    TemporaryOfUser: shaped("accessKeyId", user, "TellTemporary"),
    KeyOfFinding: shaped("accessKeyId", user, "FindOwner"),
    Unreadable: pass({ key: "unknown", ...nobody }, "TellUnknown"),
  };
}
