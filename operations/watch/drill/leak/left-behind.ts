import { type User } from "@aws-sdk/client-iam";
import { type AwsClients } from "../../../../aws/clients";
import { ask } from "../../../../aws/ask";
import { pages } from "../../../../aws/attempt";
import { drillPath, drillTag, drillUserStart } from "./user-names";

/** Throw-away users of other drills. */
export interface OtherDrills {
  /** Names of those whose drill is over: it crashed, or was killed. */
  leftBehind: string[];
  /** Names of those whose drill may be running now. */
  running: string[];
}

/** Looks for throw-away users by path, name and tag; who lacks one of the three is somebody else. */
export async function otherDrills(
  clients: AwsClients,
  region: string,
  namePrefix: string,
  now: Date,
): Promise<OtherDrills> {
  const iam = clients.iam(region);
  const users = await pages<User>(async (Marker) => {
    const { Users, Marker: next } = await ask("iam:ListUsers", region, () =>
      iam.listUsers({ PathPrefix: drillPath, Marker }),
    );
    return { items: Users, next };
  });
  const found: OtherDrills = { leftBehind: [], running: [] };
  for (const { UserName: name = "" } of users) {
    if (!name.startsWith(drillUserStart(namePrefix))) {
      continue;
    }
    const { Tags = [] } = await ask("iam:ListUserTags", region, () => iam.listUserTags({ UserName: name }));
    const until = Date.parse(Tags.find(({ Key }) => Key === drillTag)?.Value ?? "");
    if (!Number.isNaN(until)) {
      (until < now.getTime() ? found.leftBehind : found.running).push(name);
    }
  }
  return found;
}
