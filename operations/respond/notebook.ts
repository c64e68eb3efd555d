import { type BaselineError } from "../../common/errors";
import { tell, type Terminal } from "../../common/terminal";
import { type Identity } from "../../aws/identity";
import { type Anchor } from "../evidence/anchor/anchor";
import { type EvidenceEntry, type EvidenceInput } from "../evidence/entry";
import { type Evidence, openEvidence } from "../evidence/evidence";
import { recordIdentity } from "../evidence/same-account";
import { requireSameSubject } from "./folder";
import { SUBJECT } from "./marks";
import { type Named } from "./request";
import { type Subject } from "./subject";
import { hasEvidence, isUnwritable, standIn } from "./unrecorded";

/**
 * The evidence of a run. A new incident is in memory until the subject is known, so that a run which ends before that leaves
 * no folder. Nothing is changed in an account before.
 */
export class Notebook {
  private evidence: Evidence | undefined;
  private removeStandIn: (() => void) | undefined;
  private readonly waiting: EvidenceInput[] = [];

  constructor(
    private readonly step: string,
    private readonly identity: Identity | undefined,
    private readonly terminal: Pick<Terminal, "output">,
    private readonly anchor?: Anchor,
    /** What the step can do where its folder cannot be written to: nothing, read the account, or read old evidence too. */
    private readonly without?: "account" | "evidence",
  ) {}

  /** False where the folder cannot be written to, and the run goes on without it. */
  get isRecorded(): boolean {
    return this.removeStandIn === undefined;
  }

  /** Absent while nothing is on disk. */
  get folder(): string | undefined {
    return this.evidence?.folder;
  }

  /** @throws what `openEvidence` and `recordIdentity` throw */
  async open(folder: string): Promise<Evidence> {
    const evidence = await this.opened(folder);
    this.evidence = evidence;
    if (this.identity) {
      await recordIdentity(evidence, this.step, this.identity);
    }
    if (this.isRecorded) {
      this.anchor?.begin(evidence, this.step);
    }
    return evidence;
  }

  private async opened(folder: string): Promise<Evidence> {
    try {
      return await openEvidence(folder);
    } catch (error) {
      const can = this.without === "account" || (this.without === "evidence" && hasEvidence(folder));
      if (!can || !isUnwritable(error)) {
        throw error;
      }
      const instead = standInOr(folder, error);
      this.removeStandIn = instead.remove;
      const [why = ""] = error.message.split("\n");
      tell(`${why} This run changes nothing, so it goes on; nothing of it is recorded.`, this.terminal.output);
      return openEvidence(instead.folder);
    }
  }

  /**
   * From here on every line is on disk.
   *
   * @param named as the subject was named, where AWS said just now who it is
   * @throws BaselineError `evidence-of-another-subject`, and what `open` throws
   */
  async begin(folder: string, subject: Subject, named?: Named): Promise<Evidence> {
    const evidence = this.evidence ?? (await this.open(folder));
    await requireSameSubject(evidence, subject);
    if (named) {
      evidence.record({ step: this.step, call: SUBJECT, input: named, result: subject });
    }
    this.waiting.splice(0).forEach((entry) => evidence.record(entry));
    return evidence;
  }

  record(entry: EvidenceInput): void {
    if (!this.evidence) {
      this.waiting.push(entry);
    } else if (this.evidence.isOpen) {
      this.evidence.record(entry);
    }
  }

  async *read(): AsyncGenerator<EvidenceEntry> {
    if (this.evidence) {
      yield* this.evidence.read();
    }
  }

  /** Waits some seconds for the last anchor, and for nothing else. */
  async close(): Promise<void> {
    if (this.evidence) {
      await this.anchor?.finish();
      const { folder, entries, head } = this.evidence;
      const kept = `Evidence: ${folder}, ${entries} line(s), the last ${head}`;
      tell(this.isRecorded ? kept : "There is no evidence of this run.", this.terminal.output);
      this.evidence.close();
      this.removeStandIn?.();
    }
  }
}

/** @throws `error` where no other folder can be written to */
function standInOr(folder: string, error: BaselineError): ReturnType<typeof standIn> {
  try {
    return standIn(folder);
  } catch {
    throw error;
  }
}
