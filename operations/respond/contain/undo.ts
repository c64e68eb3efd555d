import { FIX_STEP } from "../../watch/audit/fix/model";
import { type EvidenceEntry } from "../../evidence/entry";
import { requireIntact } from "../../evidence/intact";
import { isSettled, mayBeMade, type ReadBack, settled, type WriteState } from "../../../aws/write-state";
import { applyCalls, type CallResult } from "../../evidence/apply";
import { exitCodeOf, listed, outcomeJson, whatWasDone, whatWouldBe } from "./words";
import { ABOUT_TO, CHANGED, READ_BACK } from "../marks";
import { nameOfCall, type PlannedCall } from "../../evidence/planned-call";
import { withProvenUndo } from "./proven-undo";
import { type StepContext, type StepOutcome } from "../step";
import { type Subject } from "../subject";

/**
 * Takes back what `contain` did or may have done, the last first, as the evidence has it. The tags that say so go last, and
 * only when nothing else of it is left. Shows the calls; makes them with `apply`.
 *
 * @throws BaselineError `evidence-file-changed`
 */
export async function undo(context: StepContext): Promise<StepOutcome> {
  await requireIntact(context.evidence);
  const entries: EvidenceEntry[] = [];
  for await (const entry of context.evidence.read()) {
    if (steps.includes(entry.step)) {
      entries.push(entry);
    }
  }
  const planned = planUndo(withProvenUndo(entries));
  const { calls, cannot } = ofSubject(planned, context.subject);
  const results = context.apply ? await applyInTurn(context, calls, planned.cannot.length > 0) : undefined;
  const title = "Undo";
  const text = [
    ...(results ? whatWasDone(title, results) : whatWouldBe(title, calls)),
    ...listed("Cannot be taken back:", cannot),
  ].join("\n");
  const json = { ...outcomeJson(calls, results), cannot };
  return { exitCode: exitCodeOf(results, context.signal), text, json };
}

/** Steps whose changes are taken back. What `audit --fix` did to the user's keys is of the same kind. */
const steps = ["contain", "undo", FIX_STEP];

async function applyInTurn(
  context: StepContext,
  calls: readonly PlannedCall[],
  somethingStays: boolean,
): Promise<CallResult[]> {
  const results = await applyCalls(
    context,
    "undo",
    calls.filter((each) => !isMark(each)),
  );
  const marks = calls.filter(isMark);
  if (!somethingStays && results.every(({ state }) => isSettled(state))) {
    return [...results, ...(await applyCalls(context, "undo", marks))];
  }
  const reason = "Something of the containment is left; the tags that say so stay with it.";
  return [...results, ...marks.map((call): CallResult => ({ call, state: "not tried", reason }))];
}

function isMark({ action }: PlannedCall): boolean {
  return /^(Tag|Untag)(User|Role)$/.test(action);
}

/** Evidence can be about several, and a file can be written by anybody: only what containment itself would take back. */
export function ofSubject(
  { calls, cannot }: { calls: PlannedCall[]; cannot: string[] },
  { kind, name }: Pick<Subject, "kind" | "name">,
): { calls: PlannedCall[]; cannot: string[] } {
  const whose = ({ parameters: { UserName, RoleName } }: PlannedCall) => (kind === "user" ? UserName : RoleName);
  const isHis = (call: PlannedCall) => {
    const found = whose(call);
    return typeof found === "string" && found.toLowerCase() === name.toLowerCase();
  };
  const foreign = calls.filter((call) => !isHis(call) || !isOurs(call));
  return {
    calls: calls.filter((call) => !foreign.includes(call)),
    cannot: [
      ...cannot,
      ...foreign.map((call) => {
        const who = String(call.parameters["UserName"] ?? call.parameters["RoleName"]);
        return isOurs(call)
          ? `${nameOfCall(call)}: it is about ${who}, not about ${name}; undo it there.`
          : `${nameOfCall(call)} of ${who}: no way back that containment writes; look who wrote it into the evidence.`;
      }),
    ],
  };
}

function isOurs({ service, action, parameters }: PlannedCall): boolean {
  const policy = /^(Delete|Put)(User|Role)Policy$/.test(action);
  return (
    service === "iam" &&
    (policy
      ? /-respond-(deny|revoke-sessions)$|^AWSRevokeOlderSessions$/.test(String(parameters["PolicyName"]))
      : /^(Tag|Untag)(User|Role)$|^Update(AccessKey|ServiceSpecificCredential|SSHPublicKey|SigningCertificate)$/.test(
          action,
        ))
  );
}

interface Change {
  call: PlannedCall;
  state: WriteState;
}

/**
 * What has to be called to take back the changes of the evidence: those that were made, and those of which nobody knows,
 * because no answer came or whatever made them ended in the middle.
 */
export function planUndo(entries: readonly EvidenceEntry[]): { calls: PlannedCall[]; cannot: string[] } {
  const made = new Map<string, Change>();
  for (const { step, call, n } of changesOf(entries)) {
    const state = stateOf(entries, n);
    if (step === "undo") {
      // Its own parameters are those of the undo that the change had; what is not sure to be done is to be done again.
      [...made].forEach(([key, change]) => {
        if (isSettled(state) && change.call.undo && keyOf(change.call.undo) === keyOf(call)) made.delete(key);
      });
      continue;
    }
    if (!mayBeMade(state)) {
      continue;
    }
    // Done twice (--revoke-again), the way back is the first one's.
    const before = made.get(targetOf(call));
    made.set(targetOf(call), { call: before ? wayBackOf(before.call, call) : call, state });
  }
  const all = [...made.values()].reverse();
  const changes = [...all.filter(({ call }) => !isMark(call)), ...all.filter(({ call }) => isMark(call))];
  return {
    calls: changes.flatMap(({ call }) => (call.undo ? [{ ...call.undo, absentIsDone: true }] : [])),
    cannot: changes.flatMap(({ call }) => (call.undo ? [] : [`${nameOfCall(call)}: ${call.noUndo ?? "no way back"}`])),
  };
}

function wayBackOf({ undo, noUndo }: PlannedCall, { undo: _, noUndo: __, ...call }: PlannedCall): PlannedCall {
  return { ...call, ...(undo && { undo }), ...(noUndo !== undefined && { noUndo }) };
}

function changesOf(entries: readonly EvidenceEntry[]) {
  return entries.flatMap(({ step, call, n, input }) =>
    call === ABOUT_TO ? [{ step, n, call: input as PlannedCall }] : [],
  );
}

function stateOf(entries: readonly EvidenceEntry[], n: number): WriteState {
  const of = <T>(mark: string) =>
    entries.find((each) => each.call === mark && (each.input as { intent?: number }).intent === n)?.result as
      T | undefined;
  return settled(of<{ state: WriteState }>(CHANGED)?.state ?? "unknown", of<{ found: ReadBack }>(READ_BACK)?.found);
}

function keyOf({ service, action, parameters }: Pick<PlannedCall, "service" | "action" | "parameters">): string {
  return JSON.stringify([service, action, parameters]);
}

/** What a call is about, whatever it makes of it. */
function targetOf({ service, action, parameters }: PlannedCall): string {
  const target = Object.entries(parameters).filter(([name]) => !/^(Status|PolicyDocument|Tags|TagKeys)$/.test(name));
  return JSON.stringify([service, action, target]);
}
