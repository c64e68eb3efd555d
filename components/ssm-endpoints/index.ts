import { control, ControlScope } from "../foundation/control";
import { changed, touched } from "../foundation/drift";
import { placementOf } from "../foundation/placement";
import { describeVpcs } from "./describe-vpcs";
import { ssmEndpointsSettings } from "./settings";
import { SsmEndpoints } from "./ssm-endpoints";
import { type VpcFacts } from "./vpc-facts";

const noVpcs: VpcFacts[] = [];

export const ssmEndpoints = control({
  id: "SsmEndpoints",
  title: "Instances are reached through Systems Manager, with no port open and no way to the internet",
  scope: ControlScope.chosen,
  stops: "SSH open to the internet; and keys of other accounts used from within the VPC to carry data out.",
  answers: ["CIS 7.0 6.8", "Security Hub EC2.57"],
  cost: "each interface endpoint by the hour and availability zone, and by GB (two endpoints, three with ec2messages); the S3 gateway is free",
  settings: ssmEndpointsSettings,
  facts: { none: noVpcs, ask: ({ ssmEndpoints }) => describeVpcs(ssmEndpoints.vpcs) },
  place: ({ settings, facts: vpcs, ...at }) => {
    const { optionalServices } = settings.ssmEndpoints;
    for (const vpc of vpcs) {
      new SsmEndpoints(`${at.name}-${vpc.vpcId}`, { ...placementOf(at), ...vpc, optionalServices }, at.child);
    }
  },
  drift: [
    changed("VpcEndpoint", "high", "what may be reached through the endpoint has changed", /^policy/),
    touched("SecurityGroupIngressRule", "medium"),
  ],
});
