import { entries, isUnknown, property, word } from "../values";
import { broken, cannotTell, type Guard, isOurs, nameOf, type Subject } from "./guard";

const off = ["false", "0"];

/** An alarm of the baseline that tells nobody, unless its silence is on the list. Other alarms may steer machines. */
const alarm: Guard = {
  type: "aws:cloudwatch/metricAlarm:MetricAlarm",
  findings: (inputs, subject) => {
    const name = property(inputs, "name");
    if (!isOurs(subject, name) || isQuiet(subject, nameOf(subject, name))) return [];
    const [actions, enabled] = [property(inputs, "alarmActions"), property(inputs, "actionsEnabled")];
    const fix = "give it the alert topic as its action; or name it in quietAlarms of this policy.";
    if (off.includes(word(enabled.value))) {
      return [broken("An alarm of the baseline tells nobody.", enabled.path, "actionsEnabled is false.", fix)];
    }
    if (entries(actions).length === 0 && !isForwarded(nameOf(subject, name))) {
      return [broken("An alarm of the baseline tells nobody.", actions.path, "it has no alarmActions.", fix)];
    }
    return isUnknown(enabled.value) ? [cannotTell(enabled.path, fix)] : [];
  },
};

/**
 * Alarms of regions without a topic: the rule `undelivered-alerts` of the region hears their change of state, and forwards
 * it to the home region.
 */
function isForwarded(name: string): boolean {
  return /(^|-)(undelivered-alerts|leak-response-(failed|timed-out))$/.test(name);
}

/** By id, as in the program's `trailAlarms.quiet`: `baseline-unauthorized-api-calls` is `unauthorized-api-calls`. */
function isQuiet({ settings }: Subject, name: string): boolean {
  return settings.quietAlarms.some((id) => id !== "" && new RegExp(`(^|-)${escape(id)}(-alarm)?$`).test(name));
}

function escape(text: string): string {
  return text.replace(/[^\w-]/g, "\\$&");
}

const rule: Guard = {
  type: "aws:cloudwatch/eventRule:EventRule",
  findings: (inputs, subject) => {
    if (!isOurs(subject, property(inputs, "name"))) return [];
    const [state, enabled] = [property(inputs, "state"), property(inputs, "isEnabled")];
    const fix = "leave state out, or set it to ENABLED.";
    const wrong = [
      [state, word(state.value) === "disabled"] as const,
      [enabled, off.includes(word(enabled.value))] as const,
    ].find(([, isWrong]) => isWrong);
    if (wrong !== undefined) {
      return [broken("An alert of the baseline is switched off.", wrong[0].path, "its rule passes no event on.", fix)];
    }
    const unknown = [state, enabled].find(({ value }) => isUnknown(value));
    return unknown === undefined ? [] : [cannotTell(unknown.path, fix)];
  },
};

/** What tells people. */
export const alertGuards: readonly Guard[] = [alarm, rule];
