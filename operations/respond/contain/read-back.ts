import { accessKeysOf, certificatesOf, serviceCredentialsOf, sshKeysOf } from "../../account/identity/user-lists";
import { type AwsClients } from "../../../aws/clients";
import { ask, awsErrorName } from "../../../aws/ask";
import { type ReadBack } from "../../../aws/write-state";
import { sameDocument } from "./deny";
import { nameOfCall, type PlannedCall } from "../../evidence/planned-call";

type Parameters = Record<string, string> & { Tags: Tag[]; TagKeys: string[]; InstanceIds: string[] };
interface Tag {
  Key?: string;
  Value?: string;
}

/** Whether the account is as a call makes it. What says that there is no such thing is `false` for all but deletions. */
type Look = (aws: AwsClients, parameters: Parameters, region?: string) => Promise<boolean>;

const statusOf = (items: readonly object[], id: string, { Status, ...names }: Parameters) =>
  items.some((each) => {
    const found = each as Record<string, unknown>;
    return found[id] === names[id] && found["Status"] === Status;
  });

const inline: Look = async (aws, { UserName, RoleName, PolicyName, PolicyDocument }) => {
  const { PolicyDocument: found = "" } = await (UserName === undefined
    ? aws.iam().getRolePolicy({ RoleName, PolicyName })
    : aws.iam().getUserPolicy({ UserName, PolicyName }));
  return PolicyDocument === undefined || sameDocument(decodeURIComponent(found), PolicyDocument);
};

const tagsOf = async (aws: AwsClients, { UserName, RoleName }: Parameters): Promise<Tag[]> =>
  (UserName === undefined
    ? (await aws.iam().getRole({ RoleName })).Role?.Tags
    : (await aws.iam().getUser({ UserName })).User?.Tags) ?? [];

const tagged: Look = async (aws, parameters) => {
  const found = await tagsOf(aws, parameters);
  return parameters.Tags.every(({ Key, Value }) => found.some((tag) => tag.Key === Key && tag.Value === Value));
};

const untagged: Look = async (aws, parameters) => {
  const found = await tagsOf(aws, parameters);
  return !found.some(({ Key = "" }) => parameters.TagKeys.includes(Key));
};

const instancesIn =
  (states: RegExp): Look =>
  async (aws, { InstanceIds }, region) => {
    const { Reservations } = await aws.ec2(region).describeInstances({ InstanceIds });
    const found = Reservations?.flatMap(({ Instances }) => Instances ?? []) ?? [];
    return InstanceIds.length === found.length && found.every(({ State }) => states.test(State?.Name ?? ""));
  };

/** Snapshots of the same description and tag; of an earlier run as well, which are as good: nothing stopped since. */
const snapshotted: Look = async (aws, { Description }, region) => {
  const Filters = [{ Name: "description", Values: [Description!] }];
  const { Snapshots } = await aws.ec2(region).describeSnapshots({ OwnerIds: ["self"], Filters });
  return (Snapshots ?? []).length > 0;
};

const looks: Readonly<Record<string, Look>> = {
  "iam:UpdateAccessKey": async (aws, parameters) =>
    statusOf(await accessKeysOf(aws.iam(), String(parameters["UserName"])), "AccessKeyId", parameters),
  "iam:UpdateServiceSpecificCredential": async (aws, parameters) =>
    statusOf(
      await serviceCredentialsOf(aws.iam(), String(parameters["UserName"])),
      "ServiceSpecificCredentialId",
      parameters,
    ),
  "iam:UpdateSSHPublicKey": async (aws, parameters) =>
    statusOf(await sshKeysOf(aws.iam(), String(parameters["UserName"])), "SSHPublicKeyId", parameters),
  "iam:UpdateSigningCertificate": async (aws, parameters) =>
    statusOf(await certificatesOf(aws.iam(), String(parameters["UserName"])), "CertificateId", parameters),
  "iam:PutUserPolicy": inline,
  "iam:PutRolePolicy": inline,
  "iam:DeleteUserPolicy": inline,
  "iam:DeleteRolePolicy": inline,
  "iam:TagUser": tagged,
  "iam:TagRole": tagged,
  "iam:UntagUser": untagged,
  "iam:UntagRole": untagged,
  "iam:DeleteLoginProfile": async (aws, { UserName }) => {
    await aws.iam().getLoginProfile({ UserName });
    return true;
  },
  "ec2:StopInstances": instancesIn(/^(stopping|stopped)$/),
  "ec2:StartInstances": instancesIn(/^(pending|running)$/),
  "ec2:CreateSnapshots": snapshotted,
};

/** Looks whether a call to which no answer came was carried out. Nothing is written. */
export async function readBack(aws: AwsClients, call: PlannedCall): Promise<ReadBack> {
  const look = looks[nameOfCall(call)];
  if (look === undefined) {
    return "not readable";
  }
  const deletes = call.action.startsWith("Delete");
  try {
    const region = call.region ?? aws.defaultRegion;
    const found = await ask(nameOfCall(call), region, () => look(aws, call.parameters as Parameters, call.region));
    return found !== deletes ? "done" : "not done";
  } catch (error) {
    if (!awsErrorName(error).startsWith("NoSuchEntity")) {
      return "not readable";
    }
    return deletes ? "done" : "not done";
  }
}
