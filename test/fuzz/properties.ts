import { addressProperties } from "./addresses";
import { credentialProperties } from "./credentials";
import { documentProperties } from "./documents";
import { inputProperties } from "./inputs";
import { type FuzzProperty } from "./property";

/** Everything that holds of the policy pack whatever the input. */
export const fuzzProperties: readonly FuzzProperty[] = [
  ...documentProperties,
  ...addressProperties,
  ...credentialProperties,
  ...inputProperties,
];
