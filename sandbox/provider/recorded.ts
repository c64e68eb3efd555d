import { type Recorded } from "../../engine/program-provider";
import type { ResourceHandler } from "./resource-handler";
import type { Props } from "../../common/properties";

export function recordedIn(handler: ResourceHandler, urn: string, inputs: Props): Recorded[] {
  const { type, properties, steering = [], recordedOnly = {} } = handler;
  return Object.keys(inputs).flatMap((property) => {
    const reason =
      recordedOnly[property] ??
      (properties.includes(property) || steering.includes(property) ? undefined : "the sandbox does not implement it");
    return reason === undefined ? [] : [{ urn, type, property, reason }];
  });
}
