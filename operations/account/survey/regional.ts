import { type AwsClients } from "../../../aws/clients";
import { awsErrorName } from "../../../aws/ask";
import { type Attempts, listOf } from "../../../aws/attempt";
import {
  type Analyzer,
  type DefaultSecurityGroup,
  type DeliveryChannel,
  type Detector,
  type Recorder,
  type Tags,
  type SurveyKind,
} from "./model";

/** What one region has, but for trails, which are told everywhere at once. */
export interface RegionalFindings {
  detectors: Detector[];
  recorders: Recorder[];
  channels: DeliveryChannel[];
  analyzers: Analyzer[];
  defaultSecurityGroups: DefaultSecurityGroup[];
}

/** A look into one region. */
export type Look<Kind extends keyof RegionalFindings> = (
  aws: AwsClients,
  attempts: Attempts<SurveyKind>,
  region: string,
) => Promise<RegionalFindings[Kind]>;

export const regionalLooks: { [Kind in keyof RegionalFindings]: Look<Kind> } = {
  detectors: (aws, attempts, region) =>
    attempts.one("detectors", region, [], async (call) => {
      const guardduty = aws.guardduty(region);
      const { DetectorIds: ids = [] } = await call("guardduty:ListDetectors", () => guardduty.listDetectors({}));
      return Promise.all(
        ids.map(async (id): Promise<Detector> => {
          const [found, administratorId] = await Promise.all([
            call("guardduty:GetDetector", () => guardduty.getDetector({ DetectorId: id })),
            administratorOf(aws, attempts, region, id),
          ]);
          return {
            region,
            id,
            tags: found.Tags ?? {},
            enabled: found.Status === "ENABLED",
            publishingFrequency: found.FindingPublishingFrequency ?? "",
            ...(administratorId !== undefined && { administratorId }),
          };
        }),
      );
    }),

  recorders: (aws, attempts, region) =>
    attempts.one("recorders", region, [], async (call) => {
      const config = aws.config(region);
      const [{ ConfigurationRecorders: recorders = [] }, { ConfigurationRecordersStatus: statuses = [] }] =
        await Promise.all([
          call("config:DescribeConfigurationRecorders", () => config.describeConfigurationRecorders({})),
          call("config:DescribeConfigurationRecorderStatus", () => config.describeConfigurationRecorderStatus({})),
        ]);
      return Promise.all(
        recorders.map(async ({ name = "", arn = "", roleARN = "", recordingGroup, servicePrincipal }) => ({
          region,
          name,
          arn,
          roleArn: roleARN,
          tags: arn ? await configTags(aws, attempts, region, arn) : {},
          recording: statuses.some((status) => status.name === name && status.recording === true),
          allTypes: recordingGroup?.allSupported === true,
          ...(servicePrincipal !== undefined && { servicePrincipal }),
        })),
      );
    }),

  channels: (aws, attempts, region) =>
    attempts.one("channels", region, [], async (call) => {
      const { DeliveryChannels: channels = [] } = await call("config:DescribeDeliveryChannels", () =>
        aws.config(region).describeDeliveryChannels({}),
      );
      return channels.map(({ name = "", s3BucketName = "" }) => ({ region, name, bucket: s3BucketName }));
    }),

  analyzers: (aws, attempts, region) =>
    attempts.one("analyzers", region, [], async (call) => {
      const analyzers = await listOf("analyzers", (nextToken) =>
        call("access-analyzer:ListAnalyzers", () => aws.accessanalyzer(region).listAnalyzers({ nextToken })),
      );
      return analyzers.map(({ name = "", arn = "", type = "", tags = {} }) => ({ region, name, arn, type, tags }));
    }),

  defaultSecurityGroups: (aws, attempts, region) =>
    attempts.one("defaultSecurityGroups", region, [], async (call) => {
      const ec2 = aws.ec2(region);
      const { Vpcs: vpcs = [] } = await call("ec2:DescribeVpcs", () =>
        ec2.describeVpcs({ Filters: [{ Name: "is-default", Values: ["true"] }] }),
      );
      const ids = vpcs.flatMap(({ VpcId: id }) => (id === undefined ? [] : [id]));
      if (ids.length === 0) {
        return [];
      }
      const { SecurityGroups: groups = [] } = await call("ec2:DescribeSecurityGroups", () =>
        ec2.describeSecurityGroups({
          Filters: [
            { Name: "vpc-id", Values: ids },
            { Name: "group-name", Values: ["default"] },
          ],
        }),
      );
      return groups.map(({ GroupId = "", VpcId = "", Tags = [], IpPermissions = [], IpPermissionsEgress = [] }) => ({
        region,
        id: GroupId,
        vpcId: VpcId,
        tags: asTags(Tags),
        rules: IpPermissions.length + IpPermissionsEgress.length,
      }));
    }),
};

// Who is no member is told so with an error. Source: GuardDuty API reference, GetAdministratorAccount.
function administratorOf(
  aws: AwsClients,
  attempts: Attempts<SurveyKind>,
  region: string,
  id: string,
): Promise<string | undefined> {
  return attempts.one("detectors", region, undefined, async (call) => {
    try {
      const { Administrator: administrator } = await call("guardduty:GetAdministratorAccount", () =>
        aws.guardduty(region).getAdministratorAccount({ DetectorId: id }),
      );
      return administrator?.RelationshipStatus === "Enabled" ? administrator.AccountId : undefined;
    } catch (error) {
      if (awsErrorName(error) === "BadRequestException") {
        return undefined;
      }
      throw error;
    }
  });
}

function configTags(aws: AwsClients, attempts: Attempts<SurveyKind>, region: string, arn: string): Promise<Tags> {
  return attempts.one("recorders", region, {}, async (call) => {
    const { Tags: tags = [] } = await call("config:ListTagsForResource", () =>
      aws.config(region).listTagsForResource({ ResourceArn: arn }),
    );
    return asTags(tags);
  });
}

/** Tags as most services list them, by name. */
export function asTags(tags: { Key?: string | undefined; Value?: string | undefined }[]): Tags {
  return Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}
