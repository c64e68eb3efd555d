/** What entries of the evidence are called that are no calls to AWS. */

/** Who it is about, as it was found out. */
export const SUBJECT = "subject";
/** How a step ended; the report quotes the last one of each. */
export const OUTCOME = "outcome";
/** What stands before a change is sent, with the way back. */
export const ABOUT_TO = "about to change";
/** What became of it. */
export const CHANGED = "changed";
/** What the account said when it was looked at, because no answer to the change came. */
export const READ_BACK = "read back";
/** An item of the checklist was ticked off, or opened again. */
export const TICKED = "ticked";
