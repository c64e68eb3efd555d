import { baselineCommand, type CommandOptions } from "../../common/command";
import { type RespondOptions } from "./request";
import { type Subject } from "./subject";

/** A command, and what it is for. */
export interface Next {
  why: string;
  command: string;
}

/**
 * What to do after a step.
 *
 * @param calls how many it has to make, or made; without any there is nothing to apply
 */
export function nextAfter(step: string, subject: Subject, options: RespondOptions, calls?: number): Next[] {
  const then = (next: string, why: string, flags: CommandOptions = {}): Next => ({
    why,
    command: commandFor(subject, next, flags, options),
  });
  const dry = !options.apply && calls !== 0;
  switch (step) {
    case "triage":
      return [then("contain", "shows every call that makes it harmless; --apply makes them")];
    case "contain":
      if (dry) {
        return [then("contain", "makes these calls", { ...flagsOf(options), apply: true })];
      }
      return options.undo
        ? [then("contain", "to contain it again")]
        : [then("timeline", "what it was used for"), then("contain", "the way back", { undo: true })];
    case "timeline":
      return [then("sweep", "what it made and is still there", windowOf(options))];
    case "sweep":
      return [then("recover", "the checklist back to normal")];
    case "recover":
      return [then("report", "the incident, from the evidence")];
    default:
      return [];
  }
}

/** The same step again, for one that was stopped: it goes on where it was. */
export function again(step: string, subject: Subject, options: RespondOptions): Next {
  const { apply, note } = options;
  const named = Object.fromEntries(
    (["done", "open", "knownRegions", "night", "evenMe"] as const).map((each) => [
      each.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      options[each] as string | string[] | boolean | undefined,
    ]),
  );
  const flags = { ...windowOf(options), ...flagsOf(options), ...named, note, apply };
  return { why: "it was stopped; the same again goes on", command: commandFor(subject, step, flags, options) };
}

/** A command of this incident, as it is typed. */
export function commandFor(
  { key, kind, name }: Subject,
  step: string,
  flags: CommandOptions,
  { evidence, anchor, endpoint, region, profile }: RespondOptions,
): string {
  const where = { region, profile: textOf(profile), evidence, anchor, endpoint };
  return baselineCommand("respond", [key ?? `${kind}/${name}`, step], { ...flags, ...where });
}

/** Which events were looked at: the next step looks at the same, and what was made before the suspicion is left alone. */
export function windowOf(options: RespondOptions): CommandOptions {
  const same = ["from", "to", "since", "regions", "bucket", "organization"];
  return {
    ...Object.fromEntries(same.map((name) => [name, textOf(options[name])])),
    "time-zone": textOf(options["timeZone"]),
  };
}

function flagsOf(options: RespondOptions): CommandOptions {
  const { allKeys, denyRole, revokeAgain, disableConsole, undo, prefix } = options;
  return {
    "all-keys": allKeys,
    "deny-role": denyRole,
    "revoke-again": revokeAgain,
    "disable-console": disableConsole,
    undo,
    prefix: prefix === "baseline" ? undefined : prefix,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
