import { asControl, inEc2, type LimitedWrite, ofBaseline, ofControl, type PermissionTable } from "./model";

const endpoints = "SsmEndpoints";
const guards = "AccountGuards";
const flowLogs = "VpcFlowLogs";

/** Tags are how the apply role tells its own groups and endpoints, so it writes them in three cases only. */
const tagsOnCreation: LimitedWrite = {
  write: ["ec2:CreateTags"],
  scope: inEc2("security-group", "security-group-rule", "vpc-endpoint"),
  when: {
    StringEquals: {
      "ec2:CreateAction": ["AuthorizeSecurityGroupIngress", "CreateSecurityGroup", "CreateVpcEndpoint"],
    },
  },
};
const tagsOfEndpoints: LimitedWrite = {
  write: ["ec2:CreateTags", "ec2:DeleteTags"],
  scope: inEc2("security-group", "security-group-rule", "vpc-endpoint"),
  when: ofControl(endpoints),
};

/** Endpoints of Systems Manager, and the groups that guard them. */
export const network: PermissionTable = {
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    read: [
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribePrefixLists",
      "ec2:DescribeVpcEndpointServices",
      "ec2:DescribeVpcEndpoints",
    ],
    // For names that lead to the endpoint. Source: Route 53 Developer Guide, permissions; EC2 asks it of the caller.
    write: ["route53:AssociateVPCWithHostedZone"],
    scope: "everything",
    limited: [
      tagsOnCreation,
      tagsOfEndpoints,
      { write: ["ec2:CreateVpcEndpoint"], scope: inEc2("vpc-endpoint"), when: asControl(endpoints) },
      {
        write: ["ec2:DeleteVpcEndpoints", "ec2:ModifyVpcEndpoint"],
        scope: inEc2("vpc-endpoint"),
        when: ofControl(endpoints),
      },
      {
        // What an endpoint is put into or connected with; the endpoint itself is limited above.
        write: ["ec2:CreateVpcEndpoint", "ec2:ModifyVpcEndpoint"],
        scope: inEc2("route-table", "security-group", "subnet", "vpc"),
        when: {},
      },
    ],
  },
  "aws:ec2/flowLog:FlowLog": {
    read: ["ec2:DescribeFlowLogs"],
    // EC2 asks the second of the caller where the records go to S3.
    write: ["logs:CreateLogDelivery"],
    scope: "everything",
    limited: [
      { write: ["ec2:CreateFlowLogs"], scope: inEc2("vpc-flow-log"), when: asControl(flowLogs) },
      { write: ["ec2:CreateFlowLogs"], scope: inEc2("vpc"), when: {} },
      {
        write: ["ec2:CreateTags"],
        scope: inEc2("vpc-flow-log"),
        when: { StringEquals: { "ec2:CreateAction": "CreateFlowLogs" } },
      },
      { write: ["ec2:CreateTags", "ec2:DeleteTags"], scope: inEc2("vpc-flow-log"), when: ofControl(flowLogs) },
    ],
    passesRoleTo: "vpc-flow-logs.amazonaws.com",
    administrator: { delete: ["ec2:DeleteFlowLogs", "logs:DeleteLogDelivery"] },
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    read: ["ec2:DescribeSecurityGroups", "ec2:DescribeNetworkInterfaces"],
    write: [],
    scope: "everything",
    limited: [
      tagsOnCreation,
      tagsOfEndpoints,
      { write: ["ec2:CreateSecurityGroup"], scope: inEc2("security-group"), when: asControl(endpoints) },
      { write: ["ec2:CreateSecurityGroup"], scope: inEc2("vpc"), when: {} },
      { write: ["ec2:DeleteSecurityGroup"], scope: inEc2("security-group"), when: ofControl(endpoints) },
      {
        write: ["ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress"],
        scope: inEc2("security-group"),
        when: ofBaseline,
      },
    ],
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    read: ["ec2:DescribeSecurityGroupRules"],
    write: [],
    scope: "everything",
    limited: [
      tagsOnCreation,
      tagsOfEndpoints,
      {
        write: ["ec2:AuthorizeSecurityGroupIngress", "ec2:ModifySecurityGroupRules", "ec2:RevokeSecurityGroupIngress"],
        scope: inEc2("security-group"),
        when: ofControl(endpoints),
      },
      {
        // A rule is told by its group.
        write: ["ec2:AuthorizeSecurityGroupIngress", "ec2:ModifySecurityGroupRules"],
        scope: inEc2("security-group-rule"),
        when: {},
      },
    ],
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    read: ["ec2:DescribeSecurityGroups", "ec2:DescribeVpcs"],
    write: [],
    scope: "everything",
    limited: [
      // The provider tags a VPC's own default group before it empties it. With this tag a group can be closed, not opened.
      { write: ["ec2:CreateTags"], scope: inEc2("security-group"), when: asControl(guards) },
      {
        write: ["ec2:CreateTags"],
        scope: inEc2("security-group"),
        when: {
          ...ofControl(guards),
          StringEqualsIfExists: asControl(guards).StringEquals,
        },
      },
      { write: ["ec2:DeleteTags"], scope: inEc2("security-group"), when: ofControl(guards) },
      {
        write: ["ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress"],
        scope: inEc2("security-group"),
        when: ofBaseline,
      },
    ],
  },
};
