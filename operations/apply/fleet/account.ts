/** A role to take, and how. Source: STS API Reference, AssumeRole. */
export interface RoleStep {
  roleArn: string;
  externalId?: string;
  sessionName: string;
}

/** One account of the fleet: one stack. */
export interface FleetAccount {
  /** Unique; what `--only` and the reports go by. */
  name: string;
  /** Twelve digits. Nothing is done unless the credentials turn out to be of this account. */
  accountId: string;
  /** Taken one after the other, the last one in the account itself; none: the credentials of whoever runs this. */
  roles: RoleStep[];
  /** As in `pulumi stack ls`. */
  stack: string;
  /** Settings by full key, over those of the stack file. */
  config: Record<string, unknown>;
  /** Of these regions only; the setting `excludeRegions` follows from it. */
  regions?: { only?: string[]; exclude?: string[] };
  /** Configuration of the policy pack, as for `--policy-pack-config`. */
  policyConfig?: string;
}
