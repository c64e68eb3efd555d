import { type Credentials } from "../../../aws/account-clients";
import { createClients } from "../../../sandbox/provider/clients";
import { type Account } from "./scenario";

/** Credentials of another account on the same emulator, which makes an account when it is first used. */
export async function credentialsOf({ aws }: Account, id: string): Promise<Credentials> {
  const role = { RoleArn: `arn:aws:iam::${id}:role/Test`, RoleSessionName: "test" };
  const { Credentials: keys } = await aws.sts().assumeRole(role);
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = keys ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

/** Another account on the same emulator. */
export async function accountOf(shared: Account, id: string): Promise<Account> {
  const credentials = await credentialsOf(shared, id);
  const aws = createClients(shared.emulator.endpoint, "us-east-1", credentials.accessKeyId);
  return { ...shared, emulator: { ...shared.emulator, accountId: id }, aws, credentials };
}
