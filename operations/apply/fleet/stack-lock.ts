import { join } from "node:path";
import { BaselineError } from "../../../common/errors";
import { type Lock, lockFile, LockHeld } from "../../../common/file-lock";

/**
 * Holds a stack for this process, so that no two runs work on it. Pulumi's own lock comes later, and not at all for previews
 * and drift.
 *
 * @throws BaselineError `stack-locked`
 */
export function lockStack(folder: string, stack: string, verb: string): Lock {
  try {
    return lockFile(join(folder, `${stack.replaceAll("/", "+")}.lock`), verb);
  } catch (error) {
    throw error instanceof LockHeld ? locked(stack, error) : error;
  }
}

function locked(stack: string, { path, holder, elsewhere }: LockHeld): BaselineError {
  const where = elsewhere && holder?.host !== undefined ? ` on ${holder.host}` : "";
  const by = holder ? `fleet ${holder.verb}, process ${holder.pid}${where}, since ${holder.since}` : "another run";
  return new BaselineError(
    "stack-locked",
    `Stack ${stack} is being worked on by ${by}.`,
    `Wait until that run and the pulumi it started have ended. If you know that both are dead, delete ${path}.`,
  );
}
