import type { GroupPolicyAttachmentArgs } from "@pulumi/aws/iam/groupPolicyAttachment";
import type { RolePolicyAttachmentArgs } from "@pulumi/aws/iam/rolePolicyAttachment";
import type { UserPolicyAttachmentArgs } from "@pulumi/aws/iam/userPolicyAttachment";
import { unlessGone } from "../../../aws/errors";
import { defineResource } from "../resource-handler";
import { nameOf } from "./names";

interface Page {
  readonly AttachedPolicies?: readonly { PolicyArn?: string }[];
  readonly IsTruncated?: boolean;
  readonly Marker?: string;
}

/** Whether the policy is attached, over all pages; a holder that is gone has nothing attached. */
async function isAttached(arn: string, list: (Marker?: string) => Promise<Page>): Promise<boolean> {
  let marker: string | undefined;
  do {
    const page = await unlessGone(list(marker), "NoSuchEntity");
    if (page?.AttachedPolicies?.some(({ PolicyArn }) => PolicyArn === arn)) {
      return true;
    }
    marker = page?.IsTruncated ? page.Marker : undefined;
  } while (marker !== undefined);
  return false;
}

export const groupPolicyAttachment = defineResource<GroupPolicyAttachmentArgs>({
  type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  properties: ["group", "policyArn"],
  required: ["group", "policyArn"],
  replaceOn: ["group", "policyArn"],
  async create({ clients }, { group, policyArn }) {
    await clients.iam().attachGroupPolicy({ GroupName: nameOf(group), PolicyArn: policyArn });
    return `${nameOf(group)}/${policyArn}`;
  },
  async read({ clients }, id) {
    const [group, policyArn] = holderAndPolicy(id);
    const list = (Marker?: string) => clients.iam().listAttachedGroupPolicies({ GroupName: group, Marker });
    return (await isAttached(policyArn, list)) ? { group, policyArn } : undefined;
  },
  async delete({ clients }, id) {
    const [group, policyArn] = holderAndPolicy(id);
    await unlessGone(clients.iam().detachGroupPolicy({ GroupName: group, PolicyArn: policyArn }), "NoSuchEntity");
  },
});

export const userPolicyAttachment = defineResource<UserPolicyAttachmentArgs>({
  type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  properties: ["user", "policyArn"],
  required: ["user", "policyArn"],
  replaceOn: ["user", "policyArn"],
  async create({ clients }, { user, policyArn }) {
    await clients.iam().attachUserPolicy({ UserName: nameOf(user), PolicyArn: policyArn });
    return `${nameOf(user)}/${policyArn}`;
  },
  async read({ clients }, id) {
    const [user, policyArn] = holderAndPolicy(id);
    const list = (Marker?: string) => clients.iam().listAttachedUserPolicies({ UserName: user, Marker });
    return (await isAttached(policyArn, list)) ? { user, policyArn } : undefined;
  },
  async delete({ clients }, id) {
    const [user, policyArn] = holderAndPolicy(id);
    await unlessGone(clients.iam().detachUserPolicy({ UserName: user, PolicyArn: policyArn }), "NoSuchEntity");
  },
});

export const rolePolicyAttachment = defineResource<RolePolicyAttachmentArgs>({
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  properties: ["role", "policyArn"],
  required: ["role", "policyArn"],
  replaceOn: ["role", "policyArn"],
  async create({ clients }, { role, policyArn }) {
    await clients.iam().attachRolePolicy({ RoleName: nameOf(role), PolicyArn: policyArn });
    return `${nameOf(role)}/${policyArn}`;
  },
  async read({ clients }, id) {
    const [role, policyArn] = holderAndPolicy(id);
    const list = (Marker?: string) => clients.iam().listAttachedRolePolicies({ RoleName: role, Marker });
    return (await isAttached(policyArn, list)) ? { role, policyArn } : undefined;
  },
  async delete({ clients }, id) {
    const [role, policyArn] = holderAndPolicy(id);
    await unlessGone(clients.iam().detachRolePolicy({ RoleName: role, PolicyArn: policyArn }), "NoSuchEntity");
  },
});

/** The import form of @pulumi/aws: `NAME/ARN`. A name holds no slash. */
function holderAndPolicy(id: string): [string, string] {
  const at = id.indexOf("/");
  return [id.slice(0, at), id.slice(at + 1)];
}
