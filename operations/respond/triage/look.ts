import { type AwsClients } from "../../../aws/clients";
import { BaselineError } from "../../../common/errors";
import { ask, awsErrorName } from "../../../aws/ask";
import { endsSurvey } from "../../../aws/problem";

/** Asks AWS for parts of a picture; a part that cannot be had is noted and spoils no other. */
export class Looks {
  /** What could not be told, one sentence each. */
  readonly problems: string[] = [];

  constructor(readonly aws: AwsClients) {}

  /**
   * @returns undefined when it could not be told
   * @throws BaselineError `no-credentials`, `credentials-expired`, `credentials-refused`: nothing more can be told then
   */
  async part<T>(action: string, get: () => Promise<T>, region = this.aws.defaultRegion): Promise<T | undefined> {
    const found = await this.ifAny(action, get, region);
    if (found === "none") {
      this.problems.push(`${action} says in ${region} that it is gone.`);
      return undefined;
    }
    return found;
  }

  /** The same for what need not exist. @returns `none` when AWS says that there is none */
  async ifAny<T>(
    action: string,
    get: () => Promise<T>,
    region = this.aws.defaultRegion,
  ): Promise<T | "none" | undefined> {
    try {
      return await ask(action, region, get);
    } catch (error) {
      if (awsErrorName(error).startsWith("NoSuchEntity")) {
        return "none";
      }
      // An opt-in region refuses what all others take; at home that is the credentials' own fault.
      const refused = error instanceof BaselineError && error.code === "credentials-refused";
      const unwritten = error instanceof BaselineError && error.code === "evidence-not-written";
      if (unwritten || endsSurvey(error) || (refused && region === this.aws.defaultRegion)) {
        throw error;
      }
      this.problems.push((error as Error).message.split("\n")[0] ?? "");
      return undefined;
    }
  }
}
