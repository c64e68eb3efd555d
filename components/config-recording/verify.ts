import { type ConfigurationRecorder, type RecordingGroup } from "@aws-sdk/client-config-service";
import { type Evidence, type VerifyScope } from "../foundation/verify/verifier";

/** What AWS Config means by global resource types: IAM's, which every region that includes them records again. */
const GLOBAL_TYPES = ["AWS::IAM::User", "AWS::IAM::Group", "AWS::IAM::Role", "AWS::IAM::Policy"] as const;

/** Does a recorder run in every region, does it record everything, and does one region alone record IAM? */
export async function verify(scope: VerifyScope): Promise<Evidence[]> {
  const found = await Promise.all(scope.regions.map((region) => inRegion(scope, region)));
  const withIam = found.filter(({ group }) => recordsIam(group)).map(({ region }) => region);
  return [
    ...found.map(({ evidence }) => evidence),
    {
      holds: withIam.length === 1,
      says: `IAM is recorded in ${withIam.length === 1 ? withIam[0] : withIam.join(" and ") || "no region"}`,
    },
  ];
}

interface Found {
  region: string;
  group?: RecordingGroup;
  evidence: Evidence;
}

async function inRegion({ aws }: VerifyScope, region: string): Promise<Found> {
  const config = aws.config(region);
  const [{ ConfigurationRecorders: [recorder] = [] }, { ConfigurationRecordersStatus: [status] = [] }, channels] =
    await Promise.all([
      config.describeConfigurationRecorders({}),
      config.describeConfigurationRecorderStatus({}),
      config.describeDeliveryChannels({}),
    ]);
  if (recorder === undefined) {
    return { region, evidence: { holds: false, region, says: "no recorder" } };
  }
  const bucket = channels.DeliveryChannels?.[0]?.s3BucketName;
  const runs = status?.recording === true;
  const { recordingGroup: group } = recorder;
  return {
    region,
    group,
    evidence: {
      holds: runs && recordsAll(group) && bucket !== undefined,
      region,
      says: `recorder ${runs ? "on" : "OFF"}, ${breadth(recorder)}, delivered to ${bucket ?? "nowhere"}`,
    },
  };
}

function breadth({ recordingGroup: group, recordingMode: mode }: ConfigurationRecorder): string {
  const excluded = group?.exclusionByResourceTypes?.resourceTypes?.length ?? 0;
  const some = `${group?.resourceTypes?.length ?? 0} resource type(s) only`;
  const types = recordsAll(group) ? `every resource type${excluded > 0 ? ` but ${excluded}` : ""}` : some;
  return `${types}${mode?.recordingFrequency === "DAILY" ? " daily" : ""}`;
}

function recordsAll(group: RecordingGroup | undefined): boolean {
  return group?.allSupported === true || group?.recordingStrategy?.useOnly === "EXCLUSION_BY_RESOURCE_TYPES";
}

function recordsIam(group: RecordingGroup | undefined): boolean {
  const excluded = group?.exclusionByResourceTypes?.resourceTypes ?? [];
  return group?.allSupported === true
    ? group.includeGlobalResourceTypes === true
    : recordsAll(group) && GLOBAL_TYPES.some((type) => !excluded.includes(type));
}
