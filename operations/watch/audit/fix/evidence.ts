import { type AwsClients } from "../../../../aws/clients";
import { type Anchor } from "../../../evidence/anchor/anchor";
import { type Evidence, openEvidence } from "../../../evidence/evidence";
import { recordedClients } from "../../../evidence/recorded-clients";
import { recordIdentity } from "../../../evidence/same-account";
import { type Account } from "../../../../aws/session";
import { FIX_STEP as step, type FixPlan, type FixResult } from "./model";
import { asCommand, undoing } from "./plan";

/**
 * Does a fix with evidence: whose account it is and the plan with the way back of each deed are on disk before the first
 * of them, every call to AWS after it was made, and what became of each.
 *
 * @throws BaselineError `evidence-of-another-account`, `evidence-not-written`, `evidence-broken`, `evidence-in-use`: nothing was changed then
 */
export async function withEvidence(
  folder: string,
  { clients, identity }: Account,
  { deeds, leftAlone }: FixPlan,
  fix: (recorded: AwsClients, evidence: Evidence) => Promise<FixResult[]>,
  anchor?: Anchor,
): Promise<FixResult[]> {
  const evidence = await openEvidence(folder);
  try {
    await recordIdentity(evidence, step, identity);
    anchor?.begin(evidence, step);
    const planned = deeds.map((deed) => ({ ...deed, command: asCommand(deed), undo: undoing(deed) }));
    evidence.record({ step, call: "planned", result: { deeds: planned, leftAlone } });
    const results = await fix(
      recordedClients(
        clients,
        (entry) => evidence.isOpen && evidence.record(entry),
        () => step,
      ),
      evidence,
    );
    const told = results.map(({ deed, ...rest }) => ({ ...deed, ...rest, undo: undoing(deed) }));
    evidence.record({ step, call: "outcome", result: told });
    return results;
  } finally {
    await anchor?.finish();
    evidence.close();
  }
}
