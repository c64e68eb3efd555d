import { type AwsClients } from "../../../aws/clients";
import { BaselineError } from "../../../common/errors";
import { tell, type Terminal } from "../../../common/terminal";
import { ask, awsErrorName } from "../../../aws/ask";
import { type BucketPlace, bucketPlaceOf } from "../../../aws/bucket-name";
import { type AwsSession } from "../../../aws/session";
import { mayHaveHappened } from "../../../aws/unanswered";
import { type Evidence } from "../evidence";
import { keyOfAnchor, keyPrefix, nameOfPlace } from "./keys";

/** What the line is called that says where the last hashes of a run are put. */
export const ANCHORED_IN = "anchored in";
/** What the line is called that says why lines have no anchor. */
export const NOT_ANCHORED = "not anchored";

/** Milliseconds between two anchors of one run, at least. */
const PACE = 2000;
/** Milliseconds that a run waits for its last anchor. */
const PATIENCE = 10_000;
/** After so many failures the end of the run tries once more, and nothing before. */
const FAILURES = 3;

export interface AnchorOptions {
  place: BucketPlace;
  /** Whose evidence it is. */
  accountId: string;
  /** Clients whose calls are no lines of the evidence, and end when the signal is aborted. */
  clients: (signal: AbortSignal) => AwsClients;
  /** Where it is said what came of it. */
  terminal: Pick<Terminal, "output">;
  /** Milliseconds. Default: 2000 and 10000 */
  pace?: number;
  patience?: number;
}

/**
 * Puts the last hash of the chain into a bucket with Object Lock while a run writes, and once more at its end. Nothing
 * waits for it before that. A failure is a line of the evidence, and ends nothing.
 *
 * IAM actions: `s3:PutObject`, `s3:GetBucketObjectLockConfiguration`, and `s3:GetObject` to look after a lost answer.
 */
export class Anchor {
  private readonly end = new AbortController();
  private readonly aws: AwsClients;
  private evidence: Evidence | undefined;
  private step = "";
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private failures = 0;
  private isLockKnown = false;
  /** The last line whose hash is in the bucket; 0 while there is none. */
  private line = 0;

  constructor(private readonly options: AnchorOptions) {
    this.aws = options.clients(this.end.signal);
  }

  /** @throws BaselineError `evidence-not-written` */
  begin(evidence: Evidence, step: string): void {
    evidence.record({ step, call: ANCHORED_IN, result: this.options.place });
    [this.evidence, this.step] = [evidence, step];
    this.timer = setInterval(() => this.tick(evidence), this.options.pace ?? PACE).unref();
    this.tick(evidence);
  }

  /** Puts the last hash there, and says what came of it. Takes no longer than ten seconds, and throws nothing. */
  async finish(): Promise<void> {
    clearInterval(this.timer);
    const { evidence } = this;
    if (!evidence?.isOpen) {
      return;
    }
    const timer = setTimeout(() => this.end.abort(), this.options.patience ?? PATIENCE);
    const stopped = new Promise<never>((_, reject) => {
      this.end.signal.addEventListener("abort", () => reject(new Error("it took too long")), { once: true });
    });
    const last = evidence.entries;
    try {
      await Promise.race([this.put(evidence), stopped]);
      tell(
        `Anchored: lines 1 to ${last} of the evidence, in ${nameOfPlace(this.options.place)}`,
        this.options.terminal.output,
      );
    } catch (error) {
      this.sayFailure(evidence, last, error);
    } finally {
      clearTimeout(timer);
      this.end.abort();
    }
  }

  private tick(evidence: Evidence): void {
    if (this.running || this.failures >= FAILURES || !evidence.isOpen || evidence.entries === this.line) {
      return;
    }
    this.running = this.put(evidence)
      .catch(() => void (this.failures += 1))
      .finally(() => (this.running = undefined));
  }

  private async put(evidence: Evidence): Promise<void> {
    const { place, accountId } = this.options;
    const { entries: line, head, first, folder } = evidence;
    const region = this.aws.defaultRegion;
    await this.requireLock();
    const request = { Bucket: place.name, Key: keyOfAnchor(keyPrefix(place, accountId, first), line, head) };
    // The key says it all; the text is for people who find the object.
    const Body = `${JSON.stringify({ account: accountId, evidence: folder, line, sha256: head })}\n`;
    const more = { Body, ContentType: "application/json", IfNoneMatch: "*" };
    try {
      const { ETag } = await ask("s3:PutObject", region, () => this.aws.s3().putObject({ ...request, ...more }));
      if (ETag === undefined && !(await this.has(request))) {
        throw new Error("S3 did not say that it has it");
      }
    } catch (error) {
      // The object of this key says the same, whoever put it there: a try before this one, whose answer was lost.
      const mayBeThere = awsErrorName(error) === "PreconditionFailed" || mayHaveHappened(error);
      if (!mayBeThere || !(await this.has(request))) {
        throw error;
      }
    }
    this.line = Math.max(this.line, line);
  }

  private async has(request: { Bucket: string; Key: string }): Promise<boolean> {
    return this.aws
      .s3()
      .headObject(request)
      .then(
        () => true,
        () => false,
      );
  }

  /** What can be deleted again proves less than it seems to. Where nobody may look, `verify` shows it. */
  private async requireLock(): Promise<void> {
    if (this.isLockKnown) {
      return;
    }
    const { name: Bucket } = this.options.place;
    const locked = await ask("s3:GetBucketObjectLockConfiguration", this.aws.defaultRegion, () =>
      this.aws.s3().getObjectLockConfiguration({ Bucket }),
    ).then(
      ({ ObjectLockConfiguration: found }) => found?.Rule?.DefaultRetention !== undefined,
      (error: unknown) => {
        if (awsErrorName(error) === "ObjectLockConfigurationNotFoundError") {
          return false;
        }
        if (error instanceof BaselineError && error.code === "access-denied") {
          return true;
        }
        if (awsErrorName(error) === "NoSuchBucket") {
          throw new BaselineError(
            "no-anchor-bucket",
            `There is no bucket ${Bucket}; --anchor names it.`,
            "Name a bucket that exists: docs/respond.md.",
          );
        }
        throw error;
      },
    );
    if (!locked) {
      throw new BaselineError(
        "anchor-not-locked",
        `The bucket ${Bucket} has no Object Lock with a default retention, so an anchor in it could be deleted.`,
        "Name a bucket that has both: docs/respond.md.",
      );
    }
    this.isLockKnown = true;
  }

  private sayFailure(evidence: Evidence, last: number, error: unknown): void {
    const { code, message } = error instanceof BaselineError ? error : { code: "failed", message: String(error) };
    const [reason = ""] = message.replace(/^Error: /, "").split("\n");
    try {
      evidence.record({
        step: this.step,
        call: NOT_ANCHORED,
        input: { from: this.line + 1, to: last, place: this.options.place },
        error: { code, message: reason },
      });
    } catch {
      // What keeps the evidence from being written is said by the step itself.
    }
    tell(
      `Not anchored in ${nameOfPlace(this.options.place)}: lines ${this.line + 1} to ${last} of the evidence. ${reason.replace(/\.?$/, ".")} The evidence itself is written, and nothing else was stopped by this. The next step with --anchor anchors them.`,
      this.options.terminal.output,
    );
  }
}

/** @param said what `--anchor` says. Absent: no anchor */
export function anchorOf(
  session: Pick<AwsSession, "identity" | "clientsWith">,
  said: string | undefined,
  terminal: Pick<Terminal, "output">,
): Anchor | undefined {
  return said === undefined
    ? undefined
    : new Anchor({
        place: bucketPlaceOf("--anchor", said),
        accountId: session.identity.accountId,
        // The limit for reading must not end it, and it must not lift that limit.
        clients: (signal) => session.clientsWith(signal, null),
        terminal,
      });
}
