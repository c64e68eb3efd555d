/** A policy on one type of resource: inputs that it refuses, or warns of, and inputs it has nothing to say about. */
export interface Pair {
  readonly policy: string;
  readonly type: string;
  readonly level: "mandatory" | "advisory";
  readonly bad: Record<string, unknown>;
  readonly good: Record<string, unknown>;
  /** Path of the input that decides, to be made unknown or secret. */
  readonly decisive: readonly (string | number)[];
  /** With the decisive input unknown, something is reported for certain, or nothing: there is no "Cannot tell yet". */
  readonly settled?: true;
}

export const document = (Action: string | string[], Resource: string): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] });

/** The same inputs with another value at one place. */
export function withValue(
  inputs: unknown,
  path: readonly (string | number)[],
  change: (value: unknown) => unknown,
): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return change(inputs);
  const copy: Record<string | number, unknown> | unknown[] = Array.isArray(inputs)
    ? [...(inputs as unknown[])]
    : { ...(inputs as object) };
  const slots = copy as Record<string | number, unknown>;
  slots[first] = withValue(slots[first], rest, change);
  return copy;
}
