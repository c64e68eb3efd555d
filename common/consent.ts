import { badInput } from "./errors";
import { type Answer, question, type Terminal } from "./question";

/** What somebody is asked to agree to. */
export interface Consent {
  /** What it does, as the beginning of a sentence: `A fix changes the account`. */
  what: string;
  /** What was not done, as the end of one: `nothing was changed`. */
  nothing: string;
  /** With a blank at its end. */
  question: string;
  /** What to do where nobody can be asked. Default: to say --yes. */
  next?: string;
}

/**
 * Asks in the terminal.
 *
 * @throws BaselineError `not-agreed`, exit code 2, where nobody can be asked
 */
export function consent(terminal: Terminal, asked: Consent): Promise<Answer> {
  if (!terminal.input.isTTY) {
    const { what, nothing, next = "Run it with --yes." } = asked;
    throw badInput("not-agreed", `${what}, and nobody can be asked here; ${nothing}.`, next);
  }
  return question(asked.question, terminal);
}
