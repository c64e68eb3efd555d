import type { PolicyArgs } from "@pulumi/aws/iam/policy";
import { unlessGone } from "../../../aws/errors";
import { documentText } from "../../../common/documents";
import { defineResource } from "../resource-handler";
import { retag, tagList, tagMap } from "./tags";

/** IAM keeps five versions of a policy and refuses a sixth. */
const VERSIONS_KEPT = 5;

export const policy = defineResource<PolicyArgs>({
  type: "aws:iam/policy:Policy",
  properties: ["name", "path", "description", "policy", "tags"],
  required: ["policy"],
  nameProperty: "name",
  defaults: { path: "/" },
  replaceOn: ["name", "namePrefix", "path", "description"],
  steering: ["namePrefix", "delayAfterPolicyCreationInMs"],

  async create({ clients }, inputs) {
    const { Policy } = await clients.iam().createPolicy({
      PolicyName: inputs.name,
      Path: inputs.path,
      Description: inputs.description,
      PolicyDocument: documentText(inputs.policy),
      Tags: tagList(inputs.tags),
    });
    return Policy?.Arn ?? "";
  },

  async read({ clients }, arn) {
    const iam = clients.iam();
    const found = (await unlessGone(iam.getPolicy({ PolicyArn: arn }), "NoSuchEntity"))?.Policy;
    if (found === undefined) {
      return undefined;
    }
    const { PolicyVersion } = await iam.getPolicyVersion({ PolicyArn: arn, VersionId: found.DefaultVersionId });
    return {
      arn,
      policyId: found.PolicyId,
      attachmentCount: found.AttachmentCount,
      name: found.PolicyName,
      path: found.Path,
      description: found.Description,
      policy: decodeURIComponent(PolicyVersion?.Document ?? ""),
      tags: tagMap(found.Tags),
    };
  },

  async update({ clients }, arn, news, olds) {
    const iam = clients.iam();
    if (documentText(news.policy) !== documentText(olds.policy)) {
      const { Versions = [] } = await iam.listPolicyVersions({ PolicyArn: arn });
      const spare = Versions.filter(({ IsDefaultVersion }) => !IsDefaultVersion).sort(byDate);
      if (Versions.length >= VERSIONS_KEPT) {
        await iam.deletePolicyVersion({ PolicyArn: arn, VersionId: spare[0]?.VersionId });
      }
      await iam.createPolicyVersion({ PolicyArn: arn, PolicyDocument: documentText(news.policy), SetAsDefault: true });
    }
    await retag(
      olds.tags,
      news.tags,
      (Tags) => iam.tagPolicy({ PolicyArn: arn, Tags }),
      (TagKeys) => iam.untagPolicy({ PolicyArn: arn, TagKeys }),
    );
  },

  async delete({ clients }, arn) {
    const iam = clients.iam();
    const versions = await unlessGone(iam.listPolicyVersions({ PolicyArn: arn }), "NoSuchEntity");
    for (const { VersionId, IsDefaultVersion } of versions?.Versions ?? []) {
      if (!IsDefaultVersion) {
        await iam.deletePolicyVersion({ PolicyArn: arn, VersionId });
      }
    }
    await unlessGone(iam.deletePolicy({ PolicyArn: arn }), "NoSuchEntity");
  },
});

function byDate(a: { VersionId?: string }, b: { VersionId?: string }): number {
  // v1, v2, ...: several versions may carry the same second.
  return Number(a.VersionId?.slice(1)) - Number(b.VersionId?.slice(1));
}
