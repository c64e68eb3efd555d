import type { IpPermission, VpcEndpoint } from "@aws-sdk/client-ec2";
import { type AwsClients } from "../../aws/clients";
import { type Evidence, type VerifyScope } from "../foundation/verify/verifier";

/** Without these an instance is not reached. */
const needed = ["ssm", "ssmmessages", "s3"];

/** Is there a private way to Systems Manager in each VPC that was to have one, and on 443 alone? */
export async function verify({ aws, regions }: VerifyScope): Promise<Evidence[]> {
  const perRegion = await Promise.all(regions.map((region) => inRegion(aws, region)));
  const evidence = perRegion.flat();
  return evidence.length > 0 ? evidence : [{ holds: true, neutral: true, says: "no VPC is in the settings" }];
}

async function inRegion(aws: AwsClients, region: string): Promise<Evidence[]> {
  const { VpcEndpoints: endpoints = [] } = await aws.ec2(region).describeVpcEndpoints({
    Filters: [{ Name: "tag:baseline:control", Values: ["SsmEndpoints"] }],
  });
  const vpcs = new Map<string, VpcEndpoint[]>();
  for (const endpoint of endpoints) {
    const { VpcId = "" } = endpoint;
    vpcs.set(VpcId, [...(vpcs.get(VpcId) ?? []), endpoint]);
  }
  const perVpc = await Promise.all([...vpcs].map(([vpc, ofVpc]) => inVpc(aws, region, vpc, ofVpc)));
  return perVpc.flat();
}

async function inVpc(aws: AwsClients, region: string, vpc: string, endpoints: VpcEndpoint[]): Promise<Evidence[]> {
  const services = endpoints.map(({ ServiceName = "" }) => ServiceName.split(".").at(-1) ?? "").sort();
  const missing = needed.filter((each) => !services.includes(each));
  const interfaces = endpoints.filter(({ VpcEndpointType }) => VpcEndpointType === "Interface");
  const unnamed = interfaces.filter(({ PrivateDnsEnabled }) => PrivateDnsEnabled !== true);
  const GroupIds = [...new Set(interfaces.flatMap(({ Groups }) => Groups ?? []).map(({ GroupId = "" }) => GroupId))];
  const { SecurityGroups: groups = [] } =
    GroupIds.length > 0 ? await aws.ec2(region).describeSecurityGroups({ GroupIds }) : {};
  const rules = groups.flatMap(({ IpPermissions }) => IpPermissions ?? []);
  const tooWide = rules.filter((rule) => !isHttps(rule));
  return [
    {
      holds: missing.length === 0,
      region,
      says: `${vpc} has endpoints for ${services.join(", ")}${missing.length > 0 ? `, none for ${missing.join(", ")}` : ""}`,
    },
    {
      holds: unnamed.length === 0,
      region,
      says: `${vpc}: private DNS is ${unnamed.length === 0 ? "on" : `off for ${unnamed.map((each) => each.ServiceName).join(", ")}`}`,
    },
    {
      holds: rules.length > 0 && tooWide.length === 0,
      region,
      says: `${vpc}: they let in ${rules.length === 0 ? "nobody" : tooWide.length === 0 ? "443 only, 22 is closed" : tooWide.map(portsOf).join(", ")}`,
    },
  ];
}

/** From addresses that somebody named, and not from everywhere. */
function isHttps({ IpProtocol, FromPort, ToPort, IpRanges = [], Ipv6Ranges = [] }: IpPermission): boolean {
  const everywhere =
    IpRanges.some(({ CidrIp }) => CidrIp === "0.0.0.0/0") || Ipv6Ranges.some(({ CidrIpv6 }) => CidrIpv6 === "::/0");
  return IpProtocol === "tcp" && FromPort === 443 && ToPort === 443 && !everywhere;
}

function portsOf({ IpProtocol, FromPort, ToPort, IpRanges = [] }: IpPermission): string {
  const ports = IpProtocol === "-1" ? "everything" : FromPort === ToPort ? String(FromPort) : `${FromPort}-${ToPort}`;
  return `${ports} from ${IpRanges.map(({ CidrIp }) => CidrIp).join(", ") || "elsewhere"}`;
}
