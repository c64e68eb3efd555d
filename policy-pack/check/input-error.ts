/** Input that cannot be checked: what is the matter, and what to do about it. Ends the command with exit code 2. */
export class InputError extends Error {
  constructor(
    sentence: string,
    readonly next: string,
  ) {
    super(sentence);
    this.name = "InputError";
  }
}
