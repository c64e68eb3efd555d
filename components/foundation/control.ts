import type * as pulumi from "@pulumi/pulumi";
import { type AccountFacts } from "./account-facts";
import { type ResourceCalls, type SeverityRule } from "./drift";
import { type Placement } from "./placement";
import { type BaselineSettings } from "./settings/model";
import { type ControlSettings } from "./settings/setting";

/** Where a control works. */
export const ControlScope = {
  account: "account",
  homeRegion: "home region",
  everyRegion: "every enabled region",
  chosen: "where the settings say",
} as const;

/**
 * What a control is, beside the code that provisions it. `docs/controls.md`, `plan` and reports are made from it.
 */
export interface ControlDescription {
  /** Class name of the component, which is also how reports name the control. Its folder is the same in kebab case. */
  id: string;
  /** One line, in plain words. */
  title: string;
  scope: (typeof ControlScope)[keyof typeof ControlScope];
  /** The step of a leaked-key attack this stops or shows. */
  stops: string;
  /** Controls of public benchmarks that it answers, such as `CIS 7.0 4.1` or `Security Hub CloudTrail.1`. */
  answers: string[];
  /** What drives the monthly bill, or `free`. */
  cost: string;
}

/** One control of the baseline: what it is, how it is set, placed and looked after. The list is `controls.ts`. */
export interface Control<Facts = unknown, Placed = unknown> extends ControlDescription {
  /** Two controls may share settings; `enabled` then switches both. */
  settings: ControlSettings;
  /** `adopt.skip` can leave out single regions, too. */
  byRegion?: true;
  /** The control without which it can do nothing, and with which `adopt.skip` leaves it out. */
  leftOutWith?: string;
  /** What has to be known of the account before anything is placed. */
  facts?: FactsOf<Facts>;
  /** Where it needs the alert channel. */
  alertRegions?: (account: AccountFacts) => AlertRegions;
  /** Makes its component. Called once, if it is switched on, at the latest when another control needs what it returns. */
  place(at: Place<Facts>): Placed;
  /** How bad a drift of its resources is, where the rules for all controls do not say it. */
  drift: readonly SeverityRule[];
  /** What changes its resources, by class, where `operations/watch/drift/deeds.ts` does not say it. */
  calls?: Readonly<Record<string, ResourceCalls>>;
}

/** Regions beside the home region in which a control has rules whose messages, or alarms whose actions, go to people. */
export interface AlertRegions {
  rules?: string[];
  alarms?: string[];
}

/** Facts of the account that one control alone needs. */
export interface FactsOf<Facts> {
  /** Where nobody was asked: the control is off, or the program is read without an account. */
  none: Facts;
  /** Asks AWS, at preview as well as at update. @param regions the baseline covers */
  ask(settings: BaselineSettings, regions: string[]): Promise<Facts>;
  /** What of it the stack shows, also while the control is off. */
  outputs?(facts: Facts): Record<string, unknown>;
}

/** Where a control is placed, and what it finds there. */
export interface Place<Facts = unknown> extends Placement {
  /** Of its component, such as `baseline-audit-trail`. */
  name: string;
  /** Of the whole, such as `baseline`, for components beside its own. */
  baseline: string;
  child: { parent: pulumi.Resource };
  settings: BaselineSettings;
  account: AccountFacts;
  facts: Facts;
  /** The covered regions, less those that `adopt.skip` leaves out of this control. */
  regions: string[];
  /** What another control made; undefined where it is off. */
  placed: <Placed>(control: Control<unknown, Placed>) => Placed | undefined;
  /** Every region in which controls need the alert channel, each once. */
  alertRegions(): Required<AlertRegions>;
  /** What the stack shows. */
  outputs: Record<string, pulumi.Output<unknown>>;
}

/** Gives a control its types, so that the list can hold all of them. */
export function control<Facts, Placed>(description: Control<Facts, Placed>): Control<Facts, Placed> {
  return description;
}

/** Whether the settings have a control switched on. What has no switch is on. */
export function isOn({ settings: { key } }: Control, settings: BaselineSettings): boolean {
  return (settings[key as keyof BaselineSettings] as { enabled?: boolean }).enabled !== false;
}

/** Such as `audit-trail` for `AuditTrail`. */
export function folderOf(id: string): string {
  return id.replace(/\B[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}
