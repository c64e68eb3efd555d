import { type PlannedCall } from "../../evidence/planned-call";
import { type Found } from "./model";

/** Calls that belong together: the later ones are made only when those before them were. */
export type Sequence = PlannedCall[];

/**
 * What stops the damage and destroys no evidence: instances get a snapshot and are stopped, keys become Inactive. Only
 * what an event of the identity accounts for; nothing is ever terminated or deleted.
 *
 * @param incident for the snapshots' tags
 * @param keep key of whoever runs this, and of the subject, which `contain` takes care of
 * @param since what was made before is the owner's own work, and left alone. Default: nothing is
 */
export function planSweep(
  found: readonly Found[],
  incident: string,
  keep: readonly string[],
  since?: Date,
): Sequence[] {
  return found
    .filter(({ unattributed, state }) => unattributed !== true && state === "exists")
    .filter(({ time }) => since === undefined || Date.parse(time) >= since.getTime())
    .flatMap((each) => {
      if (each.kind === "instance" && each.untouched === undefined && /^(running|pending)$/.test(each.detail)) {
        return [stop(each, incident)];
      }
      return each.kind === "access key" && each.detail === "Active" && !keep.includes(each.id)
        ? [[deactivate(each)]]
        : [];
    });
}

/**
 * Things that a sweep would change by its last look, but not by its first one, on which its calls are based: often because
 * the first look failed. They say so in `untouched`.
 *
 * @param now of the last look, the same things
 * @param first of the look before the changes
 * @param plan what a sweep does with these things
 */
export function withMissed(
  now: readonly Found[],
  first: readonly Found[],
  plan: (found: readonly Found[]) => Sequence[],
): Found[] {
  const planned = new Set(first.filter((each) => plan([each]).length > 0).map(keyOf));
  const details = new Map(first.map((each) => [keyOf(each), each.detail]));
  return now.map((each) => {
    const key = keyOf(each);
    if (planned.has(key) || plan([each]).length === 0) return each;
    const before = details.get(key) ?? "it was not found";
    return {
      ...each,
      untouched: `nothing was done to it; the look before the changes said: ${before}. Run the sweep again`,
    };
  });
}

function keyOf({ kind, id, of = "", region }: Found): string {
  return JSON.stringify([kind, id, of, region]);
}

function stop({ id, region, cost = "" }: Found, incident: string): Sequence {
  const tags = [{ Key: "baseline:incident", Value: incident }];
  const instances = { InstanceIds: [id] };
  return [
    {
      service: "ec2",
      action: "CreateSnapshots",
      region,
      parameters: {
        InstanceSpecification: { InstanceId: id },
        Description: `Evidence of ${id} before it was stopped`,
        TagSpecifications: [{ ResourceType: "snapshot", Tags: tags }],
      },
      why: `keeps the disks of ${id} as they are`,
      noUndo: "snapshots are kept as evidence, and cost by the gigabyte until somebody deletes them",
    },
    {
      service: "ec2",
      action: "StopInstances",
      region,
      parameters: instances,
      why: `${id} (${cost}) computes no more; its memory and instance store volumes are lost, its EBS volumes kept`,
      undo: { service: "ec2", action: "StartInstances", region, parameters: instances, why: `starts ${id} again` },
    },
  ];
}

function deactivate({ id, of = "" }: Found): PlannedCall {
  const parameters = (Status: string) => ({ UserName: of, AccessKeyId: id, Status });
  return {
    service: "iam",
    action: "UpdateAccessKey",
    parameters: parameters("Inactive"),
    why: `${id} of ${of} was made by the identity, and works no more`,
    undo: { service: "iam", action: "UpdateAccessKey", parameters: parameters("Active"), why: `${id} works again` },
    absentIsDone: true,
  };
}
