import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { control, ControlScope } from "../foundation/control";
import { gone, touched } from "../foundation/drift";
import { guardiansOf } from "../foundation/evidence/guardians";
import { placementOf } from "../foundation/placement";
import { type BaselineSettings, type LoggedVpc } from "../foundation/settings/model";
import { vpcFlowLogsSettings } from "./settings";
import { VpcFlowLogs } from "./vpc-flow-logs";

const noVpcs: LoggedVpc[] = [];

export const vpcFlowLogs = control({
  id: "VpcFlowLogs",
  title: "The traffic of VPCs is on record: who was let in, and who was refused",
  scope: ControlScope.everyRegion,
  stops: "Scans, mining pools and data carried out, of which no API call tells.",
  answers: ["CIS 5.0 3.7", "CIS 7.0 4.7", "Security Hub EC2.6", "Config VPC_FLOW_LOGS_ENABLED"],
  cost: "each GB of records that is delivered, and its storage; with REJECT a fraction of ALL",
  settings: vpcFlowLogsSettings,
  byRegion: true,
  facts: { none: noVpcs, ask: vpcsToLog },
  place: ({ settings, regions, facts, ...at }) => {
    const vpcs = facts.filter(({ region }) => regions.includes(region));
    if (vpcs.length === 0) {
      void pulumi.log.warn("VpcFlowLogs is on, and there is no VPC for it in any covered region.");
    } else {
      const args = { ...placementOf(at), ...settings.vpcFlowLogs, ...guardiansOf(settings), vpcs };
      new VpcFlowLogs(at.name, args, at.child);
    }
  },
  drift: [
    gone("FlowLog", "high", "the traffic of a VPC is no longer recorded"),
    touched("FlowLog", "high", "less of the traffic is recorded, or it goes somewhere else"),
    gone("LogGroup", "high", "the records of the traffic are gone"),
  ],
  calls: { FlowLog: { events: ["DeleteFlowLogs", "CreateFlowLogs"], tags: ["CreateTags", "DeleteTags"] } },
});

/** The VPCs in the settings, or every VPC of every covered region. */
async function vpcsToLog({ vpcFlowLogs }: BaselineSettings, regions: string[]): Promise<LoggedVpc[]> {
  if (vpcFlowLogs.vpcs.length > 0) {
    return vpcFlowLogs.vpcs;
  }
  const found = await Promise.all(
    regions.map(async (region) => (await aws.ec2.getVpcs({ region })).ids.map((vpcId) => ({ region, vpcId }))),
  );
  return found.flat().sort((a, b) => (a.vpcId < b.vpcId ? -1 : 1));
}
