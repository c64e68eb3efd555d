import type { ResourceHandler } from "./resource-handler";
import type { Props } from "../../common/properties";

/** A property that stands in the provider's own record only, because the emulator cannot hold it. */
export interface Recorded {
  readonly urn: string;
  readonly type: string;
  readonly property: string;
  readonly reason: string;
}

export function recordedIn(handler: ResourceHandler, urn: string, inputs: Props): Recorded[] {
  const { type, properties, steering = [], recordedOnly = {} } = handler;
  return Object.keys(inputs).flatMap((property) => {
    const reason =
      recordedOnly[property] ??
      (properties.includes(property) || steering.includes(property) ? undefined : "the sandbox does not implement it");
    return reason === undefined ? [] : [{ urn, type, property, reason }];
  });
}
