/**
 * GuardDuty protection plans and what the baseline does with them unless the settings say otherwise. A plan that is
 * not declared arrives DISABLED or ENABLED as AWS sees fit, so each one is.
 *
 * Source: GuardDuty API reference, DetectorFeatureConfiguration. `EKS_RUNTIME_MONITORING` is the predecessor of
 * `RUNTIME_MONITORING`; GuardDuty refuses both at once. `AI_PROTECTION` and `AI_ANALYST` exist in few regions and
 * can be declared in the settings.
 */
export const defaultFeatures: Readonly<Record<string, string>> = {
  S3_DATA_EVENTS: "ENABLED",
  EKS_AUDIT_LOGS: "ENABLED",
  EBS_MALWARE_PROTECTION: "ENABLED",
  RDS_LOGIN_EVENTS: "ENABLED",
  LAMBDA_NETWORK_LOGS: "ENABLED",
  // Puts agents on instances and bills by vCPU: a decision of its own.
  RUNTIME_MONITORING: "DISABLED",
};

/**
 * Plans whose agents have switches of their own, which GuardDuty always reports. Left to the account: the provider takes
 * a switch it was not told of for a change and would replace the plan at each `up`, and which switches there are differs
 * by region.
 *
 * Source: GuardDuty API reference, DetectorAdditionalConfigurationResult; terraform-provider-aws,
 * `aws_guardduty_detector_feature`, where `additional_configuration` is optional and not computed.
 */
export const plansWithAgents: readonly string[] = ["RUNTIME_MONITORING", "EKS_RUNTIME_MONITORING"];

/**
 * Where a plan does not exist and GuardDuty answers a request for it with BadRequestException.
 *
 * Source: GuardDuty User Guide, "Regions and endpoints", and the region lists of the AWS Config rules
 * `guardduty-rds-protection-enabled` and `guardduty-lambda-protection-enabled`.
 */
const unavailable: Readonly<Record<string, readonly string[]>> = {
  "ap-east-2": ["RDS_LOGIN_EVENTS"],
  "cn-north-1": ["EBS_MALWARE_PROTECTION", "RDS_LOGIN_EVENTS", "LAMBDA_NETWORK_LOGS", "RUNTIME_MONITORING"],
  "cn-northwest-1": ["EBS_MALWARE_PROTECTION", "RDS_LOGIN_EVENTS", "LAMBDA_NETWORK_LOGS", "RUNTIME_MONITORING"],
  "us-gov-east-1": ["RDS_LOGIN_EVENTS"],
  "us-gov-west-1": ["RDS_LOGIN_EVENTS"],
};

/**
 * The plans to declare in one region, with their status.
 *
 * @param chosen statuses from the settings, over the defaults
 * @param alsoUnavailable plans per region that the settings say do not exist there
 */
export function featuresIn(
  region: string,
  chosen: Record<string, string>,
  alsoUnavailable: Record<string, string[]>,
): [name: string, status: string][] {
  const missing = new Set([...(unavailable[region] ?? []), ...(alsoUnavailable[region] ?? [])]);
  return Object.entries({ ...defaultFeatures, ...chosen }).filter(([name]) => !missing.has(name));
}
