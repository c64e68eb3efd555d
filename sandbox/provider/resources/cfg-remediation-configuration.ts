import type { RemediationConfigurationArgs } from "@pulumi/aws/cfg/remediationConfiguration";
import { recordedResource } from "../recorded-resource";

export const remediationConfiguration = recordedResource<RemediationConfigurationArgs>({
  type: "aws:cfg/remediationConfiguration:RemediationConfiguration",
  properties: [
    "region", "configRuleName", "resourceType", "targetType", "targetId", "targetVersion", "parameters", "automatic",
    "executionControls", "maximumAutomaticAttempts", "retryAttemptSeconds",
  ], // prettier-ignore
  required: ["configRuleName", "targetId", "targetType"],
  replaceOn: ["region", "configRuleName"],
  why: "the emulator has no API for remediation by AWS Config",
  id: (_context, { configRuleName }) => configRuleName,
});
