import type * as aws from "@pulumi/aws";
import { globalTypes } from "./global-types-region";

/** Types that AWS Config records continuously or not at all. Source: AWS Config API reference, RecordingMode. */
const neverDaily = [
  "AWS::Config::ResourceCompliance",
  "AWS::Config::ConformancePackCompliance",
  "AWS::Config::ConfigurationRecorder",
];

/**
 * What a recorder records: all there is, now and later, less `exclude`.
 *
 * Source: AWS Config API reference, RecordingGroup. With exclusions `includeGlobalResourceTypes` has no effect and
 * IAM is recorded unless excluded, so where IAM is not wanted it must be named.
 *
 * @param withGlobalTypes whether this is the region that records IAM
 */
export function recordingGroup(
  exclude: string[],
  withGlobalTypes: boolean,
): aws.types.input.cfg.RecorderRecordingGroup {
  if (exclude.length === 0) {
    return { allSupported: true, includeGlobalResourceTypes: withGlobalTypes };
  }
  const resourceTypes = [...new Set([...exclude, ...(withGlobalTypes ? [] : globalTypes)])];
  return {
    allSupported: false,
    includeGlobalResourceTypes: false,
    exclusionByResourceTypes: [{ resourceTypes }],
    recordingStrategies: [{ useOnly: "EXCLUSION_BY_RESOURCE_TYPES" }],
  };
}

/**
 * How often a recorder records. AWS Config keeps what cannot be daily continuous by itself when it records all types,
 * but does not say so of a recorder with exclusions; there it is said outright.
 *
 * @param frequency `CONTINUOUS` or `DAILY`
 */
export function recordingMode(frequency: string, exclude: string[]): aws.types.input.cfg.RecorderRecordingMode {
  const continuous = neverDaily.filter((type) => !exclude.includes(type));
  if (frequency !== "DAILY" || exclude.length === 0 || continuous.length === 0) {
    return { recordingFrequency: frequency };
  }
  return {
    recordingFrequency: frequency,
    recordingModeOverride: {
      description: "Types that cannot be recorded daily",
      recordingFrequency: "CONTINUOUS",
      resourceTypes: continuous,
    },
  };
}
