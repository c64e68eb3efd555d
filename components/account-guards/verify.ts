import { type AwsClients } from "../../aws/clients";
import { unlessGone } from "../../aws/errors";
import { type Evidence, type VerifyScope } from "../foundation/verify/verifier";

/** One setting that the account has in each region. */
interface Guard {
  readonly what: string;
  /** The answer the control promises. */
  readonly wanted: string;
  ask(aws: AwsClients, region: string): Promise<string | undefined>;
}

const guards: readonly Guard[] = [
  {
    what: "encryption of new volumes",
    wanted: "on",
    ask: async (aws, region) =>
      (await aws.ec2(region).getEbsEncryptionByDefault({})).EbsEncryptionByDefault ? "on" : "off",
  },
  {
    what: "sharing of snapshots",
    wanted: "block-all-sharing",
    ask: async (aws, region) => (await aws.ec2(region).getSnapshotBlockPublicAccessState({})).State,
  },
  {
    what: "sharing of images",
    wanted: "block-new-sharing",
    ask: async (aws, region) => (await aws.ec2(region).getImageBlockPublicAccessState({})).ImageBlockPublicAccessState,
  },
  {
    what: "tokens for instance metadata",
    wanted: "required",
    ask: async (aws, region) => (await aws.ec2(region).getInstanceMetadataDefaults({})).AccountLevel?.HttpTokens,
  },
  {
    what: "sharing of Systems Manager documents",
    wanted: "Disable",
    ask: async (aws, region) => {
      const SettingId = "/ssm/documents/console/public-sharing-permission";
      return (await aws.ssm(region).getServiceSetting({ SettingId })).ServiceSetting?.SettingValue;
    },
  },
];

/** Can nothing be made public by carelessness, in any region? */
export async function verify(scope: VerifyScope): Promise<Evidence[]> {
  const perGuard = await Promise.all(guards.map((guard) => everywhere(guard, scope)));
  return [await buckets(scope), ...perGuard.flat(), ...(await closedGroups(scope))];
}

async function buckets({ aws, accountId }: VerifyScope): Promise<Evidence> {
  const lookUp = aws.s3control().getPublicAccessBlock({ AccountId: accountId });
  const found = (await unlessGone(lookUp, "NoSuchPublicAccessBlockConfiguration"))?.PublicAccessBlockConfiguration;
  const open = [
    ...(found?.BlockPublicAcls ? [] : ["new public ACLs"]),
    ...(found?.IgnorePublicAcls ? [] : ["public ACLs"]),
    ...(found?.BlockPublicPolicy ? [] : ["new public policies"]),
    ...(found?.RestrictPublicBuckets ? [] : ["public policies"]),
  ];
  return {
    holds: open.length === 0,
    says: open.length === 0 ? "no bucket of the account can be public" : `buckets may have ${open.join(", ")}`,
  };
}

async function everywhere(guard: Guard, { aws, homeRegion, regions }: VerifyScope): Promise<Evidence[]> {
  const { what, wanted } = guard;
  // What the emulator lacks it lacks in every region.
  const lacking = Symbol();
  const first = await guard.ask(aws, homeRegion).catch((error: Error) => {
    if (error.name === "NotImplemented") {
      return lacking;
    }
    throw error;
  });
  if (first === lacking) {
    return [{ holds: true, neutral: true, says: `recorded only: the emulator has no API for ${what}` }];
  }
  return Promise.all(
    regions.map(async (region) => {
      const found = await guard.ask(aws, region);
      return { holds: found === wanted, region, says: `${what}: ${found ?? "not set"}` };
    }),
  );
}

/** Default security groups that the control took over; those it left alone are not its promise. */
async function closedGroups({ aws, regions }: VerifyScope): Promise<Evidence[]> {
  const perRegion = await Promise.all(
    regions.map(async (region) => {
      const { SecurityGroups: groups = [] } = await aws.ec2(region).describeSecurityGroups({
        Filters: [
          { Name: "group-name", Values: ["default"] },
          { Name: "tag:baseline:control", Values: ["AccountGuards"] },
        ],
      });
      return groups.map(({ VpcId, IpPermissions = [], IpPermissionsEgress = [] }) => {
        const rules = IpPermissions.length + IpPermissionsEgress.length;
        const says = `the default security group of ${VpcId} has ${rules === 0 ? "no rules" : `${rules} rule(s)`}`;
        return { holds: rules === 0, region, says };
      });
    }),
  );
  return perRegion.flat();
}
