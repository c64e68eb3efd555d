import { type Clients, createClients } from "../provider/clients";
import { fromElsewhere } from "./from-elsewhere";
import { seedWorkingDays } from "./working-days";

const VICTIM = "ci-deploy";
const INTRUDER = { address: "198.51.100.99", agent: "Boto3/1.40.2 md/Botocore#1.40.2 os/linux" };
const BACK_DOOR = "support-1";
const MINES = ["ap-southeast-2", "eu-north-1"];
const MINER = "g5.12xlarge";

/** What an incident is called by: what stands in AWS's mail. */
export interface BreakInReport {
  readonly user: string;
  /** Access key id; the intruder has its secret half. */
  readonly accessKeyId: string;
}

/**
 * A break-in as the write-ups tell them, in an account that `seedAccountBefore` filled: the key of a robot that may do
 * everything is used from elsewhere. Looks around, makes itself a user with a key and a password, and mines in regions
 * nobody looks at. Every call is made through the SDK and signed with that key; the event history is the emulator's own.
 */
export async function seedBreakIn(clients: Clients, now: Date = new Date()): Promise<BreakInReport> {
  const { AccessKeyMetadata: keys = [] } = await clients.iam().listAccessKeys({ UserName: VICTIM });
  const { User } = await clients.iam().getUser({ UserName: VICTIM });
  const accessKeyId = keys[0]?.AccessKeyId ?? "";
  const usual = { address: "203.0.113.64", agent: "aws-cli/2.31.3", region: clients.defaultRegion };
  await seedWorkingDays(clients, { user: VICTIM, arn: User?.Arn ?? "", accessKeyId, ...usual }, now);
  const intruder = fromElsewhere(createClients(clients.endpoint, clients.defaultRegion, accessKeyId), INTRUDER);
  try {
    await lookAround(intruder);
    await makeBackDoor(intruder);
    for (const region of MINES) {
      await mine(intruder, region);
    }
  } finally {
    intruder.destroy();
  }
  return { user: VICTIM, accessKeyId };
}

async function lookAround(aws: Clients): Promise<void> {
  await aws.sts().getCallerIdentity({});
  await aws.iam().listUsers({});
  await aws.iam().listRoles({});
  await aws.iam().listAttachedUserPolicies({ UserName: VICTIM });
  await aws.ec2().describeRegions({});
  await aws.ec2().describeInstances({});
  await aws.secretsmanager().listSecrets({});
}

async function makeBackDoor(aws: Clients): Promise<void> {
  const user = { UserName: BACK_DOOR };
  await aws.iam().createUser(user);
  await aws.iam().attachUserPolicy({ ...user, PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
  await aws.iam().createAccessKey(user);
  await aws.iam().createLoginProfile({ ...user, Password: "Not-a-secret-1", PasswordResetRequired: false });
}

async function mine(aws: Clients, region: string): Promise<void> {
  const ec2 = aws.ec2(region);
  const { Images: images = [] } = await ec2.describeImages({ Owners: ["amazon"], MaxResults: 5 });
  await ec2.createKeyPair({ KeyName: "k" });
  const { GroupId } = await ec2.createSecurityGroup({ GroupName: "m", Description: "m" });
  const everywhere = { IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: "0.0.0.0/0" }] };
  await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [everywhere] });
  const group = GroupId === undefined ? [] : [GroupId];
  const image = { ImageId: images[0]?.ImageId, InstanceType: MINER, KeyName: "k", SecurityGroupIds: group } as const;
  await ec2.runInstances({ ...image, MinCount: 4, MaxCount: 4 });
}
