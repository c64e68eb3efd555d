import { type OfControl } from "../support/of-controls";
import { REGION } from "../sandbox/resource-cases/case";
import { withVpc } from "../sandbox/resource-cases/things";

export const ofControl: OfControl = {
  setting: "vpcFlowLogs",
  everything: { enabled: true, trafficType: "ALL" },
  driftCase: {
    control: "VpcFlowLogs",
    says: "the records of a region's traffic are deleted",
    tamper: ({ aws, away }) => aws.logs(away).deleteLogGroup({ logGroupName: "/baseline/vpc-flow-logs" }),
    type: "LogGroup",
    region: ({ away }) => away,
    change: "deleted",
    severity: "high",
  },
  resourceCases: [
    {
      type: "aws:ec2/flowLog:FlowLog",
      before: async (make, clients) => ({
        ...(await withVpc(make, clients)),
        group: (await make("aws:cloudwatch/logGroup:LogGroup", { region: REGION, name: "/flows" })).outs["arn"],
      }),
      inputs: ({ vpcId, group }) => ({
        region: REGION,
        vpcId,
        trafficType: "REJECT",
        logDestination: group,
        iamRoleArn: "arn:aws:iam::123456789012:role/flows",
        tags: { a: "1" },
      }),
      drift: {
        paths: ["tags.a"],
        change: (clients, { id }) => clients.ec2(REGION).deleteTags({ Resources: [id], Tags: [{ Key: "a" }] }),
      },
      update: (inputs) => ({ ...inputs, tags: { b: "2" } }),
    },
  ],
};
