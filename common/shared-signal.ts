import { setMaxListeners } from "node:events";

/** The same signal, for hundreds of requests at a time to listen to. Node takes eleven for a leak, and says so. */
export function sharedSignal(signal: AbortSignal): AbortSignal {
  setMaxListeners(0, signal);
  return signal;
}
