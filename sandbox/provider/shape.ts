import { isSame, pairUp } from "../../common/compare-inputs";
import { type Props } from "../../common/properties";

/**
 * What was found, reduced to what the program said: AWS fills in much that a program leaves out, and that is no drift.
 * What both have is kept as the program spells it when it means the same.
 */
export function inTheShapeOf(program: unknown, found: unknown): unknown {
  if (isSame(program, found)) {
    return program;
  }
  if (Array.isArray(program) && Array.isArray(found)) {
    const covers = (wanted: unknown, present: unknown) => isSame(wanted, inTheShapeOf(wanted, present));
    return pairUp(program, found, covers)
      .filter(({ present }) => present !== undefined)
      .map(({ wanted, present }) => inTheShapeOf(wanted, present));
  }
  if (isObject(program) && isObject(found)) {
    const keys = Object.keys(program);
    return Object.fromEntries(keys.map((key) => [key, inTheShapeOf(program[key], found[key])]));
  }
  return found;
}

/** Names chosen by people, as in tags: here a key too many is a change. */
const MAPS = new Set(["tags", "inputPaths", "dimensions"]);

/** Inputs as a program would have to give them to describe what was found. */
export function foundInputs(program: Props, found: Props): Props {
  return Object.fromEntries(
    Object.keys(program)
      .map((key) => [key, MAPS.has(key) ? mapOf(program[key], found[key]) : inTheShapeOf(program[key], found[key])])
      .filter(([, value]) => value !== undefined),
  ) as Props;
}

function mapOf(program: unknown, found: unknown): unknown {
  return isSame(program, found) ? program : found;
}

function isObject(value: unknown): value is Props {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
