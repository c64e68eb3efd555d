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
  const then = (rest: string, why: string): Next => ({ why, command: commandFor(subject, rest, options) });
  const dry = !options.apply && calls !== 0;
  switch (step) {
    case "triage":
      return [then("contain", "shows every call that makes it harmless; --apply makes them")];
    case "contain":
      if (dry) {
        return [then(`contain${flags(options)} --apply`, "makes these calls")];
      }
      return options.undo
        ? [then("contain", "to contain it again")]
        : [then("timeline", "what it was used for"), then("contain --undo", "the way back")];
    case "timeline":
      return [then(`sweep${windowOf(options)}`, "what it made and is still there")];
    case "sweep":
      return [then("recover", "the checklist back to normal")];
    case "recover":
      return [then("report", "the incident, from the evidence")];
    default:
      return [];
  }
}

/** A command of this incident, as it is typed. */
export function commandFor(
  { key, kind, name }: Subject,
  rest: string,
  { evidence, endpoint, region }: RespondOptions,
): string {
  const where = [
    ...(region === undefined ? [] : [` --region ${quoted(region)}`]),
    ...(evidence === undefined ? [] : [` --evidence ${quoted(evidence)}`]),
    ...(endpoint === undefined ? [] : [` --endpoint ${quoted(endpoint)}`]),
  ].join("");
  return `npm run respond -- ${key ?? `${kind}/${name}`} ${rest}${where}`;
}

/** Which events were looked at: the next step looks at the same, and what was made before the suspicion is left alone. */
export function windowOf(options: RespondOptions): string {
  const flags = { from: "from", to: "to", since: "since", regions: "regions", bucket: "bucket" };
  return Object.entries({ ...flags, organization: "organization", timeZone: "time-zone" })
    .flatMap(([name, flag]) => (typeof options[name] === "string" ? [` --${flag} ${quoted(options[name])}`] : []))
    .join("");
}

function flags({ allKeys, denyRole, revokeAgain, disableConsole, undo, prefix }: RespondOptions): string {
  const given = { "all-keys": allKeys, "deny-role": denyRole, "revoke-again": revokeAgain };
  const more = { "disable-console": disableConsole, undo };
  const switches = Object.entries({ ...given, ...more }).flatMap(([name, value]) => (value ? [` --${name}`] : []));
  return [...switches, ...(prefix === "baseline" ? [] : [` --prefix ${quoted(prefix)}`])].join("");
}

function quoted(text: string): string {
  return /^[\w./:@=+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
