import { accessKeysOf, attachedPoliciesOf, inlinePoliciesOf } from "../../../account/identity/user-lists";
import { type AwsClients } from "../../../../aws/clients";
import { ask, awsErrorName } from "../../../../aws/ask";
import { mayHaveHappened } from "../../../../aws/unanswered";
import { pause } from "./pause";
import { type Removal } from "./report";
import { removingCommands } from "./user-names";

/** What is known to hang on a user, should IAM not say. */
export interface Belongings {
  keyIds: string[];
  policyArns: string[];
}

// What the response attaches meanwhile, or IAM has not told all its servers, keeps a user from being deleted for seconds.
const tries = 6;
/** Times it is tried where no answer comes: each takes minutes then. */
const triesWithoutAnswer = 2;

/**
 * Removes a throw-away user with everything that hangs on it, and sees whether it is gone. Goes on where one call fails, and
 * throws nothing: who cleans up has nobody to complain to.
 */
export async function removeUser(
  clients: AwsClients,
  region: string,
  user: string,
  interval: number,
  known: Belongings = { keyIds: [], policyArns: [] },
): Promise<Removal> {
  let last = new Attempt(clients, region, user, known);
  let unanswered = 0;
  for (let left = tries; left > 0; left--) {
    last = new Attempt(clients, region, user, known);
    if (await last.run()) {
      return { user, gone: true, problems: [], commands: [] };
    }
    unanswered += Number(last.unanswered);
    if (!last.maySucceedLater || unanswered >= triesWithoutAnswer) {
      break;
    }
    await pause(interval);
  }
  return { user, gone: false, problems: last.problems, commands: last.commands() };
}

/** Once through: keys, policies, user. */
class Attempt {
  readonly problems: string[] = [];
  maySucceedLater = true;
  /** No answer came to a call. */
  unanswered = false;
  private readonly keyIds: Set<string>;
  private readonly policyArns: Set<string>;
  private readonly inline = new Set<string>();
  /** Calls of IAM whose lists could not be read. */
  private readonly unread: string[] = [];

  constructor(
    private readonly clients: AwsClients,
    private readonly region: string,
    private readonly user: string,
    known: Belongings,
  ) {
    this.keyIds = new Set(known.keyIds);
    this.policyArns = new Set(known.policyArns);
  }

  /** @returns true when IAM says that the user is gone */
  async run(): Promise<boolean> {
    const iam = this.clients.iam(this.region);
    const UserName = this.user;
    await this.list("list-access-keys", "iam:ListAccessKeys", async () => {
      replace(
        this.keyIds,
        (await accessKeysOf(iam, UserName)).map(({ AccessKeyId = "" }) => AccessKeyId),
      );
    });
    await this.list("list-attached-user-policies", "iam:ListAttachedUserPolicies", async () => {
      replace(
        this.policyArns,
        (await attachedPoliciesOf(iam, UserName)).map(({ PolicyArn = "" }) => PolicyArn),
      );
    });
    await this.list("list-user-policies", "iam:ListUserPolicies", async () => {
      replace(this.inline, await inlinePoliciesOf(iam, UserName));
    });
    await this.each(this.keyIds, "iam:DeleteAccessKey", (AccessKeyId) =>
      iam.deleteAccessKey({ UserName, AccessKeyId }),
    );
    await this.each(this.policyArns, "iam:DetachUserPolicy", (PolicyArn) =>
      iam.detachUserPolicy({ UserName, PolicyArn }),
    );
    await this.each(this.inline, "iam:DeleteUserPolicy", (PolicyName) =>
      iam.deleteUserPolicy({ UserName, PolicyName }),
    );
    await this.call("iam:DeleteUser", () => iam.deleteUser({ UserName }));
    return this.isGone();
  }

  commands(): string[] {
    return removingCommands(this.user, [...this.keyIds], [...this.policyArns], [...this.inline], this.unread);
  }

  /** Where a list could not be read, more than is known here may hang on the user. */
  private async list(command: string, action: string, send: () => Promise<unknown>): Promise<void> {
    if (!(await this.call(action, send))) {
      this.unread.push(command);
    }
  }

  private async isGone(): Promise<boolean> {
    const { user: UserName, region } = this;
    try {
      await ask("iam:GetUser", region, () => this.clients.iam(region).getUser({ UserName }));
      return false;
    } catch (error) {
      if (isMissing(error)) {
        return true;
      }
      this.note(error);
      return false;
    }
  }

  private async each(all: Set<string>, action: string, remove: (one: string) => Promise<unknown>): Promise<void> {
    for (const one of [...all]) {
      await this.call(action, async () => {
        await remove(one).catch(unlessMissing);
        all.delete(one);
      });
    }
  }

  /** @returns false where it failed, which is noted */
  private async call(action: string, send: () => Promise<unknown>): Promise<boolean> {
    try {
      await ask(action, this.region, () => send().catch(unlessMissing));
      return true;
    } catch (error) {
      this.note(error);
      return false;
    }
  }

  private note(error: unknown): void {
    this.problems.push((error as Error).message.split("\n")[0] ?? "");
    const unanswered = mayHaveHappened(error);
    this.unanswered ||= unanswered;
    this.maySucceedLater &&= unanswered || /^(DeleteConflict|ConcurrentModification)/.test(awsErrorName(error));
  }
}

function replace(all: Set<string>, items: string[]): void {
  all.clear();
  items.forEach((each) => all.add(each));
}

function isMissing(error: unknown): boolean {
  return awsErrorName(error).startsWith("NoSuchEntity");
}

function unlessMissing(error: unknown): void {
  if (!isMissing(error)) {
    throw error;
  }
}
