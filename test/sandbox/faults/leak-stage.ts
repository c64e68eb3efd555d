import { leakNames } from "../../../components/leak-response/leak-names";
import { drillPath } from "../../../operations/watch/drill/leak/user-names";
import { type Account } from "./scenario";

/** A response to leaked keys of one run alone, so that its users are told from those of others. */
export interface Prefixed {
  prefix: string;
}

/** Makes such a response. Nobody starts its machine: whether it answers is no matter of the calls of a drill. */
export async function responding({ aws, emulator }: Account, number: number): Promise<Prefixed> {
  const prefix = `leak${number}`;
  const names = leakNames({ namePrefix: prefix, partition: "aws", accountId: emulator.accountId, region: "us-east-1" });
  const definition = JSON.stringify({ StartAt: "End", States: { End: { Type: "Succeed" } } });
  const roleArn = `arn:aws:iam::${emulator.accountId}:role/x`;
  await aws.sfn().createStateMachine({ name: names.machine, definition, roleArn });
  return { prefix };
}

/** Throw-away users of its drills. */
export async function usersOf({ aws }: Account, { prefix }: Prefixed): Promise<string[]> {
  const { Users = [] } = await aws.iam().listUsers({ PathPrefix: drillPath });
  return Users.flatMap(({ UserName = "" }) => (UserName.startsWith(`${prefix}-leak-drill-`) ? [UserName] : []));
}
