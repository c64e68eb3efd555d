import { type Subject } from "../subject";
import { type Suspect } from "../events/suspect";

/** Whose events are meant when a subject is named: for a user, those of all keys and of the console too. */
export function suspectOf({ kind, name, key, session }: Subject): Suspect {
  return {
    ...(key !== undefined && { accessKeyId: key }),
    ...(kind === "user" ? { userName: name } : { roleName: name }),
    ...(session !== undefined && { sessionName: session }),
  };
}

export function nameOfSubject({ kind, name, key }: Subject): string {
  return key === undefined ? `${kind}/${name}` : `${kind}/${name} (${key})`;
}
