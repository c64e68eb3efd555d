import { type Asked, type Meddling } from "../../support/meddling-proxy";

/** What can go wrong with one call to AWS, by name; the same for every try of the call unless it says otherwise. */
export const faults: Readonly<Record<string, (asked: Asked, attempt: number) => Meddling>> = {
  "lost answer": () => "lose",
  "lost once": (_, attempt) => (attempt === 1 ? "lose" : undefined),
  "not sent": () => "hang up",
  "empty answer": () => ({ change: () => "" }),
  "error 503": () => ({ status: 503, error: { __type: "ServiceUnavailable", message: "busy" } }),
  throttled: () => ({ status: 400, error: { __type: "Throttling", message: "Rate exceeded" } }),
  denied: () => ({ status: 403, error: { __type: "AccessDenied", message: "no" } }),
  expired: () => ({ status: 403, error: { __type: "ExpiredToken", message: "expired" } }),
  "slow drip": () => "drip",
  "endless token": () => ({ change: withToken }),
  // The answer is a good one; the credentials are somebody else's from then on.
  "other owner": () => undefined,
};

/** A page with a token for the next one, whatever the protocol. What is no list has no use for it. */
function withToken(body: string): string {
  const xml = "<IsTruncated>true</IsTruncated><Marker>again</Marker><NextToken>again</NextToken>";
  return body
    .replace(/<IsTruncated>\w+<\/IsTruncated>/, "")
    .replace(/<\/(List|Get|Describe)\w+Result>/, `${xml}$&`)
    .replace(/<nextToken *\/>|<nextToken>\w*<\/nextToken>/, "")
    .replace(/<\/Describe\w+Response>/, "<nextToken>again</nextToken>$&")
    .replace(/^\{(?=")/, '{"NextToken":"again","nextToken":"again",');
}

/** Lets one fault happen to one call of a run: the n-th of an action, from 1. */
export class OneFault {
  /** Every call of the run, once for all of its tries. */
  readonly asked: string[] = [];
  /** Somebody else's credentials are handed out from now on. */
  isOther = false;
  private victim = "";
  private attempts = 0;
  private readonly seen = new Set<string>();
  private readonly counts = new Map<string, number>();

  /** @param target a call such as `iam:TagUser 1`; empty: nothing happens */
  constructor(
    private readonly target = "",
    private readonly fault = "",
  ) {}

  meddle(asked: Asked): Meddling {
    const { service, invocation } = asked;
    const name = `${service}:${asked.action.split(".").at(-1) ?? ""}`;
    if (!this.seen.has(invocation)) {
      this.seen.add(invocation);
      const count = (this.counts.get(name) ?? 0) + 1;
      this.counts.set(name, count);
      this.asked.push(`${name} ${count}`);
      if (`${name} ${count}` === this.target) this.victim = invocation;
    }
    // The next pages of a list are calls of their own.
    const isNextPage = this.fault === "endless token" && this.victim !== "" && this.target.startsWith(`${name} `);
    if (invocation !== this.victim && !isNextPage) {
      return undefined;
    }
    this.isOther ||= this.fault === "other owner";
    return faults[this.fault]?.(asked, ++this.attempts);
  }
}
