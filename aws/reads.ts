// Verbs of AWS's API that change nothing. What is not among them counts as a write.
const verbs =
  /^(Assume|BatchGet|Check|Decode|Describe|Estimate|Filter|Generate|Get|Head|List|Lookup|Query|Search|Select|Simulate|Test|Validate)(?![a-z])/;

/** Whether a call changes nothing in the account. @param command such as `GetUser` */
export function isRead(command: string): boolean {
  return verbs.test(command);
}
