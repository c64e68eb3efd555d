import { controls } from "../../components/controls";
import { folderOf } from "../../components/foundation/control";
import { type Evidence, type Verifier, type VerifyScope } from "../../components/foundation/verify/verifier";

export interface ControlEvidence {
  /** Class of the control, such as `AuditTrail`. */
  control: string;
  holds: boolean;
  evidence: Evidence[];
}

/**
 * What reads a control back: `verify` in `verify.ts` of its folder. It is found by the folder's name, and no control
 * imports it, because the program, and Pulumi's analysis of the components, must not load the AWS SDK.
 *
 * @param id of the control, such as `AuditTrail`
 */
export function verifierOf(id: string): Verifier {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require(`../../components/${folderOf(id)}/verify`) as { verify: Verifier }).verify;
}

/**
 * Asks AWS, control by control, whether the account is what the baseline promises. Reads only, and reads nothing of
 * Pulumi's state: what AWS does not say did not happen. What cannot be read does not hold.
 */
export async function verify(scope: VerifyScope): Promise<ControlEvidence[]> {
  const results: ControlEvidence[] = [];
  for (const { id: control } of controls) {
    const evidence = await verifierOf(control)(scope).catch((error: unknown) => [
      { holds: false, says: `could not be read: ${(error as Error).message}` },
    ]);
    results.push({ control, holds: evidence.length > 0 && evidence.every(({ holds }) => holds), evidence });
  }
  return results;
}
