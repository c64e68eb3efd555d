import { BaselineError } from "../common/errors";
import { ask } from "./ask";
import { isIdentityLost } from "./identity";
import { limiter } from "../common/limit";
import { endsSurvey, problemOf, type ReadProblem } from "./problem";

/** Makes one call to AWS. @param action the IAM action it takes, such as `guardduty:ListDetectors` */
export type Call = <T>(action: string, send: () => Promise<T>) => Promise<T>;

// Enough to keep seventeen regions busy; throttling is by service and region, and the SDK slows down by itself.
const parallel = 24;

/** Asks AWS for what a survey wants, part by part, so that a part that cannot be told spoils no other. */
export class Attempts<Kind extends string> {
  readonly problems: ReadProblem<Kind>[] = [];
  private readonly limit = limiter(parallel);
  /** Why nothing more can be told. Nothing is asked any more then. */
  private over: unknown;

  /** @param keepGoing credentials that end half-way are a problem like any other, so that what was read is kept */
  constructor(private readonly keepGoing = false) {}

  /** False once nothing more can be told: the credentials have expired, say. */
  get goesOn(): boolean {
    return this.over === undefined;
  }

  private async ask<T>(action: string, region: string, send: () => Promise<T>): Promise<T> {
    if (!this.goesOn) {
      throw this.over;
    }
    try {
      return await ask(action, region, send);
    } catch (error) {
      if (endsSurvey(error)) this.over = error;
      throw error;
    }
  }

  /**
   * @param otherwise what stands for a part that cannot be told; why is kept in `problems`
   * @throws BaselineError `no-credentials` or `credentials-expired`, because then nothing can be told any more; unless
   *   `keepGoing`. And where the identity is no longer the run's (`identity-changed`, `foreign-answer`)
   */
  async one<T>(kind: Kind, region: string, otherwise: T, look: (call: Call) => Promise<T>): Promise<T> {
    let [failed, last] = ["", ""];
    const call: Call = (action, send) => {
      last = action;
      return this.limit(() => this.ask(action, region, send)).catch((error: unknown) => {
        failed ||= action;
        throw error;
      });
    };
    try {
      return await look(call);
    } catch (error) {
      if (isIdentityLost(error) || (endsSurvey(error) && !this.keepGoing)) {
        throw error;
      }
      this.problems.push(problemOf(kind, region, failed || last, error));
      return otherwise;
    }
  }
}

type Page<T> = { items?: T[] | undefined; next?: string | undefined };

/**
 * A list page by page, for lists too long to keep.
 *
 * @param page as for `pages`
 * @throws BaselineError `endless-list` when AWS gives a token a second time
 */
export async function* eachPage<T>(page: (token?: string) => Promise<Page<T>>): AsyncGenerator<T[]> {
  const checked = newTokens();
  let token: string | undefined;
  do {
    const { items = [], next } = await page(token);
    yield items;
    token = checked(next);
  } while (token);
}

/** All pages of a list. @param page gets the token of the page before, and gives its items with the next token */
export async function pages<T>(page: (token?: string) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  for await (const items of eachPage(page)) {
    all.push(...items);
  }
  return all;
}

/** How AWS's services say that a list goes on. */
type PageToken = { [key in "NextToken" | "nextToken" | "NextMarker" | "Marker"]?: string | undefined };
type PageEnd = { [key in "IsTruncated" | "Truncated"]?: boolean | undefined };

/**
 * All items of a list.
 *
 * @param key where an answer has them, such as `Users`
 * @param send asks for one page; the token is undefined for the first
 */
export function listOf<Key extends string, Item>(
  key: Key,
  send: (token: string | undefined) => Promise<PageToken & PageEnd & { [key in Key]?: Item[] | undefined }>,
): Promise<Item[]> {
  return pages(async (token) => {
    const answer: PageToken & PageEnd & { [key in Key]?: Item[] | undefined } = await send(token);
    const { NextToken, nextToken, NextMarker, Marker, IsTruncated, Truncated } = answer;
    const isLast = IsTruncated === false || Truncated === false;
    return { items: answer[key], next: isLast ? undefined : (NextToken ?? nextToken ?? NextMarker ?? Marker) };
  });
}

/**
 * Lets tokens of one list through, each once.
 *
 * @returns throws BaselineError `endless-list` for a token that came before
 */
export function newTokens(): (token: string | undefined) => string | undefined {
  const seen = new Set<string>();
  return (token) => {
    if (token && seen.has(token)) {
      throw new BaselineError(
        "endless-list",
        "The list has no end: AWS gave the token of its next page a second time. What is on further pages is not known.",
        "Run it again; if it stays so, look whether a proxy answers in AWS's place.",
      );
    }
    return seen.add(token ?? "") && token;
  };
}
