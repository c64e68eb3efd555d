import { type RespondOptions } from "./request";
import { type Subject } from "./subject";

/** A command, and what it is for. */
export interface Next {
  why: string;
  command: string;
}

/** What to do after a step. */
export function nextAfter(step: string, subject: Subject, options: RespondOptions): Next[] {
  const then = (rest: string, why: string): Next => ({ why, command: commandFor(subject, rest, options) });
  switch (step) {
    case "triage":
      return [then("contain", "shows every call that makes it harmless; --apply makes them")];
    case "contain":
      return options.apply
        ? [then("timeline", "what it was used for"), then("contain --undo", "the way back")]
        : [then(`contain${flags(options)} --apply`, "makes these calls")];
    case "timeline":
      return [then(`sweep${since(options)}`, "what it made and is still there")];
    case "sweep":
      return [then("recover", "the checklist back to normal")];
    case "recover":
      return [then("report", "the incident, from the evidence")];
    default:
      return [];
  }
}

/** A command of this incident, as it is typed. */
export function commandFor({ key, kind, name }: Subject, rest: string, { evidence, endpoint }: RespondOptions): string {
  const where = [
    ...(evidence === undefined ? [] : [` --evidence ${quoted(evidence)}`]),
    ...(endpoint === undefined ? [] : [` --endpoint ${quoted(endpoint)}`]),
  ].join("");
  return `npm run respond -- ${key ?? `${kind}/${name}`} ${rest}${where}`;
}

function flags({ allKeys, denyRole, revokeAgain, disableConsole, undo, prefix }: RespondOptions): string {
  const given = { "all-keys": allKeys, "deny-role": denyRole, "revoke-again": revokeAgain };
  const more = { "disable-console": disableConsole, undo };
  const switches = Object.entries({ ...given, ...more }).flatMap(([name, value]) => (value ? [` --${name}`] : []));
  return [...switches, ...(prefix === "baseline" ? [] : [` --prefix ${quoted(prefix)}`])].join("");
}

/** What was made before the suspicion is not to be swept up either. */
function since({ since: said }: RespondOptions): string {
  return typeof said === "string" ? ` --since ${quoted(said)}` : "";
}

function quoted(text: string): string {
  return /^[\w./:@=+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
