import { accessKeysOf, attachedPoliciesOf } from "../../../account/identity/user-lists";
import { type AwsClients } from "../../../../aws/clients";
import { BaselineError } from "../../../../common/errors";
import { ask, awsErrorName } from "../../../../aws/ask";
import { mayHaveHappened } from "../../../../aws/unanswered";
import { reasonFor } from "../../../../aws/write-state";
import { pause } from "./pause";
import { type LeakDrillPlan } from "./plan";
import { drillPath, drillTag } from "./user-names";

// IAM tells its servers within seconds; whoever asks the wrong one meanwhile hears that there is no such user.
const tries = 30;

/** Makes the user, without any permission. */
export async function makeUser(clients: AwsClients, plan: LeakDrillPlan): Promise<void> {
  const { user, until, globalRegion: region } = plan;
  const iam = clients.iam(region);
  const Tags = [{ Key: drillTag, Value: until }];
  await madeOrSeen(
    () => ask("iam:CreateUser", region, () => iam.createUser({ UserName: user, Path: drillPath, Tags })),
    // Nobody else makes a user of this name.
    () => ask("iam:GetUser", region, () => iam.getUser({ UserName: user })),
  );
}

/**
 * Makes a key for the user. The secret half is dropped where it comes in.
 *
 * @param made called with the key's id as soon as it is known
 * @returns the key's id, once IAM lists it
 */
export async function makeKey(clients: AwsClients, plan: LeakDrillPlan, made: (id: string) => void): Promise<string> {
  const { user, globalRegion: region, interval } = plan;
  const iam = clients.iam(region);
  const listed = async () => {
    const keys = await onceKnown(interval, () => ask("iam:ListAccessKeys", region, () => accessKeysOf(iam, user)));
    return keys.map(({ AccessKeyId = "" }) => AccessKeyId);
  };
  const create = async () => {
    const { AccessKey } = await ask("iam:CreateAccessKey", region, () => iam.createAccessKey({ UserName: user }));
    return AccessKey?.AccessKeyId ?? "";
  };
  const seen = async () => (await listed())[0];
  const keyId = await madeOrSeen(() => onceKnown(interval, create), seen);
  made(keyId);
  for (let left = tries; left > 0; left--) {
    if ((await listed()).includes(keyId)) {
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
  await madeOrSeen<unknown>(
    () =>
      onceKnown(interval, () =>
        ask("iam:AttachUserPolicy", region, () => iam.attachUserPolicy({ UserName: user, PolicyArn: policy })),
      ),
    async () => {
      const attached = await ask("iam:ListAttachedUserPolicies", region, () => attachedPoliciesOf(iam, user));
      return attached.find(({ PolicyArn }) => PolicyArn === policy);
    },
  );
}

/**
 * Makes a thing; where no answer comes, looks whether it is there.
 *
 * @param seen gives the thing, or undefined where there is none
 * @throws why it was not made, and whether that is known
 */
async function madeOrSeen<T>(make: () => Promise<T>, seen: () => Promise<T | undefined>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    if (!mayHaveHappened(error) || !(error instanceof BaselineError)) {
      throw error;
    }
    const found = await seen().catch((failed: unknown) => (isGone(failed) ? undefined : "not readable"));
    if (found !== undefined && found !== "not readable") {
      return found;
    }
    const sentence = reasonFor(error, found === undefined ? "not done" : "not readable");
    throw new BaselineError(error.code, sentence, error.next, error.exitCode, { cause: error.cause });
  }
}

function isGone(error: unknown): boolean {
  return awsErrorName(error).startsWith("NoSuchEntity");
}

async function onceKnown<T>(interval: number, call: () => Promise<T>): Promise<T> {
  for (let left = tries; ; left--) {
    try {
      return await call();
    } catch (error) {
      if (!isGone(error) || left === 0) {
        throw error;
      }
      await pause(interval);
    }
  }
}
