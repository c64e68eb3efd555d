import * as v from "valibot";
import { listOf, oneOf, valueAt, wholeNumber } from "../foundation/settings/checks";
import { controlSettings, enabled, group, setting } from "../foundation/settings/setting";
import { trailAlarmIds } from "./trail-alarm-ids";

const eventName = v.pipe(
  v.string("an API event name"),
  v.regex(/^[A-Z][A-Za-z0-9]{1,63}$/, "an API event name such as HeadBucket"),
);

/** CloudWatch Logs would take a quote or a bracket in it for syntax. */
const caller = v.pipe(
  v.string("a source address"),
  v.regex(
    /^[A-Za-z0-9.:*-]{1,128}$/,
    "an IP address or the name of an AWS service, such as delivery.logs.amazonaws.com",
  ),
);

export const trailAlarmsSettings = controlSettings(
  "trailAlarms",
  "Alarms on the trail's log group.",
  group({
    enabled: enabled(),
    quiet: setting(
      listOf(oneOf(...trailAlarmIds), "a list of alarms"),
      ["unauthorized-api-calls"],
      "Alarms that exist, for benchmarks and dashboards, but notify nobody. One denied call raises unauthorized-api-calls, " +
        "which is noise in any account; denied-api-calls is raised in its place.",
    ),
    deniedCallsThreshold: setting(
      wholeNumber(1, 100000),
      10,
      "Denied calls within deniedCallsMinutes from which on denied-api-calls is raised.",
    ),
    deniedCallsMinutes: setting(wholeNumber(1, 1440), 5, "The period, in minutes."),
    ignoredEvents: setting(
      listOf(eventName, "a list of event names", { atMost: 15 }),
      ["HeadBucket"],
      "API events that denied-api-calls does not count.",
    ),
    ignoredSources: setting(
      listOf(caller, "a list of source addresses", { atMost: 8 }),
      ["delivery.logs.amazonaws.com"],
      "Source addresses, of AWS services too, that denied-api-calls does not count.",
    ),
  }),
  (settings, tell) => {
    const on = (key: string) => valueAt(settings, key, "enabled");
    // Left out without a word, the alarms would be missed only when they are needed.
    if (on("auditTrail") === false && on("trailAlarms") === true) {
      tell(["trailAlarms", "enabled"], "false, since auditTrail, whose log group they watch, is switched off");
    }
  },
);
