import { type AwsClients } from "../../aws/clients";
import { ask } from "../../aws/ask";

/** Who runs this. */
export interface Caller {
  accountId: string;
  arn: string;
}

/** @throws what `ask` throws: AWS denies this call to nobody whose credentials work */
export async function callerOf(aws: AwsClients): Promise<Caller> {
  const { Account = "", Arn = "" } = await ask("sts:GetCallerIdentity", aws.defaultRegion, () =>
    aws.sts().getCallerIdentity({}),
  );
  return { accountId: Account, arn: Arn };
}

/** A user, or a session of a role. */
interface SignedIn {
  kind: "user" | "role";
  name: string;
  session?: string;
}

/** The user or role behind an ARN of somebody who is signed in; undefined for root and federated users. */
export function principalIn(arn: string): SignedIn | undefined {
  const user = /:iam::\d+:user\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
  const [, role, session] = /:sts::\d+:assumed-role\/([^/]+)\/(.+)$/.exec(arn) ?? [];
  return user !== undefined
    ? { kind: "user", name: user }
    : role !== undefined && session !== undefined
      ? { kind: "role", name: role, session }
      : undefined;
}

/** Whether these clients sign with a key. */
export async function signsWith(aws: AwsClients, key: string): Promise<boolean> {
  const credentials = await aws
    .sts()
    .config.credentials()
    .catch(() => undefined);
  return credentials?.accessKeyId === key;
}
