import { type AwsClients } from "../../../aws/clients";
import { gatherInto } from "./gather-into";
import { gatheredLately, gatheringIn } from "./manifest";
import { type Gathered, type GatherOptions, type GatherRequest } from "./model";
import { hasRefused, REOPENED_FOR } from "./notes";
import { regionsOf } from "../../../aws/regions-to-ask";

/**
 * Gathers a suspect's events of every region at once, onto disk: CloudTrail's event history, and a trail's log files
 * where a bucket is given. A run that is stopped goes on where it was when it is asked the same again. One that ended
 * lately and was refused somewhere is asked for that first: if somebody has allowed it meanwhile, nothing else is asked.
 *
 * @param parent folder for this and other gatherings
 * @throws BaselineError when not even the list of regions can be had; whatever fails later stands in `lanes`
 */
export async function gather(
  aws: AwsClients,
  request: GatherRequest,
  parent: string,
  options: GatherOptions = {},
): Promise<Gathered> {
  const now = new Date();
  const { notOlder = 0, onProgress } = options;
  const isGoodEnough = gatheredLately(parent, request, now, notOlder);
  if (isGoodEnough && !hasRefused(isGoodEnough.gathered.lanes)) {
    return isGoodEnough.gathered;
  }
  onProgress?.("asking which regions there are");
  const found = request.regions ? { enabled: request.regions, notEnabled: [] } : await regionsOf(aws);
  const refused = isGoodEnough ?? gatheredLately(parent, request, now, REOPENED_FOR);
  if (refused && hasRefused(refused.gathered.lanes)) {
    const again = await gatherInto(refused.gathering, aws, request, found, options);
    // Where nothing was allowed meanwhile, what is new elsewhere must not be kept from whoever asks for it.
    if (isGoodEnough || hasMore(again, refused.gathered)) {
      return again;
    }
  }
  return gatherInto(gatheringIn(parent, request, now), aws, request, found, options);
}

/** A lane is further than before, or something has to be gone on with. */
function hasMore(now: Gathered, before: Gathered): boolean {
  const done = ({ lanes }: Gathered) => lanes.filter(({ state }) => state === "complete").length;
  return now.resumable || now.events > before.events || done(now) > done(before);
}
