import { carrierTypes, lookInside } from "../embedded/look-inside";
import { exceptionsSchema } from "./exceptions";
import { type Finding, type Policy } from "./types";
import { listed } from "./wording";

/** Reports resources whose making goes past every policy. */
export const noUnseenResources: Policy = {
  id: "no-unseen-resources",
  title: "Nothing made past the policies",
  description:
    "What a template by URL, a custom resource, a dynamic provider or a command makes is seen by no policy of a preview. " +
    "What Cloud Control and CloudFormation templates declare is looked into by every policy of this pack, and not reported here.",
  level: "advisory",
  severity: "medium",
  frameworks: [
    {
      name: "AWS Well-Architected Framework",
      version: "2025-02-25",
      reference: "SEC01-BP06",
      specification: "Automate deployment of standard security controls.",
    },
  ],
  remediationSteps:
    "Declare the resources themselves, with @pulumi/aws or @pulumi/aws-native, or pass the template as templateBody.",
  url: "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_securely_operate_automate_security_controls.html",
  configSchema: { properties: { exceptions: exceptionsSchema } },
  resourceTypes: carrierTypes,
  evaluate: (resource) => {
    const { unseen } = lookInside(resource);
    const certain = unseen.filter(({ later }) => later !== true);
    const reported = certain.length > 0 ? certain : unseen;
    const [first] = reported;
    if (first === undefined) {
      return [];
    }
    const finding: Finding = {
      certainty: certain.length > 0 ? "violation" : "unknown",
      message:
        certain.length > 0
          ? "Not looked into: what this makes is seen by no policy."
          : "Cannot tell yet what this makes.",
      path: listed(reported.map(({ path }) => path)),
      witness: first.why,
      fix: "declare the resources themselves, or look into it by hand and list it under exceptions.",
    };
    return [finding];
  },
};
