import { tell, type Terminal } from "../../common/terminal";
import { type Identity } from "../aws/identity";
import { type Anchor } from "../evidence/anchor/anchor";
import { type EvidenceEntry, type EvidenceInput } from "../evidence/entry";
import { type Evidence, openEvidence } from "../evidence/evidence";
import { recordIdentity } from "../evidence/same-account";
import { requireSameSubject } from "./folder";
import { SUBJECT } from "./marks";
import { type Named } from "./request";
import { type Subject } from "./subject";

/**
 * The evidence of a run. A new incident is in memory until the subject is known, so that a run which ends before that leaves
 * no folder. Nothing is changed in an account before.
 */
export class Notebook {
  private evidence: Evidence | undefined;
  private readonly waiting: EvidenceInput[] = [];

  constructor(
    private readonly step: string,
    private readonly identity: Identity | undefined,
    private readonly terminal: Pick<Terminal, "output">,
    private readonly anchor?: Anchor,
  ) {}

  /** Absent while nothing is on disk. */
  get folder(): string | undefined {
    return this.evidence?.folder;
  }

  /** @throws what `openEvidence` and `recordIdentity` throw */
  async open(folder: string): Promise<Evidence> {
    const evidence = await openEvidence(folder);
    this.evidence = evidence;
    if (this.identity) {
      await recordIdentity(evidence, this.step, this.identity);
    }
    this.anchor?.begin(evidence, this.step);
    return evidence;
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
      tell(`Evidence: ${folder}, ${entries} line(s), the last ${head}`, this.terminal.output);
      this.evidence.close();
    }
  }
}
