/** When the events of a leak happened, in ISO 8601. */
export const leakTime = "2026-11-22T04:00:00Z";
export const quarantineArn = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3";

let events = 0;

/** An id that no other event has. @param kind how it begins */
export function eventId(kind: string): string {
  return `${kind}-${events++}`;
}

/** What CloudTrail says when AWS puts a user in quarantine, as the response gets it. */
export function quarantine(userName: string) {
  return {
    id: eventId("quarantine"),
    source: "aws.iam",
    time: leakTime,
    detail: { requestParameters: { userName, policyArn: quarantineArn } },
  };
}

/** What the response does where nobody says otherwise. */
export const notifying = { partition: "aws", mode: "notify", denyUser: false } as const;
