import type { Unwrap } from "@pulumi/pulumi";
import type { Context, ResourceHandler } from "./resource-handler";
import type { Props } from "../../common/properties";

type Described<Inputs> = Pick<
  ResourceHandler<Inputs>,
  "type" | "properties" | "required" | "nameProperty" | "defaults" | "replaceOn" | "steering"
>;

interface RecordedResource<Inputs> extends Described<Inputs> {
  /** Why the account cannot hold it, as the end of "recorded only: ...". */
  readonly why: string;
  /** The id that AWS would give it. */
  readonly id: (context: Context, inputs: Inputs) => string | Promise<string>;
  /** What a program may read from it besides its inputs. */
  readonly outputs?: (context: Context, id: string, inputs: Inputs) => Props | Promise<Props>;
}

/**
 * A resource type that the emulator has no API for: it makes no call but those of `id`, stands in the state alone, and
 * is reported as such, property by property. Nobody can change or remove it behind the program's back, so there is no
 * drift to be found, and nothing to import.
 */
export function recordedResource<Args>(described: RecordedResource<Unwrap<Args>>): ResourceHandler {
  const { why, id, outputs, ...handler } = described as unknown as RecordedResource<Props>;
  const held = handler.properties.filter((property) => property !== "region");
  return {
    ...handler,
    recordedOnly: Object.fromEntries(held.map((property) => [property, why])),
    create: async (context, inputs) => id(context, inputs),
    read: async (context, given, known) => {
      const kept = held.filter((property) => known[property] !== undefined);
      const inputs = Object.fromEntries(kept.map((property) => [property, known[property]]));
      const place = handler.properties.includes("region") ? { region: context.region } : {};
      const found = { ...inputs, ...place, ...(await outputs?.(context, given, inputs)) };
      return kept.length === 0 ? undefined : found;
    },
    update: () => Promise.resolve(),
    delete: () => Promise.resolve(),
  };
}
