import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Placement } from "../foundation/placement";
import { interfaceEndpointPolicy, s3EndpointPolicy } from "./ssm-endpoint-policies";

export interface SsmEndpointsArgs extends Placement {
  /** Such as `vpc-0123456789abcdef0`. It needs DNS support and DNS hostnames; see `checkVpcs`. */
  vpcId: string;
  /** The VPC's IPv4 address ranges, from which its endpoints can be reached. */
  cidrBlocks: string[];
  /** Subnets for the interface endpoints, one per availability zone at most. */
  subnetIds: string[];
  /** Route tables that get a way to S3. */
  routeTableIds: string[];
  /** Beside `ssm` and `ssmmessages`: `ec2messages` (agents older than 3.3.40.0), `kms`, `logs`. */
  optionalServices: string[];
}

/**
 * The way for one VPC's instances to Systems Manager without internet, SSH or a bastion: interface endpoints that the
 * VPC alone reaches, on 443 alone, and a gateway to S3, each for this account only.
 *
 * Source: Systems Manager User Guide, "Improve the security of EC2 instances by using VPC endpoints".
 */
export class SsmEndpoints extends pulumi.ComponentResource {
  /** Id of the endpoints' security group. */
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: SsmEndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:SsmEndpoints", name, args, opts);
    const child = { parent: this };
    const { region, vpcId } = args;
    const tagsOf = (part: string) =>
      pulumi.output(args.tags).apply((tags) => ({ Name: `${args.namePrefix}-${part}`, ...tags }));

    const group = new aws.ec2.SecurityGroup(
      `${name}-group`,
      {
        region,
        vpcId,
        name: endpointGroupName(args.namePrefix),
        description: "Endpoints of Systems Manager: HTTPS from the VPC",
        // Endpoints answer and never ask. The empty list takes AWS's "all out" away and shows a rule somebody adds.
        egress: [],
        tags: tagsOf("ssm-endpoints"),
      },
      child,
    );
    for (const cidrBlock of args.cidrBlocks) {
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-https-${cidrBlock}`,
        {
          region,
          securityGroupId: group.id,
          description: "HTTPS from the VPC",
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
          cidrIpv4: cidrBlock,
          tags: args.tags,
        },
        child,
      );
    }
    for (const service of interfaceServices(args.optionalServices)) {
      new aws.ec2.VpcEndpoint(
        `${name}-${service}`,
        {
          region,
          vpcId,
          serviceName: endpointServiceName(region, service),
          vpcEndpointType: "Interface",
          privateDnsEnabled: true,
          subnetIds: args.subnetIds,
          securityGroupIds: [group.id],
          policy: interfaceEndpointPolicy(service, args),
          tags: tagsOf(service),
        },
        child,
      );
    }
    new aws.ec2.VpcEndpoint(
      `${name}-s3`,
      {
        region,
        vpcId,
        serviceName: endpointServiceName(region, "s3"),
        vpcEndpointType: "Gateway",
        routeTableIds: args.routeTableIds,
        policy: s3EndpointPolicy(args),
        tags: tagsOf("s3"),
      },
      child,
    );

    this.securityGroupId = group.id;
    this.registerOutputs({ securityGroupId: this.securityGroupId });
  }
}

/** Name of the security group that the endpoints of a VPC share. */
export function endpointGroupName(namePrefix: string): string {
  return `${namePrefix}-ssm-endpoints`;
}

/** The two that Session Manager and Run Command need, and those asked for, each once. */
export function interfaceServices(optional: string[]): string[] {
  return [...new Set(["ssm", "ssmmessages", ...optional])];
}

/**
 * Name of an endpoint service. In China many begin with `cn.`, but none of those used here does.
 *
 * Source: aws-cdk-lib, `InterfaceVpcEndpointAwsService.getDefaultEndpointPrefix`, made from `aws ec2
 * describe-vpc-endpoint-services`.
 */
export function endpointServiceName(region: string, service: string): string {
  return `com.amazonaws.${region}.${service}`;
}
