import { type AwsClients } from "../../../../aws/clients";
import { controlOf } from "../../../../engine/control-of";
import { Attempts } from "../../../../aws/attempt";
import { type DriftItem } from "../model";
import { detectionLooks } from "./detection";
import { identityLooks } from "./identity";
import { messageLooks } from "./messages";
import { type Child, type ChildLook, type Known, Program } from "./model";
import { storageLooks } from "./storage";
import { doubtsOn } from "../doubt";

export { type Known } from "./model";

/** Everything that is looked for on the program's resources. */
export const childLooks: readonly ChildLook[] = [...messageLooks, ...identityLooks, ...storageLooks, ...detectionLooks];

/** IAM actions it takes to look for all of it, once each. */
export const childActions: readonly string[] = [...new Set(childLooks.flatMap(({ actions }) => actions))].sort();

export interface ChildrenOptions {
  accountId: string;
  /** Of what has no region: where the partition's account-wide services are asked. */
  globalRegion: string;
  onProgress?: (text: string) => void;
}

/**
 * What hangs on the program's resources and is not in the program: no refresh and no preview can see it.
 *
 * @param known what the program declares, and what of it the account has; parents that are gone are not asked
 * @returns an item for each thing found and for each look that could not be made, and in `absent` what AWS offers nowhere
 */
export async function childrenBeside(
  aws: AwsClients,
  known: (Known & { gone?: boolean })[],
  { accountId, globalRegion, onProgress }: ChildrenOptions,
): Promise<{ items: DriftItem[]; absent: string[] }> {
  const program = new Program(known);
  const attempts = new Attempts<string>();
  const asked = childLooks.flatMap((look) => parentsOf(look, known).map((parent) => ({ look, parent })));
  let left = asked.length;
  const found = await Promise.all(
    asked.map(async ({ look, parent }) => {
      const region = parent.region ?? globalRegion;
      const children = await attempts.one(look.what, region, [], (call) =>
        look.find({ aws, call, region, accountId, program }, parent),
      );
      left -= 1;
      onProgress?.(`${left} of ${asked.length} lists to go`);
      return children.map((child) => itemOf(child, parent));
    }),
  );
  const absent = attempts.problems.filter(({ cause }) => cause === "unsupported").map(({ kind }) => kind);
  const unasked = attempts.problems.filter(({ cause }) => cause !== "unsupported");
  return {
    items: [...found.flat(), ...doubtsOn(unasked, () => ({ control: "program", type: "account" }))],
    absent: [...new Set(absent)].sort(),
  };
}

function parentsOf({ of, once }: ChildLook, known: (Known & { gone?: boolean })[]): Known[] {
  const there = known.filter(({ type, gone, id }) => type === of && gone !== true && id !== "");
  // The first by URN stands for its region, whatever order the engine names them in.
  const inOrder = [...there].sort((a, b) => (a.urn > b.urn ? -1 : 1));
  return once ? [...new Map(inOrder.map((each) => [each.region, each])).values()] : there;
}

function itemOf({ type, name, id, severity, means, found = {}, knownAs = [name] }: Child, parent: Known): DriftItem {
  return {
    state: "drifted",
    change: "unmanaged",
    severity,
    means,
    control: controlOf(parent.urn),
    ...(parent.region !== undefined && { region: parent.region }),
    urn: `${parent.id} ${id}`,
    type,
    name,
    id,
    differences: Object.entries(found).flatMap(([path, value]) =>
      value === undefined ? [] : [{ path, expected: undefined, found: value }],
    ),
    consequences: [],
    knownAs,
  };
}
