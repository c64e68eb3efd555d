import { ask } from "../aws/ask";
import { limiter } from "../../common/limit";
import { type SurveyKind, type SurveyProblem } from "./model";
import { endsSurvey, problemOf } from "./problem";

/** Makes one call to AWS. @param action the IAM action it takes, such as `guardduty:ListDetectors` */
export type Call = <T>(action: string, send: () => Promise<T>) => Promise<T>;

// Enough to keep seventeen regions busy; throttling is by service and region, and the SDK slows down by itself.
const parallel = 24;

/** Asks AWS for what a survey wants, part by part, so that a part that cannot be told spoils no other. */
export class Attempts {
  readonly problems: SurveyProblem[] = [];
  private readonly limit = limiter(parallel);

  /**
   * @param otherwise what stands for a part that cannot be told; why is kept in `problems`
   * @throws BaselineError `no-credentials` or `credentials-expired`, because then nothing can be told any more
   */
  async one<T>(kind: SurveyKind, region: string, otherwise: T, look: (call: Call) => Promise<T>): Promise<T> {
    let failed = "";
    const call: Call = (action, send) =>
      this.limit(() => ask(action, region, send)).catch((error: unknown) => {
        failed ||= action;
        throw error;
      });
    try {
      return await look(call);
    } catch (error) {
      if (endsSurvey(error)) {
        throw error;
      }
      this.problems.push(problemOf(kind, region, failed, error));
      return otherwise;
    }
  }
}

/** All pages of a list. @param page gets the token of the page before, and gives its items with the next token */
export async function pages<T>(
  page: (token?: string) => Promise<{ items?: T[] | undefined; next?: string | undefined }>,
): Promise<T[]> {
  const all: T[] = [];
  let token: string | undefined;
  do {
    const { items = [], next } = await page(token);
    all.push(...items);
    token = next;
  } while (token);
  return all;
}
