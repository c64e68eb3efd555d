import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { lackIn, problemOfAnswer } from "./answer-problem";
import { type AnswerShape, answerShape } from "./answer-shape";
import { endInTime, type Patience, type RequestHandler } from "./deadline";
import { isRead } from "./reads";
import { type RunLimit } from "./run-limit";
import { CallDeadline, isRefusal, markUnanswered, UnreadableAnswer } from "./unanswered";

/** What the SDK hands from one middleware to the next. */
interface Args {
  input: object;
  request?: { method?: string };
}
interface Answer {
  response: { statusCode: number; headers: Record<string, string>; body: unknown };
  output?: object;
}
type Send = (args: Args) => Promise<Answer>;
type Middleware = (next: Send, context: Context) => Send;
interface Context {
  commandName?: string;
  __smithy_context?: { operationSchema?: unknown };
}

/** The parts of a client of the SDK that are used here. */
export interface GuardedClient {
  config: { serviceId?: string; requestHandler: RequestHandler; protocol?: { getShapeId(): string } };
  middlewareStack: {
    add(middleware: Middleware, options: object): void;
    addRelativeTo(middleware: Middleware, options: object): void;
  };
}

/** What all clients of one run have in common. */
export class Guard {
  /** Why nothing more is asked: the error that ended the credentials of the run. */
  private over: Error | undefined;
  /** Requests that only read: the run's limit ends them. */
  private readonly reading = new WeakSet<object>();

  /**
   * @param patience how long a try and a call may take
   * @param stop once aborted, every request ends at once
   * @param limit how long the run may read
   */
  constructor(
    private readonly patience: Patience,
    private readonly stop?: AbortSignal,
    private readonly limit?: RunLimit,
  ) {}

  /**
   * Makes a client take nothing for an answer that is none: what is empty, cut off or lacks its list is an error, every
   * call ends in time, an error says whether the call may have been carried out, and nothing is asked any more once AWS
   * said that the credentials have expired.
   */
  watch(client: GuardedClient): void {
    const { serviceId, requestHandler } = client.config;
    const { perTry, perFile } = this.patience;
    endInTime(requestHandler, serviceId === "S3" ? perFile : perTry, (request) => [
      this.stop,
      this.reading.has(request as object) ? this.limit?.signal : undefined,
    ]);
    const tries = new WeakMap<Context, Tries>();
    const { middlewareStack: stack } = client;
    stack.add(this.perCall(tries), { step: "initialize", priority: "high", name: "answersPerCall" });
    stack.addRelativeTo(this.perTry(tries), {
      ...{ relation: "before", toMiddleware: "deserializerMiddleware", name: "answersPerTry" },
    });
    const protocol = client.config.protocol?.getShapeId() ?? "";
    stack.addRelativeTo(asWritten(protocol, perTry), {
      ...{ relation: "after", toMiddleware: "deserializerMiddleware", name: "answersAsWritten" },
    });
  }

  private perCall(tries: WeakMap<Context, Tries>): Middleware {
    return (next, context) => async (args) => {
      if (this.over !== undefined) {
        throw this.over;
      }
      const limit = this.limit?.signal;
      if (limit?.aborted && reads(context)) {
        throw limit.reason;
      }
      const own: Tries = { sent: 0, unanswered: 0 };
      tries.set(context, own);
      try {
        return await next(args);
      } catch (caught) {
        const error = (caught instanceof TooLate ? own.last : caught) as Error;
        // What was answered well and failed on its way back was carried out.
        markUnanswered(error, own.unanswered > 0 || own.answered === true);
        if (hasExpired(error)) this.over = error;
        throw error;
      }
    };
  }

  private perTry(tries: WeakMap<Context, Tries>): Middleware {
    return (next, context) => async (args) => {
      const own = tries.get(context) ?? { sent: 0, unanswered: 0 };
      own.began ??= Date.now();
      if (own.sent > 0 && Date.now() - own.began > this.patience.perCall) {
        throw new TooLate();
      }
      own.sent += 1;
      if (args.request && reads(context)) {
        this.reading.add(args.request);
      }
      try {
        const answer = await next(args);
        const shape = shapeOf(context);
        const lack = shape && lackIn(answer.output ?? {}, shape);
        if (lack !== undefined) {
          throw new UnreadableAnswer(`an answer without ${lack}`);
        }
        own.answered = true;
        return answer;
      } catch (error) {
        own.last = error as Error;
        if (!isRefusal(error as Error)) own.unanswered += 1;
        throw error;
      }
    };
  }
}

interface Tries {
  sent: number;
  unanswered: number;
  /** When the first one began. */
  began?: number;
  /** AWS said that it carried it out. */
  answered?: true;
  /** Why the last one failed. */
  last?: Error;
}

/** Ends the SDK's tries; the error of the last one is what the call ends with. */
class TooLate extends Error {}

/** Reads the whole body, and refuses what is not written as AWS writes. */
function asWritten(protocol: string, milliseconds: number): Middleware {
  return (next, context) => async (args) => {
    const answer = await next(args);
    const shape = shapeOf(context);
    const { response } = answer;
    // A HEAD has no body, and what is handed on as a stream is whoever's that reads it.
    if (shape === undefined || args.request?.method === "HEAD" || (shape.streams && response.statusCode < 300)) {
      return answer;
    }
    const body = await bytesOf(response.body, milliseconds);
    response.body = body;
    const { statusCode: status, headers } = response;
    const problem = problemOfAnswer({ protocol, status, headers, body }, shape);
    if (problem !== undefined) {
      throw new UnreadableAnswer(problem, { headers });
    }
    return answer;
  };
}

async function bytesOf(body: unknown, milliseconds: number): Promise<Uint8Array> {
  if (!(body instanceof Readable)) {
    return Buffer.from((body ?? "") as Uint8Array);
  }
  const timer = setTimeout(() => body.destroy(new CallDeadline(milliseconds / 1000)), milliseconds);
  try {
    return await buffer(body);
  } finally {
    clearTimeout(timer);
  }
}

function reads({ commandName = "" }: Context): boolean {
  return isRead(commandName.replace(/Command$/, ""));
}

function shapeOf(context: Context): AnswerShape | undefined {
  return answerShape(context.__smithy_context?.operationSchema);
}

/** As AWS's services name it. Source: "Common errors" of their API references. */
function hasExpired({ name }: { name?: string }): boolean {
  return /^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired)$/.test(name ?? "");
}
