import { BaselineError } from "../../common/errors";

/** How far calls came, each by what it is and does. */
interface Progress {
  done: readonly string[];
  /** Was to be made, or was made, when nothing could be noted any more. */
  begun?: string;
  left: readonly string[];
}

/**
 * Evidence that cannot be written ends every change, because its disk is full for instance. Whoever reads that must know
 * what is done in the account and what is not. Any other error is returned as it is.
 */
export function leftUndone(error: unknown, { done, begun, left }: Progress): unknown {
  if (!(error instanceof BaselineError) || error.code !== "evidence-not-written") {
    return error;
  }
  // The inner one of two loops knows of its own calls only.
  const first = error.cause instanceof BaselineError ? error.cause : error;
  const sentences = [
    first.message.split("\n")[0] ?? "",
    done.length > 0 ? `Done and noted: ${done.join("; ")}.` : "",
    begun === undefined ? "" : `Begun, and what became of it is not noted: ${begun}.`,
    left.length > 0 ? `Left undone: ${left.join("; ")}.` : "",
  ];
  const { code, next, exitCode } = error;
  return new BaselineError(code, sentences.filter(Boolean).join("\n"), next, exitCode, { cause: first });
}
