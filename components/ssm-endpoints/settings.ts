import { awsId, listOf, oneOf, regionName, valueAt } from "../foundation/settings/checks";
import { inCoveredRegions, itemsAt } from "../foundation/settings/places";
import { controlSettings, enabled, explained, group, setting } from "../foundation/settings/setting";

const endpointVpc = group(
  {
    region: regionName,
    vpcId: explained(awsId("vpc"), "Such as vpc-0123456789abcdef0."),
    subnetIds: setting(
      listOf(awsId("subnet"), "a list of subnet ids"),
      [],
      "Subnets for the interface endpoints, one per availability zone; none stands for one of each zone.",
    ),
    routeTableIds: setting(
      listOf(awsId("rtb"), "a list of route table ids"),
      [],
      "Route tables that get a way to S3; none stands for all of the VPC.",
    ),
  },
  "EndpointVpc",
);

export const ssmEndpointsSettings = controlSettings(
  "ssmEndpoints",
  "Session Manager instead of open SSH, for the VPCs listed. Billed per endpoint, zone and hour.",
  group({
    enabled: enabled(),
    vpcs: setting(
      listOf(endpointVpc, "a list of VPCs", { key: (each) => valueAt(each, "vpcId") }),
      [],
      "VPCs whose instances are reached through Systems Manager instead of SSH: region, vpcId and, if not all are meant, " +
        "subnetIds (one per availability zone) and routeTableIds (that get a way to S3).",
      { sample: [{ region: "us-east-1", vpcId: "vpc-0123456789abcdef0", subnetIds: [], routeTableIds: [] }] },
    ),
    optionalServices: setting(
      listOf(oneOf("ec2messages", "kms", "logs"), "a list of services"),
      [],
      "Beside ssm and ssmmessages: ec2messages (agents older than 3.3.40.0), kms and logs (encrypted, logged sessions).",
    ),
  }),
  (settings, tell) => {
    const regions = itemsAt(settings, "ssmEndpoints", "vpcs").map((path) => [...path, "region"]);
    inCoveredRegions(settings, regions, tell);
  },
);
