import * as v from "valibot";
import { BaselineError, ExitCode } from "../common/errors";
import { controls } from "./controls";
import { isOn } from "./foundation/control";
import { adoptSettings } from "./foundation/settings/adopt";
import { pathTo } from "./foundation/settings/checks";
import { generalSettings } from "./foundation/settings/general";
import { type BaselineSettings } from "./foundation/settings/model";
import { inPartition, itemsAt } from "./foundation/settings/places";
import { problemLines, problemOf, type SettingsProblem, type Where } from "./foundation/settings/problem";
import { type ControlSettings } from "./foundation/settings/setting";
import { type Skippable, type SettingWithSwitch, withSkipped } from "./foundation/settings/skip";
import { misplacedIn } from "./foundation/settings/unknown-keys";

/** The settings of the controls, each once, in the order of the list. */
const ofControls = [...new Set(controls.map(({ settings }) => settings))];

/** The controls that `adopt.skip` may name: all that can be switched off. */
export const skippable: Skippable = Object.fromEntries(
  controls
    .filter(({ settings }) => "enabled" in settings.entries)
    .map(({ id, settings, byRegion, leftOutWith }) => {
      const isShared = controls.filter((each) => each.settings === settings).length > 1;
      const own = isShared ? {} : { setting: settings.key as SettingWithSwitch };
      return [id, { ...own, ...(byRegion && { byRegion }), ...(leftOutWith && { leftOutWith }) }];
    }),
);

/** Every part of the settings that belongs together, in the order people read about them. */
export const settingsParts: readonly ControlSettings[] = [...ofControls, adoptSettings(skippable)];

/**
 * Every setting with its type, bounds, default and meaning.
 *
 * Unknown keys are problems, not noise: a misspelt setting would leave its default in force without a word. They are
 * found apart from it, in `unknown-keys.ts`.
 */
export const settingsSchema = v.pipe(
  v.object({ ...generalSettings, ...Object.fromEntries(settingsParts.map(({ key, schema }) => [key, schema])) }),
  v.rawCheck(({ dataset: { value: settings }, addIssue }) => {
    const tell = ([first = "", ...rest]: (string | number)[], message: string) => {
      addIssue({ message, path: pathTo(settings, first, ...rest) });
    };
    inPartition(settings, itemsAt(settings, "excludeRegions"), tell);
    settingsParts.forEach(({ fits }) => fits?.(settings, tell));
  }),
);

/**
 * Turns the raw settings of a stack into complete ones.
 *
 * @param raw settings by name, JSON values already parsed
 * @param where a setting stands, for the message
 * @throws BaselineError `invalid-settings` (exit code 2) that lists every problem at once
 */
export function parseSettings(raw: Record<string, unknown>, where?: Where): BaselineSettings {
  const result = v.safeParse(settingsSchema, raw);
  const unknown = misplacedIn(settingsSchema, raw);
  if (result.success && unknown.length === 0) {
    return withSkipped(result.output as unknown as BaselineSettings, skippable);
  }
  throw invalidSettings([...(result.issues ?? []).map(problemOf), ...unknown], where);
}

function invalidSettings(problems: SettingsProblem[], where?: Where): BaselineError {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return new BaselineError(
    "invalid-settings",
    `The settings have ${count}; nothing was created.\n${problemLines(problems, where)}`,
    "Correct them in the stack file (Pulumi.<stack>.yaml); Pulumi.example.yaml explains every setting.",
    ExitCode.badInput,
  );
}

/** The controls that are switched off, by id. */
export function switchedOff(settings: BaselineSettings): string[] {
  return controls.filter((each) => !isOn(each, settings)).map(({ id }) => id);
}
