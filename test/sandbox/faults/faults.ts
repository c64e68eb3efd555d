import { type Asked, type Meddling } from "../../support/meddling-proxy";

/** What can go wrong with one call to AWS, by name; the same for every try of the call unless it says otherwise. */
export const faults: Readonly<Record<string, (asked: Asked, attempt: number) => Meddling>> = {
  "lost answer": () => "lose",
  "lost once": (_, attempt) => (attempt === 1 ? "lose" : undefined),
  "nothing passed on": () => "hang up",
  "empty answer": () => ({ change: () => "" }),
  "503": () => ({ status: 503, error: { __type: "ServiceUnavailable", message: "busy" } }),
  throttled: () => ({ status: 400, error: { __type: "Throttling", message: "Rate exceeded" } }),
  denied: () => ({ status: 403, error: { __type: "AccessDenied", message: "no" } }),
  expired: () => ({ status: 403, error: { __type: "ExpiredToken", message: "expired" } }),
  "slow drip": () => "drip",
  "endless token": ({ action }) =>
    /^List/.test(action)
      ? {
          change: (body) =>
            body
              .replace(/<IsTruncated>\w+<\/IsTruncated>/, "")
              .replace(/<\/List\w+Result>/, "<IsTruncated>true</IsTruncated><Marker>again</Marker>$&"),
        }
      : undefined,
};

/** Lets one fault happen to one call: the n-th of an action, from 1. */
export class OneFault {
  readonly asked: string[] = [];
  private target = "";
  private fault: (asked: Asked, attempt: number) => Meddling = () => undefined;
  private attempts = 0;
  private readonly counts = new Map<string, number>();

  /** From now on calls are counted anew. @param call such as `TagUser 1`; absent: nothing happens */
  next(call = "", fault = ""): void {
    this.asked.length = 0;
    this.counts.clear();
    this.attempts = 0;
    this.target = call;
    this.fault = faults[fault] ?? (() => undefined);
  }

  meddle(asked: Asked): Meddling {
    const [action, nth] = this.target.split(" ");
    if (asked.action === action && this.attempts > 0) {
      // Tries of the same call follow one another.
      return this.fault(asked, ++this.attempts);
    }
    const count = (this.counts.get(asked.action) ?? 0) + 1;
    this.counts.set(asked.action, count);
    this.asked.push(`${asked.action} ${count}`);
    return asked.action === action && String(count) === nth ? this.fault(asked, ++this.attempts) : undefined;
  }
}
