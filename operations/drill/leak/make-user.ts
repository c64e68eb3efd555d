import { type AwsClients } from "../../../common/aws-clients";
import { BaselineError } from "../../../common/errors";
import { ask, awsErrorName } from "../../aws/ask";
import { pause } from "./pause";
import { type LeakDrillPlan } from "./plan";
import { drillPath, drillTag } from "./user-names";

// IAM tells its servers within seconds; whoever asks the wrong one meanwhile hears that there is no such user.
const tries = 30;

/** Makes the user, without any permission. */
export async function makeUser(clients: AwsClients, plan: LeakDrillPlan): Promise<void> {
  const { user, until, globalRegion: region } = plan;
  const Tags = [{ Key: drillTag, Value: until }];
  await ask("iam:CreateUser", region, () => clients.iam(region).createUser({ UserName: user, Path: drillPath, Tags }));
}

/**
 * Makes a key for the user. The secret half is dropped where it comes in.
 *
 * @returns the key's id, once IAM lists it
 */
export async function makeKey(clients: AwsClients, plan: LeakDrillPlan): Promise<string> {
  const { user, globalRegion: region, interval } = plan;
  const iam = clients.iam(region);
  const keyId = await onceKnown(interval, () =>
    ask("iam:CreateAccessKey", region, async () => {
      const { AccessKey } = await iam.createAccessKey({ UserName: user });
      return AccessKey?.AccessKeyId ?? "";
    }),
  );
  for (let left = tries; left > 0; left--) {
    const { AccessKeyMetadata = [] } = await onceKnown(interval, () =>
      ask("iam:ListAccessKeys", region, () => iam.listAccessKeys({ UserName: user })),
    );
    if (AccessKeyMetadata.some(({ AccessKeyId }) => AccessKeyId === keyId)) {
      return keyId;
    }
    await pause(interval);
  }
  const sentence = `IAM made the key ${keyId}, and does not list it.`;
  throw new BaselineError("key-not-listed", sentence, "Run the drill again.");
}

/** Puts the user in quarantine, as AWS does with users whose keys it finds in public: this is the event. */
export async function quarantine(clients: AwsClients, plan: LeakDrillPlan): Promise<void> {
  const { user, policy, globalRegion: region, interval } = plan;
  const iam = clients.iam(region);
  await onceKnown(interval, () =>
    ask("iam:AttachUserPolicy", region, () => iam.attachUserPolicy({ UserName: user, PolicyArn: policy })),
  );
}

async function onceKnown<T>(interval: number, call: () => Promise<T>): Promise<T> {
  for (let left = tries; ; left--) {
    try {
      return await call();
    } catch (error) {
      if (!awsErrorName(error).startsWith("NoSuchEntity") || left === 0) {
        throw error;
      }
      await pause(interval);
    }
  }
}
