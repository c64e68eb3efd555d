import type { Clients } from "../provider/clients";
import { backDate } from "./back-date";
import { people, SECURITY_GROUP } from "./people";

export interface SeededAccessKey {
  readonly created: string;
  /** Left out when the key was never used. */
  readonly lastUsed?: string;
}

export interface SeededUser {
  readonly name: string;
  readonly administrator: boolean;
  readonly console: boolean;
  readonly mfa: boolean;
  readonly accessKeys: readonly SeededAccessKey[];
}

/** What stands in the account before the baseline: names and dates, and no key or password. */
export interface SeedReport {
  readonly users: readonly SeededUser[];
  readonly securityGroup: {
    readonly name: string;
    readonly id: string;
    readonly region: string;
    readonly port: number;
  };
}

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

/** An account as break-ins find it. The report is read back from the account, not from what was asked for. */
export async function seedAccountBefore(clients: Clients, now: Date = new Date()): Promise<SeedReport> {
  const iam = clients.iam();
  for (const { name, administrator, console, key } of people(now)) {
    await iam.createUser({ UserName: name });
    if (administrator) {
      await iam.attachUserPolicy({ UserName: name, PolicyArn: ADMINISTRATOR });
    }
    if (console) {
      await iam.createLoginProfile({ UserName: name, Password: "Not-a-secret-1", PasswordResetRequired: false });
    }
    // The secret half is dropped here; nobody needs it.
    const { AccessKey } = await iam.createAccessKey({ UserName: name });
    await backDate(clients, name, AccessKey?.AccessKeyId ?? "", key);
  }
  const securityGroup = await openSecurityGroup(clients);
  const users = await Promise.all(people(now).map(({ name }) => describe(clients, name)));
  return { users, securityGroup };
}

async function openSecurityGroup(clients: Clients): Promise<SeedReport["securityGroup"]> {
  const { name, description, port } = SECURITY_GROUP;
  const ec2 = clients.ec2();
  const { GroupId: id = "" } = await ec2.createSecurityGroup({ GroupName: name, Description: description });
  const ssh = { IpProtocol: "tcp", FromPort: port, ToPort: port, IpRanges: [{ CidrIp: "0.0.0.0/0" }] };
  await ec2.authorizeSecurityGroupIngress({ GroupId: id, IpPermissions: [ssh] });
  return { name, id, region: clients.defaultRegion, port };
}

async function describe(clients: Clients, name: string): Promise<SeededUser> {
  const iam = clients.iam();
  const [keys, policies, devices, profile] = await Promise.all([
    iam.listAccessKeys({ UserName: name }),
    iam.listAttachedUserPolicies({ UserName: name }),
    iam.listMFADevices({ UserName: name }),
    iam.getLoginProfile({ UserName: name }).catch(() => undefined),
  ]);
  const accessKeys = (keys.AccessKeyMetadata ?? []).map(async ({ AccessKeyId, CreateDate }) => {
    const { AccessKeyLastUsed } = await iam.getAccessKeyLastUsed({ AccessKeyId });
    return { created: CreateDate?.toISOString() ?? "", lastUsed: AccessKeyLastUsed?.LastUsedDate?.toISOString() };
  });
  return {
    name,
    administrator: policies.AttachedPolicies?.some(({ PolicyArn }) => PolicyArn === ADMINISTRATOR) ?? false,
    console: profile !== undefined,
    mfa: (devices.MFADevices ?? []).length > 0,
    accessKeys: await Promise.all(accessKeys),
  };
}
