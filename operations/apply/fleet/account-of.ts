import { partitionOf } from "../../../components/foundation/partition";
import { fullKey } from "../../../engine/stack-files/stack-file";
import { type FleetAccount, type RoleStep } from "./account";
import { type AccountData, type AccountsData } from "./accounts-schema";

const defaultSession = "baseline-fleet";

/** An account as the file has it, completed from what all have in common. Settings are merged, all else is replaced. */
export function fleetAccount(account: AccountData, defaults: AccountsData["defaults"]): FleetAccount {
  const { name, accountId, stack = name } = account;
  const config = { ...fullKeys(defaults.config), ...fullKeys(account.config) };
  const { role, externalId, sessionName = defaultSession, via, regions, policyConfig } = { ...defaults, ...account };
  const region = config["aws:region"];
  const partition = partitionOf(typeof region === "string" ? region : "");
  const roles: RoleStep[] =
    role === undefined
      ? []
      : [
          ...(via ? [step(via.role, sessionName, via.externalId)] : []),
          step(
            role.startsWith("arn:") ? role : `arn:${partition}:iam::${accountId}:role/${role}`,
            sessionName,
            externalId,
          ),
        ];
  return {
    name,
    accountId,
    roles,
    stack,
    config,
    ...(regions && {
      regions: { ...(regions.only && { only: regions.only }), ...(regions.exclude && { exclude: regions.exclude }) },
    }),
    ...(policyConfig !== undefined && { policyConfig }),
  };
}

function step(roleArn: string, sessionName: string, externalId?: string): RoleStep {
  return { roleArn, sessionName, ...(externalId !== undefined && { externalId }) };
}

/** Name of the Pulumi project, under which the settings of the baseline stand. */
export const programProject = "aws-prevention-baseline";

function fullKeys(config: Record<string, unknown> = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [fullKey(key, programProject), value]));
}
