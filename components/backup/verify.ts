import { type AwsClients } from "../../aws/clients";
import { unlessGone } from "../../aws/errors";
import { type Evidence, type VerifyScope } from "../foundation/verify/verifier";

/** Is there a vault that cannot be emptied early, and a plan that fills it? */
export async function verify({ aws, regions, namePrefix }: VerifyScope): Promise<Evidence[]> {
  const perRegion = await Promise.all(regions.map((region) => inRegion(aws, region, namePrefix)));
  const evidence = perRegion.flat();
  return evidence.length > 0 ? evidence : [{ holds: true, neutral: true, says: "switched off" }];
}

async function inRegion(aws: AwsClients, region: string, namePrefix: string): Promise<Evidence[]> {
  const name = `${namePrefix}-backup`;
  // AWS refuses to tell of a vault that is not there.
  const lookUp = aws.backup(region).describeBackupVault({ BackupVaultName: name });
  const vault = await unlessGone(lookUp, "ResourceNotFound", "AccessDenied");
  if (vault === undefined) {
    return [];
  }
  const { Locked, LockDate, MinRetentionDays: least, MaxRetentionDays: most } = vault;
  const lock = LockDate === undefined ? "those with the right to can lift it" : `for good from ${day(LockDate)}`;
  const locked = Locked === true && least !== undefined;
  return [
    {
      holds: locked,
      region,
      says: locked
        ? `vault ${name} is locked: a backup lives ${least} to ${most ?? "any number of"} days (${lock})`
        : `vault ${name} is NOT locked`,
    },
    ...(await plans(aws, region, namePrefix)),
  ];
}

async function plans(aws: AwsClients, region: string, namePrefix: string): Promise<Evidence[]> {
  const client = aws.backup(region);
  const name = `${namePrefix}-daily`;
  const { BackupPlansList: list = [] } = await client.listBackupPlans({});
  const BackupPlanId = list.find(({ BackupPlanName }) => BackupPlanName === name)?.BackupPlanId;
  if (BackupPlanId === undefined) {
    return [{ holds: false, region, says: `there is no plan ${name}` }];
  }
  const { BackupPlan } = await client.getBackupPlan({ BackupPlanId });
  const rules = (BackupPlan?.Rules ?? []).filter((rule) => rule.TargetBackupVaultName === `${namePrefix}-backup`);
  const told = rules.map(
    ({ ScheduleExpression, Lifecycle }) =>
      `${ScheduleExpression}, kept ${Lifecycle?.DeleteAfterDays ?? "unlimited"} days`,
  );
  return [
    { holds: rules.length > 0, region, says: `plan ${name} fills it: ${told.join("; ") || "never"}` },
    await selections(client, region, BackupPlanId),
  ];
}

async function selections(client: ReturnType<AwsClients["backup"]>, region: string, plan: string): Promise<Evidence> {
  const found = await unlessGone(client.listBackupSelections({ BackupPlanId: plan }), "NotImplemented");
  if (found === undefined) {
    const says = "recorded only: the emulator has no API for what a plan covers";
    return { holds: true, neutral: true, region, says };
  }
  const names = (found.BackupSelectionsList ?? []).map(({ SelectionName }) => SelectionName);
  return { holds: names.length > 0, region, says: `it covers ${names.join(", ") || "nothing"}` };
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
