/** What the channel's message takes from a notice, as JSON paths by variable name. */
export const leakNoticeValues = {
  account: "$.account",
  title: "$.detail.title",
  subject: "$.detail.subject",
  why: "$.detail.why",
  did: "$.detail.did",
  now: "$.detail.now",
  look: "$.detail.look",
};

export const leakNoticeMessage = [
  "<title> in account <account>: <subject><did>",
  "",
  "Said by: <why>",
  "Now: <now>",
  "<look>",
  "If AWS attached a quarantine policy, leave it on and answer the case in AWS Support.",
];
