import { type BaselineSettings } from "./model";

/** How a control can be left out with `adopt.skip`. */
interface Skipping {
  /** The setting whose `enabled` switches it off as a whole; absent where several controls share one. */
  setting?: SettingWithSwitch;
  /** Single regions can be left out as well. */
  byRegion?: true;
  /** The control without which it can do nothing, and with which it is left out. */
  leftOutWith?: string;
}

/** The controls that can be left out, by id. */
export type Skippable = Readonly<Record<string, Skipping>>;

export type SettingWithSwitch = {
  [Key in keyof BaselineSettings]: BaselineSettings[Key] extends { enabled: boolean } ? Key : never;
}[keyof BaselineSettings];

/** The settings with every control switched off that is skipped as a whole, and with it what cannot do without. */
export function withSkipped(settings: BaselineSettings, skippable: Skippable): BaselineSettings {
  const { skip } = settings.adopt;
  const off = Object.entries(skippable).flatMap(([control, { setting, leftOutWith = control }]) =>
    setting && (skip.includes(control) || skip.includes(leftOutWith))
      ? [[setting, { ...settings[setting], enabled: false }] as const]
      : [],
  );
  return { ...settings, ...Object.fromEntries(off) };
}

/** The regions a control covers: `regions` less those that `adopt.skip` leaves out; none where it is skipped as a whole. */
export function regionsOf(control: string, { adopt }: BaselineSettings, regions: string[]): string[] {
  return adopt.skip.includes(control) ? [] : regions.filter((region) => !adopt.skip.includes(`${control}@${region}`));
}
