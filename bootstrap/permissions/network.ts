import { type PermissionTable } from "./model";

/** Endpoints of Systems Manager, and the groups that guard them. */
export const network: PermissionTable = {
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    read: [
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribePrefixLists",
      "ec2:DescribeVpcEndpointServices",
      "ec2:DescribeVpcEndpoints",
    ],
    write: [
      "ec2:CreateTags",
      "ec2:CreateVpcEndpoint",
      "ec2:DeleteTags",
      "ec2:DeleteVpcEndpoints",
      "ec2:ModifyVpcEndpoint",
      // For names that lead to the endpoint. Source: Route 53 Developer Guide, permissions; EC2 asks it of the caller.
      "route53:AssociateVPCWithHostedZone",
    ],
    scope: "everything",
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    read: ["ec2:DescribeSecurityGroups", "ec2:DescribeNetworkInterfaces"],
    write: [
      "ec2:AuthorizeSecurityGroupEgress",
      "ec2:CreateSecurityGroup",
      "ec2:CreateTags",
      "ec2:DeleteSecurityGroup",
      "ec2:DeleteTags",
      "ec2:RevokeSecurityGroupEgress",
      "ec2:RevokeSecurityGroupIngress",
    ],
    scope: "everything",
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    read: ["ec2:DescribeSecurityGroupRules"],
    write: [
      "ec2:AuthorizeSecurityGroupIngress",
      "ec2:CreateTags",
      "ec2:DeleteTags",
      "ec2:ModifySecurityGroupRules",
      "ec2:RevokeSecurityGroupIngress",
    ],
    scope: "everything",
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    read: ["ec2:DescribeSecurityGroups", "ec2:DescribeVpcs"],
    write: ["ec2:CreateTags", "ec2:DeleteTags", "ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress"],
    scope: "everything",
  },
};
