import { type AwsClients } from "../../../aws/clients";
import { type Observation } from "../../../common/observation";
import { globalRegion } from "../../../components/foundation/partition";
import { type ExportedResource } from "../../../engine/host";
import { unwrap } from "../../../common/properties";
import { accountOf } from "../../../engine/pulumi/state-account";
import { survey } from "../../account/survey/survey";
import { childrenBeside, type Known } from "./children";
import { type LeftAlone } from "./left-alone";
import { type DriftItem } from "./model";
import { membershipType, unmanagedIn, unmanagedKinds, untold, userType } from "./unmanaged";
import { doubt } from "./doubt";

export interface BesideRequest extends LeftAlone {
  regions?: string[];
  onProgress?: (text: string) => void;
}

export interface Beside {
  items: DriftItem[];
  /** In sentences. */
  notes: string[];
}

/**
 * Looks for what the account has and the program does not manage: things of their own, and what hangs on the program's
 * resources. A look that could not be made is an item whose state is unknown.
 */
export async function lookBeside(
  aws: AwsClients,
  state: ExportedResource[],
  observations: Observation[],
  request: BesideRequest,
): Promise<Beside> {
  const { regions, onProgress } = request;
  onProgress?.("looking for what the program does not manage");
  try {
    const found = await survey(aws, {
      kinds: [...unmanagedKinds],
      ...(regions && { regions }),
      ...(onProgress && { onProgress: (text: string) => onProgress(`looking beside the program: ${text}`) }),
    });
    const own = accountOf(state);
    if (own !== undefined && own !== found.accountId) {
      return { items: [notLookedAt(differentAccounts(found.accountId, own))], notes: [] };
    }
    const known = knownOf(state, observations);
    const children = await childrenBeside(aws, known, {
      accountId: found.accountId,
      globalRegion: globalRegion(found.partition),
      ...(onProgress && { onProgress: (text: string) => onProgress(`looking at what hangs on resources: ${text}`) }),
    });
    const declared = known.filter(({ type }) => type !== membershipType);
    return {
      items: [...unmanagedIn(found, [...state, ...declared], request), ...untold(found, request), ...children.items],
      notes:
        children.absent.length > 0
          ? [`Not looked at, because there is no such API here: ${children.absent.join(", ")}.`]
          : [],
    };
  } catch (error) {
    const [sentence = ""] = (error as Error).message.split("\n");
    return { items: [notLookedAt(sentence)], notes: [] };
  }
}

function differentAccounts(found: string, own: string): string {
  return `The credentials are of account ${found}, and the stack is of ${own}.`;
}

/** A look that did not take place. */
export function notLookedAt(reason: string): DriftItem {
  return doubt({ control: "program", type: "account", name: "what the program does not manage", id: "", reason });
}

/** What the program wants of each resource, with what the state knows of it; of the state alone where it was not asked. */
function knownOf(state: ExportedResource[], observations: Observation[]): (Known & { gone?: boolean })[] {
  const stated = new Map(state.map((each) => [each.urn, each]));
  return observations.map((each) => {
    const { urn, type, id, region } = each;
    const { inputs = {}, outputs = {} } = stated.get(urn) ?? {};
    const gone = each.state === "deleted" || each.state === "missing";
    return {
      urn,
      type,
      id,
      ...(region !== undefined && { region }),
      inputs: unwrap(each.inputs ?? inputs),
      outputs: unwrap(outputs),
      gone,
    };
  });
}

/**
 * Whether a drift of the program is one that was found beside it: a user whom nobody put under MFA is one drift, and the
 * membership that is missing goes without saying.
 */
export function isFoundBeside({ change, urn }: DriftItem, beside: DriftItem[], observations: Observation[]): boolean {
  const membership = observations.find((each) => each.urn === urn && each.type === membershipType);
  return (
    change === "missing" &&
    membership !== undefined &&
    beside.some(({ type, name }) => type === userType && name === membership.inputs?.["user"])
  );
}
