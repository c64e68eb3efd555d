import { type AwsClients } from "../../../aws/clients";
import { type IngressRule, permissionText, rulesOf } from "../../../aws/ingress-rules";
import { identityLooks, type Look } from "./identities";
import { type Found, type Made } from "./model";

/** How to tell whether something is still there, by its kind; instances are listed a region at a time. */
export const looks: Readonly<Partial<Record<Made["kind"], [action: string, look: Look]>>> = {
  ...identityLooks,
  function: [
    "lambda:GetFunctionConfiguration",
    async (aws, { id, region }) => {
      const { Runtime: runtime = "a container", LastModified: time } = await aws
        .lambda(region)
        .getFunctionConfiguration({ FunctionName: id });
      return `${runtime}, changed ${time ?? "some time"}`;
    },
  ],
  bucket: [
    "s3:ListBucket",
    async (aws, { id, region }) => {
      await aws.s3(region).headBucket({ Bucket: id });
      return "there";
    },
  ],
  "shared snapshot": ["ec2:DescribeSnapshotAttribute", snapshot],
  "shared image": [
    "ec2:DescribeImageAttribute",
    async (aws, { id, region }) => {
      const { LaunchPermissions: list = [] } = await aws
        .ec2(region)
        .describeImageAttribute({ ImageId: id, Attribute: "launchPermission" });
      return sharedWith(list);
    },
  ],
  "security group": [
    "ec2:DescribeSecurityGroups",
    async (aws, { id, region }) => {
      const { SecurityGroups: [group] = [] } = await aws.ec2(region).describeSecurityGroups({ GroupIds: [id] });
      return group && `${group.GroupName ?? ""} in ${group.VpcId ?? "no VPC"}`;
    },
  ],
  "open port": ["ec2:DescribeSecurityGroups", openPorts],
  "key pair": [
    "ec2:DescribeKeyPairs",
    async (aws, { id, region }) => {
      const { KeyPairs: pairs = [] } = await aws.ec2(region).describeKeyPairs({ KeyNames: [id] });
      return pairs.length > 0 ? "there" : undefined;
    },
  ],
};

/** What AWS says of what does not exist, in its many ways. */
export const goneNames =
  /NoSuchEntity|NotFound|NoSuchBucket|InvalidGroup(Id)?\.|InvalidSnapshot\.|InvalidAMIID\.|InvalidKeyPair\./;

async function snapshot(aws: AwsClients, { id, region }: Made): Promise<string | undefined> {
  const { CreateVolumePermissions: list = [] } = await aws
    .ec2(region)
    .describeSnapshotAttribute({ SnapshotId: id, Attribute: "createVolumePermission" });
  return sharedWith(list);
}

function sharedWith(list: { UserId?: string | undefined; Group?: string | undefined }[]): string | undefined {
  const names = list.flatMap(({ UserId: user, Group: group }) => group ?? user ?? []);
  return names.length > 0 ? `shared with ${names.join(", ")}` : undefined;
}

async function openPorts(aws: AwsClients, { id, region }: Made): Promise<Pick<Found, "detail" | "rules"> | undefined> {
  const { SecurityGroups: [group] = [] } = await aws.ec2(region).describeSecurityGroups({ GroupIds: [id] });
  const open = (group?.IpPermissions ?? []).flatMap(rulesOf).filter(isOpen);
  const ports = open.map(({ fromPort: from, toPort: to }) =>
    from === undefined || from === -1 ? "all ports" : from === to ? String(from) : `${from}-${to}`,
  );
  return open.length > 0
    ? { detail: `open to the world: ${[...new Set(ports)].join(", ")}`, rules: open.map(permissionText) }
    : undefined;
}

function isOpen({ cidrIp, cidrIpv6 }: IngressRule): boolean {
  return cidrIp === "0.0.0.0/0" || cidrIpv6 === "::/0";
}
