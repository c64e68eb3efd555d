import type { Clients } from "../provider/clients";

/** What CloudTrail keeps of where a call came from. */
export interface Origin {
  readonly address: string;
  readonly agent: string;
}

interface Handled {
  config: {
    requestHandler: { handle(request: { headers: Record<string, string> }, options?: object): Promise<unknown> };
  };
}

/** The same clients, whose calls the emulator's event history tells as made from there. Neither header is signed. */
export function fromElsewhere(clients: Clients, { address, agent }: Origin): Clients {
  const moved = new WeakSet<object>();
  return new Proxy(clients, {
    get(target, name) {
      const member = Reflect.get(target, name) as unknown;
      if (typeof member !== "function" || name === "destroy") {
        return member;
      }
      return (region?: string) => {
        const client = (member as (region?: string) => Handled)(region);
        if (!moved.has(client)) {
          moved.add(client);
          const { requestHandler } = client.config;
          const handle = requestHandler.handle.bind(requestHandler);
          requestHandler.handle = (request, options) => {
            Object.assign(request.headers, { "user-agent": agent, "x-forwarded-for": address });
            return handle(request, options);
          };
        }
        return client;
      };
    },
  });
}
