import { basename } from "node:path";
import { type CallResult, applyCalls } from "../../evidence/apply";
import { type ContainPlan, planContainment } from "./plan";
import { containText, exitCodeOf, outcomeJson } from "./words";
import { lockedOut, locksOut, maybeLocksOut } from "./lock-out";
import { callerOf } from "../caller";
import { principalOf } from "../principal";
import { type StepContext, type StepOutcome } from "../step";
import { undo } from "./undo";
import { requireChangeable } from "./unchangeable";

/**
 * Makes credentials useless, reversibly: key Inactive, older sessions revoked, everything denied, tagged with the
 * incident. Shows the calls; makes them with `apply`.
 *
 * IAM actions: `iam:GetUser`, `ListAccessKeys`, `ListServiceSpecificCredentials`, `ListSSHPublicKeys`,
 * `ListSigningCertificates`, `GetLoginProfile`, `ListMFADevices`, `ListAttachedUserPolicies`, `GetUserPolicy` (`GetRole`,
 * `GetRolePolicy`); to apply `iam:UpdateAccessKey`, `UpdateServiceSpecificCredential`, `UpdateSSHPublicKey`,
 * `UpdateSigningCertificate`, `PutUserPolicy`, `TagUser`, `DeleteLoginProfile` (`PutRolePolicy`, `TagRole`).
 * @throws BaselineError `cannot-be-contained` for roles that IAM lets nobody change; `would-lock-out` when it is to apply, and the caller is who is contained
 */
export async function contain(context: StepContext): Promise<StepOutcome> {
  if (context.options.undo) {
    return undo(context);
  }
  const { subject, options, aws, apply, folder } = context;
  const caller = await callerOf(aws);
  const oneself = locksOut(caller, subject);
  if (oneself && apply && !options.evenMe) {
    throw lockedOut(caller, subject);
  }
  context.say(`looking at ${subject.kind} ${subject.name}`);
  const state = await principalOf(aws, subject, options.prefix);
  requireChangeable(subject, state.arn);
  const now = context.now();
  const since = await begunAt(context, now);
  const plan = planContainment(subject, state, { ...options, incident: basename(folder), since }, now);
  if (oneself) {
    plan.notes.unshift(
      "You are who this contains: it would lock you out, so --apply is refused. Run it as somebody else.",
    );
  }
  const doubt = oneself ? undefined : maybeLocksOut(caller, subject);
  if (doubt !== undefined) {
    plan.notes.unshift(doubt);
  }
  const results = apply ? await applyCalls(context, "contain", ordered(plan, oneself)) : undefined;
  return outcome(plan, state.problems, results, context);
}

async function begunAt({ evidence }: StepContext, now: Date): Promise<string> {
  for await (const { time } of evidence.read()) {
    // By AWS's clock, as everything it is compared with.
    return new Date(Date.parse(time) + now.getTime() - Date.now()).toISOString();
  }
  return now.toISOString();
}

/** Whoever locks himself out does it last. */
function ordered({ calls }: ContainPlan, oneself: boolean): ContainPlan["calls"] {
  const shutting = (action: string) => Number(/^(Put\w+Policy|UpdateAccessKey)$/.test(action));
  return oneself ? [...calls].sort((a, b) => shutting(a.action) - shutting(b.action)) : calls;
}

function outcome(
  plan: ContainPlan,
  problems: string[],
  results: CallResult[] | undefined,
  context: StepContext,
): StepOutcome {
  return {
    exitCode: exitCodeOf(results, context.signal),
    text: containText(context.subject, plan, problems, results),
    json: { ...outcomeJson(plan.calls, results), holds: plan.holds, notes: plan.notes, problems },
  };
}
