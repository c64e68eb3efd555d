import { type Trail as FoundTrail } from "@aws-sdk/client-cloudtrail";
import { type AwsClients } from "../../../aws/clients";
import { type Attempts } from "../../../aws/attempt";
import { type SurveyKind, type Tags, type Trail } from "./model";
import { asTags } from "./regional";

/**
 * Every trail that records in these regions, each once. What an organization made is seen from its members as a copy of
 * a trail of another account ("shadow trail"), in every region.
 *
 * Source: CloudTrail API reference, DescribeTrails, `includeShadowTrails`.
 */
export async function trailsIn(
  aws: AwsClients,
  attempts: Attempts<SurveyKind>,
  regions: string[],
  accountId: string,
): Promise<Trail[]> {
  const lists = await Promise.all(regions.map((region) => listed(aws, attempts, region)));
  const byArn = new Map(lists.flat().map((each) => [each.TrailARN ?? "", each]));
  return Promise.all([...byArn.values()].map((each) => described(aws, attempts, each, accountId)));
}

function listed(aws: AwsClients, attempts: Attempts<SurveyKind>, region: string): Promise<FoundTrail[]> {
  return attempts.one("trails", region, [], async (call) => {
    const { trailList = [] } = await call("cloudtrail:DescribeTrails", () =>
      aws.cloudtrail(region).describeTrails({ includeShadowTrails: true }),
    );
    return trailList;
  });
}

async function described(
  aws: AwsClients,
  attempts: Attempts<SurveyKind>,
  found: FoundTrail,
  accountId: string,
): Promise<Trail> {
  const { Name = "", TrailARN = "", HomeRegion = "", S3BucketName = "" } = found;
  const isOwn = TrailARN.split(":")[4] === accountId;
  const [logging, managementEvents, tags] = await Promise.all([
    isLogging(aws, attempts, HomeRegion, TrailARN),
    // A member may not look into a trail of its organization.
    isOwn ? copiesManagementEvents(aws, attempts, HomeRegion, TrailARN) : true,
    isOwn ? tagsOf(aws, attempts, HomeRegion, TrailARN) : {},
  ]);
  return {
    name: Name,
    arn: TrailARN,
    homeRegion: HomeRegion,
    tags,
    logging,
    multiRegion: found.IsMultiRegionTrail === true,
    organization: found.IsOrganizationTrail === true || !isOwn,
    bucket: S3BucketName,
    ...(managementEvents !== undefined && { managementEvents }),
  };
}

function isLogging(aws: AwsClients, attempts: Attempts<SurveyKind>, region: string, arn: string): Promise<boolean> {
  return attempts.one("trails", region, false, async (call) => {
    const { IsLogging } = await call("cloudtrail:GetTrailStatus", () =>
      aws.cloudtrail(region).getTrailStatus({ Name: arn }),
    );
    return IsLogging === true;
  });
}

function copiesManagementEvents(
  aws: AwsClients,
  attempts: Attempts<SurveyKind>,
  region: string,
  arn: string,
): Promise<boolean | undefined> {
  return attempts.one<boolean | undefined>("trails", region, undefined, async (call) => {
    const { EventSelectors: plain = [], AdvancedEventSelectors: advanced = [] } = await call(
      "cloudtrail:GetEventSelectors",
      () => aws.cloudtrail(region).getEventSelectors({ TrailName: arn }),
    );
    const isManagement = advanced.some(({ FieldSelectors = [] }) =>
      FieldSelectors.some(({ Field, Equals }) => Field === "eventCategory" && Equals?.includes("Management")),
    );
    // A trail without selectors is what CloudTrail makes it by default: all management events.
    const isDefault = plain.length + advanced.length === 0;
    return isDefault || isManagement || plain.some(({ IncludeManagementEvents }) => IncludeManagementEvents === true);
  });
}

function tagsOf(aws: AwsClients, attempts: Attempts<SurveyKind>, region: string, arn: string): Promise<Tags> {
  return attempts.one("trails", region, {}, async (call) => {
    const { ResourceTagList: [list] = [] } = await call("cloudtrail:ListTags", () =>
      aws.cloudtrail(region).listTags({ ResourceIdList: [arn] }),
    );
    return asTags(list?.TagsList ?? []);
  });
}
