import { type AwsClients } from "../../aws/clients";
import { type EvidenceInput, sha256 } from "./entry";

/** A longer answer is kept as its length and hash; what is in it is for the steps to sum up. */
export const LONGEST = 64 * 1024;

type Send = (args: { input: unknown }) => Promise<{ output: unknown }>;
interface Client {
  middlewareStack: {
    add(middleware: (next: Send, context: { commandName?: string }) => Send, options: object): void;
  };
}

/**
 * The same clients, every call of which becomes an entry: what was asked, where, and what AWS answered or why not. Retries
 * of the SDK are one call.
 *
 * @param step which step the calls belong to, asked at each
 */
export function recordedClients(
  aws: AwsClients,
  record: (entry: EvidenceInput) => unknown,
  step: () => string,
): AwsClients {
  const watched = new WeakSet<object>();
  const watch = (client: Client, service: string, region: string) => {
    if (watched.has(client)) {
      return;
    }
    watched.add(client);
    client.middlewareStack.add(
      (next, { commandName = "" }) =>
        async (args) => {
          const call = `${service}:${commandName.replace(/Command$/, "")}`;
          const entry = { step: step(), call, region, input: args.input };
          const answer = await next(args).catch((error: unknown) => {
            const { name, message } = error as Error;
            record({ ...entry, error: { code: name, message } });
            throw error;
          });
          // A call that AWS answered did not fail, whether or not that can be written down.
          record({ ...entry, result: shortened(answer.output) });
          return answer;
        },
      { step: "initialize", name: "evidence" },
    );
  };
  return new Proxy(aws, {
    get(target, name) {
      const member = Reflect.get(target, name) as unknown;
      if (typeof member !== "function" || name === "destroy") {
        return member;
      }
      return (region?: string) => {
        const client = (member as (region?: string) => Client)(region);
        watch(client, String(name), region ?? target.defaultRegion);
        return client;
      };
    },
  });
}

function shortened(output: unknown): unknown {
  const { $metadata, ...rest } = output as { $metadata?: { requestId?: string } };
  const text = JSON.stringify(rest);
  const requestId = $metadata?.requestId;
  const kept = text.length > LONGEST ? { omitted: `${text.length} characters`, sha256: sha256(text) } : rest;
  return { ...kept, ...(requestId !== undefined && { requestId }) };
}
