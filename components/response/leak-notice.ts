/** What the channel's message takes from a notice, as JSON paths by variable name. */
export const leakNoticeValues = {
  account: "$.account",
  key: "$.detail.key",
  owner: "$.detail.owner",
  why: "$.detail.why",
  did: "$.detail.did",
  now: "$.detail.now",
};

export const leakNoticeMessage = [
  "ACCESS KEY LEAKED in account <account>: <key> of <owner>: <did>",
  "",
  "Said by: <why>",
  "Now: <now>",
  "What it did, and what it left: baseline respond <key>",
  "If AWS attached a quarantine policy, leave it on and answer the case in AWS Support.",
];
