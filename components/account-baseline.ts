import * as pulumi from "@pulumi/pulumi";
import { controls } from "./controls";
import { type AccountFacts } from "./foundation/account-facts";
import { Adoption } from "./foundation/adoption";
import { type AlertRegions, type Control, folderOf, isOn, type Place } from "./foundation/control";
import { boundRoles } from "./foundation/role-boundary";
import { type BaselineSettings } from "./foundation/settings/model";
import { regionsOf } from "./foundation/settings/skip";
import { controlTags } from "./foundation/tags";

export interface AccountBaselineArgs {
  settings: BaselineSettings;
  account: AccountFacts;
}

/** Every control of the baseline for one account, in every region it covers, wired to one alert channel. */
export class AccountBaseline extends pulumi.ComponentResource {
  /** What the stack shows, by name: only what is switched on. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- Pulumi's analyzer knows no `unknown`
  readonly outputs: Record<string, pulumi.Output<any>> = {};

  constructor(name: string, args: AccountBaselineArgs, opts?: pulumi.ComponentResourceOptions) {
    const adoption = new Adoption(args.settings.adopt.import);
    super(
      "baseline:index:AccountBaseline",
      name,
      {},
      {
        ...opts,
        transformations: [...(opts?.transformations ?? []), adoption.transformation, ...bounds(args)],
      },
    );
    const on = controls.filter((each) => isOn(each, args.settings));
    const made = new Map<Control, unknown>();
    // A control that others need is placed when the first of them asks for it.
    const placed = (control: Control) => {
      if (on.includes(control) && !made.has(control)) {
        made.set(control, control.place(this.placeOf(name, control, args, on, placed as Place["placed"])));
      }
      return made.get(control);
    };
    on.forEach(placed);
    for (const { id, facts } of controls) {
      const shown = facts?.outputs?.(args.account.ofControls[id] ?? facts.none) ?? {};
      Object.entries(shown).forEach(([key, value]) => (this.outputs[key] = pulumi.output(value)));
    }
    adoption.requireAllFound();
    this.registerOutputs(this.outputs);
  }

  private placeOf(
    name: string,
    { id, facts }: Control,
    { settings, account }: AccountBaselineArgs,
    on: Control[],
    placed: Place["placed"],
  ): Place {
    const all = (kind: keyof AlertRegions) => [
      ...new Set(on.flatMap(({ alertRegions }) => alertRegions?.(account)[kind] ?? [])),
    ];
    return {
      name: `${name}-${folderOf(id)}`,
      baseline: name,
      child: { parent: this },
      settings,
      account,
      partition: account.partition,
      accountId: account.accountId,
      region: settings.homeRegion,
      namePrefix: settings.namePrefix,
      tags: controlTags(id, settings.tags),
      facts: account.ofControls[id] ?? facts?.none,
      regions: regionsOf(id, settings, account.regions),
      alertRegions: () => ({ rules: all("rules"), alarms: all("alarms") }),
      placed,
      outputs: this.outputs,
    };
  }
}

function bounds({ settings, account }: AccountBaselineArgs): pulumi.ResourceTransformation[] {
  const { permissionsBoundary: name } = settings;
  return name === "" ? [] : [boundRoles(`arn:${account.partition}:iam::${account.accountId}:policy/${name}`)];
}
