import { join } from "node:path";
import { BaselineError } from "../../common/errors";
import { lockFile, LockHeld } from "../../common/file-lock";

/**
 * Holds a stack for this process, so that no two runs on this machine work on it. Pulumi's own lock comes later, and not at
 * all for previews and drift; what it keeps apart are machines.
 *
 * @returns gives it free
 * @throws BaselineError `stack-locked`
 */
export function lockStack(folder: string, stack: string, verb: string): () => void {
  try {
    return lockFile(join(folder, `${stack.replaceAll("/", "+")}.lock`), verb);
  } catch (error) {
    throw error instanceof LockHeld ? locked(stack, error) : error;
  }
}

function locked(stack: string, { path, holder }: LockHeld): BaselineError {
  const by = holder ? `fleet ${holder.verb}, process ${holder.pid}, since ${holder.since}` : "another run";
  return new BaselineError(
    "stack-locked",
    `Stack ${stack} is being worked on by ${by}.`,
    `Wait until that has ended; if it is known to be dead, delete ${path}.`,
  );
}
