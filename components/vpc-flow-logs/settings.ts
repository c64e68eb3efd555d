import { awsId, listOf, logRetentionDays, oneOf, regionName, valueAt } from "../foundation/settings/checks";
import { inCoveredRegions, itemsAt } from "../foundation/settings/places";
import { controlSettings, disabled, explained, group, setting } from "../foundation/settings/setting";

const loggedVpc = group(
  { region: regionName, vpcId: explained(awsId("vpc"), "Such as vpc-0123456789abcdef0.") },
  "LoggedVpc",
);

export const vpcFlowLogsSettings = controlSettings(
  "vpcFlowLogs",
  "Off: flow logs are billed per GB. Records of the traffic of VPCs.",
  group({
    enabled: disabled(),
    vpcs: setting(
      listOf(loggedVpc, "a list of VPCs", { key: (each) => valueAt(each, "vpcId") }),
      [],
      "VPCs whose traffic is recorded, by region and vpcId; none stands for every VPC of every covered region, found at run " +
        "time. A VPC that is created later is covered by the next `pulumi up`.",
      { sample: [{ region: "us-east-1", vpcId: "vpc-0123456789abcdef0" }] },
    ),
    trafficType: setting(
      oneOf("REJECT", "ALL"),
      "REJECT",
      "REJECT records what security groups and network ACLs refuse; ALL also what they accept, which is many times more.",
    ),
    destination: setting(
      oneOf("cloud-watch-logs", "s3"),
      "cloud-watch-logs",
      "cloud-watch-logs delivers to one log group in each region, s3 to one bucket in the home region, which costs about half.",
    ),
    retentionDays: setting(
      logRetentionDays,
      365,
      "Days the records are kept; one of the periods CloudWatch Logs offers.",
    ),
  }),
  (settings, tell) => {
    const regions = itemsAt(settings, "vpcFlowLogs", "vpcs").map((path) => [...path, "region"]);
    inCoveredRegions(settings, regions, tell);
  },
);
