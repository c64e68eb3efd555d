import { commandFor, type Next } from "../respond/next";
import { type RespondOptions } from "../respond/request";
import { type Subject } from "../respond/subject";
import { type Found } from "./model";

/**
 * Identities the subject made, or gave a way in: each is contained like the subject itself, before anything else. The
 * subject is not among them.
 */
export function nextSubjects(found: readonly Found[], subject: Subject, { endpoint }: RespondOptions): Next[] {
  const names = new Set(found.filter(({ state, unattributed }) => state !== "gone" && !unattributed).flatMap(identity));
  names.delete(`${subject.kind}/${subject.name}`);
  // It shall be copied into a shell; a name that is none of IAM's came from elsewhere.
  const real = [...names].filter((each) => /^(user|role)\/[\w+=,.@-]{1,64}$/.test(each));
  return real.map((each) => {
    const [kind, name] = each.split("/") as ["user" | "role", string];
    const where = endpoint === undefined ? {} : { endpoint };
    return {
      why: `it made or opened ${each}, the next one to contain`,
      command: commandFor({ ...subject, kind, name, key: undefined }, "contain", {}, { prefix: "", ...where }),
    };
  });
}

function identity({ kind, id, of = "" }: Found): string[] {
  if (kind === "user" || kind === "console password") return [`user/${id}`];
  if (kind === "role" || kind === "trust of role") return [`role/${id}`];
  return kind === "access key" && of !== "" ? [`user/${of}`] : [];
}
