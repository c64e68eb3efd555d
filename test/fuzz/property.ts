import { type IAsyncProperty, type IProperty } from "fast-check";

/** Something that holds whatever the input. */
export interface FuzzProperty {
  readonly name: string;
  /** How many inputs a run in CI tries; an open-ended run has its own measure. */
  readonly runs: number;
  readonly property: IProperty<unknown> | IAsyncProperty<unknown>;
}
