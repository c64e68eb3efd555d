import * as v from "valibot";
import { nonNegative, oneOf, regionName } from "../foundation/settings/checks";
import { controlSettings, enabled, group, setting } from "../foundation/settings/setting";

/** Source: GuardDuty API reference, DetectorFeatureConfiguration, `name`. */
const featureNames = [
  "S3_DATA_EVENTS",
  "EKS_AUDIT_LOGS",
  "EBS_MALWARE_PROTECTION",
  "RDS_LOGIN_EVENTS",
  "LAMBDA_NETWORK_LOGS",
  "RUNTIME_MONITORING",
  "EKS_RUNTIME_MONITORING",
  "AI_PROTECTION",
  "AI_ANALYST",
] as const;

const featureName = v.picklist(featureNames, `a GuardDuty feature: ${featureNames.join(", ")}`);

export const threatDetectionSettings = controlSettings(
  "threatDetection",
  "GuardDuty.",
  group({
    enabled: enabled(),
    publishingFrequency: setting(
      oneOf("FIFTEEN_MINUTES", "ONE_HOUR", "SIX_HOURS"),
      "FIFTEEN_MINUTES",
      "How often updated findings are published: FIFTEEN_MINUTES, ONE_HOUR or SIX_HOURS.",
    ),
    features: setting(
      v.record(featureName, oneOf("ENABLED", "DISABLED"), "a map of features"),
      {},
      "ENABLED or DISABLED by protection plan, over the baseline's defaults (all ENABLED but RUNTIME_MONITORING).",
    ),
    unavailableFeatures: setting(
      v.record(
        regionName,
        v.pipe(
          v.array(v.unknown(), "a list of features"),
          v.maxLength(featureNames.length, `a list of features, at most ${featureNames.length}`),
          v.array(featureName, "a list of features"),
        ),
        "a map of regions to lists of features",
      ),
      {},
      "Protection plans that do not exist in a region, by region, in addition to those the baseline knows of. GuardDuty " +
        "answers them with BadRequestException.",
    ),
    minimumSeverity: setting(
      nonNegative(10),
      4,
      "Findings from this severity on raise an alert, 0 to 10: 4 is medium, 7 high, 9 critical.",
    ),
  }),
);
