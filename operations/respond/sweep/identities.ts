import { type AwsClients } from "../../../aws/clients";
import { trustText } from "../../account/identity/documents";
import { listOf, pages } from "../../../aws/attempt";
import { type Found, type Made } from "./model";

/** What is there: words about it; `undefined` when it is gone. Errors that say "there is none" are gone too. */
export type Look = (aws: AwsClients, made: Made) => Promise<string | Pick<Found, "detail" | "rules"> | undefined>;

/** How to tell whether something of IAM is still there. */
export const identityLooks: Readonly<Partial<Record<Made["kind"], [action: string, look: Look]>>> = {
  user: [
    "iam:GetUser",
    async (aws, { id }) => {
      const { User: user } = await aws.iam().getUser({ UserName: id });
      return `made ${user?.CreateDate?.toISOString() ?? "some time"}`;
    },
  ],
  "access key": [
    "iam:ListAccessKeys",
    async (aws, { id, of }) => {
      const iam = aws.iam();
      const keys = await listOf("AccessKeyMetadata", (marker) => iam.listAccessKeys({ UserName: of, Marker: marker }));
      return keys.find((each) => each.AccessKeyId === id)?.Status;
    },
  ],
  "console password": [
    "iam:GetLoginProfile",
    async (aws, { id }) => {
      await aws.iam().getLoginProfile({ UserName: id });
      return "can sign in";
    },
  ],
  role: ["iam:GetRole", async (aws, { id }) => trustOf(aws, id)],
  "trust of role": ["iam:GetRole", async (aws, { id }) => trustOf(aws, id)],
  policy: [
    "iam:GetPolicy",
    async (aws, { id }) => {
      const { Policy: policy } = await aws.iam().getPolicy({ PolicyArn: id });
      return `attached to ${policy?.AttachmentCount ?? 0}`;
    },
  ],
  permissions: ["iam:ListAttachedUserPolicies", permissions],
};

async function trustOf(aws: AwsClients, RoleName: string): Promise<string> {
  const { Role: role } = await aws.iam().getRole({ RoleName });
  const trust = trustText(role?.AssumeRolePolicyDocument, RoleName);
  const arns = [...trust.matchAll(/"(arn:[^"]+|\*|[\w.-]+\.amazonaws\.com)"/g)].map(([, name = ""]) => name);
  return `trusts ${[...new Set(arns)].join(", ") || "nobody"}`;
}

async function permissions(aws: AwsClients, { id, of = "" }: Made): Promise<string | undefined> {
  const iam = aws.iam();
  const [kind, name = ""] = of.split(/\/(.*)/);
  const [UserName, RoleName, GroupName] = [name, name, name];
  if (!id.startsWith("arn:")) {
    await (kind === "user"
      ? iam.getUserPolicy({ UserName, PolicyName: id })
      : kind === "role"
        ? iam.getRolePolicy({ RoleName, PolicyName: id })
        : iam.getGroupPolicy({ GroupName, PolicyName: id }));
    return "inline";
  }
  const attached = await pages(async (marker) => {
    const more = marker === undefined ? {} : { Marker: marker };
    const page = await (kind === "user"
      ? iam.listAttachedUserPolicies({ UserName, ...more })
      : kind === "role"
        ? iam.listAttachedRolePolicies({ RoleName, ...more })
        : iam.listAttachedGroupPolicies({ GroupName, ...more }));
    return { items: page.AttachedPolicies, next: page.Marker };
  });
  return attached.some(({ PolicyArn: arn }) => arn === id) ? "attached" : undefined;
}
