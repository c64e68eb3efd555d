import { type Identity } from "../../../aws/identity";
import { type EvidenceEntry } from "../../evidence/entry";
import { IDENTITY } from "../../evidence/same-account";
import { type EvidenceState } from "../../evidence/state";
import { type Item } from "../recover/checklist";
import { ABOUT_TO, CHANGED, OUTCOME, READ_BACK, SUBJECT } from "../marks";
import { type ReadBack, readBackWords, settled, type WriteState } from "../../../aws/write-state";
import { nameOfCall, type PlannedCall } from "../../evidence/planned-call";
import { type QuietRun, type ReportedRun, Runs } from "./report-runs";
import { type Subject } from "../subject";
import { KnownLeft } from "../sweep/left";
import { type Removal } from "../sweep/removal";

/** Something that was changed in the account, or was to be. */
export interface ReportedChange {
  time: string;
  step: string;
  call: string;
  why: string;
  /** `unknown` as well when whoever sent it ended before the answer came. */
  state: WriteState;
  reason?: string;
  /** ARN of who did it, as far as the evidence says. */
  by: string;
}

/** An incident, as far as its evidence tells it. */
export interface Incident {
  subject?: Subject;
  from?: string;
  to?: string;
  /** When the first change that shut something was done; tags shut nothing. */
  contained?: string;
  /** Why that is not the whole truth. */
  containedBut?: "in part" | "taken back";
  callers: string[];
  /** Whose account it is, as the evidence begins. */
  identity?: Identity;
  changes: ReportedChange[];
  /** Runs in full. */
  steps: ReportedRun[];
  /** Runs that changed nothing. */
  quiet: QuietRun[];
  /** What the last sweep left, and how to close or remove it. */
  left?: { time: string; removals: Removal[] };
  checklist: Item[];
  /** How often each call was made, and how often it failed. */
  calls: { call: string; times: number; failed: number }[];
  verification: EvidenceState;
}

/** Sums the evidence of an incident up, an entry at a time. */
export class IncidentSum {
  private subject?: Subject;
  private from?: string;
  private to?: string;
  private identity?: Identity;
  private caller = "";
  private readonly callers = new Set<string>();
  private readonly changes = new Map<number, ReportedChange>();
  private readonly runs = new Runs();
  private readonly left = new KnownLeft();
  private readonly calls = new Map<string, { times: number; failed: number }>();
  private checklist: Item[] = [];

  add(entry: EvidenceEntry): void {
    const { n, time, step, call, input, result, error } = entry;
    this.from ??= time;
    this.to = time;
    if (call === IDENTITY) {
      this.by((result as Identity).callerArn);
      this.identity ??= result as Identity;
    } else if (call === SUBJECT) {
      this.subject = result as Subject;
    } else if (call === OUTCOME) {
      this.outcome(entry);
    } else if (call === ABOUT_TO) {
      const planned = input as PlannedCall;
      const { why } = planned;
      this.changes.set(n, { time, step, call: nameOfCall(planned), why, state: "unknown", by: this.caller });
    } else if (call === CHANGED) {
      const change = this.changes.get((input as { intent: number }).intent);
      Object.assign(change ?? {}, result as { state: WriteState; reason?: string });
    } else if (call === READ_BACK) {
      const change = this.changes.get((input as { intent: number }).intent);
      const { found } = result as { found: ReadBack };
      if (change) {
        change.reason = [change.reason, readBackWords(found)].filter(Boolean).join(" ");
        change.state = settled(change.state, found);
      }
    } else if (call.includes(":")) {
      const sum = this.calls.get(call) ?? { times: 0, failed: 0 };
      this.calls.set(call, { times: sum.times + 1, failed: sum.failed + Number(error !== undefined) });
      const arn = call === "sts:GetCallerIdentity" ? (result as { Arn?: string } | undefined)?.Arn : undefined;
      if (arn !== undefined) {
        this.by(arn);
      }
    }
  }

  sum(verification: EvidenceState): Incident {
    const changes = [...this.changes.values()];
    const shutting = changes.filter(({ step, call }) => step === "contain" && !/:Tag/.test(call));
    const contained = shutting.find(({ state }) => state === "done")?.time;
    const last = new Map(shutting.map(({ call, why, state }) => [`${call} ${why}`, state]));
    const takenBack = changes.findLastIndex(
      ({ step, call, state }) => step === "undo" && !/:(Un)?[Tt]ag/.test(call) && state !== "failed",
    );
    const containedBut =
      takenBack > changes.findLastIndex((each) => shutting.includes(each) && each.state === "done")
        ? "taken back"
        : [...last.values()].some((state) => state !== "done" && state !== "absent")
          ? "in part"
          : undefined;
    return {
      ...(this.subject && { subject: this.subject }),
      ...(this.from !== undefined && { from: this.from }),
      ...(this.to !== undefined && { to: this.to }),
      ...(contained !== undefined && { contained, ...(containedBut && { containedBut }) }),
      callers: [...this.callers],
      ...(this.identity && { identity: this.identity }),
      changes,
      ...this.runs.sum(),
      ...(this.left.removals && { left: this.left.removals }),
      checklist: this.checklist,
      calls: [...this.calls].map(([call, sum]) => ({ call, ...sum })).sort((a, b) => (a.call < b.call ? -1 : 1)),
      verification,
    };
  }

  private by(arn: string): void {
    this.caller = arn;
    this.callers.add(arn);
  }

  private outcome(entry: EvidenceEntry): void {
    const { step, result } = entry;
    if (step === "report") {
      return;
    }
    this.runs.add(entry);
    this.left.add(entry);
    const items = (result as { json?: { items?: Item[] } } | undefined)?.json?.items;
    if (step === "recover" && items) {
      this.checklist = items;
    }
  }
}
