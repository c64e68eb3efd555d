import { type IpPermission } from "@aws-sdk/client-ec2";

/** A rule of a security group for one range of addresses, as CloudFormation writes it. */
export interface IngressRule {
  ipProtocol: string | undefined;
  fromPort: number | undefined;
  toPort: number | undefined;
  cidrIp?: string;
  cidrIpv6?: string;
}

/** One rule for each range of addresses. */
export function rulesOf({ IpProtocol, FromPort, ToPort, IpRanges = [], Ipv6Ranges = [] }: IpPermission): IngressRule[] {
  const shape = { ipProtocol: IpProtocol, fromPort: FromPort, toPort: ToPort };
  return [
    ...IpRanges.map(({ CidrIp = "" }) => ({ ...shape, cidrIp: CidrIp })),
    ...Ipv6Ranges.map(({ CidrIpv6 = "" }) => ({ ...shape, cidrIpv6: CidrIpv6 })),
  ];
}

/** The rule as `--ip-permissions` of the AWS CLI takes it. */
export function permissionText({ ipProtocol, fromPort, toPort, cidrIp, cidrIpv6 }: IngressRule): string {
  const ports = fromPort === undefined ? "" : `,FromPort=${fromPort},ToPort=${toPort}`;
  const from = cidrIpv6 === undefined ? `IpRanges=[{CidrIp=${cidrIp}}]` : `Ipv6Ranges=[{CidrIpv6=${cidrIpv6}}]`;
  return `IpProtocol=${ipProtocol}${ports},${from}`;
}
