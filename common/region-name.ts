import { badInput } from "./errors";

const direction = "(?:north|south)?(?:east|west)|north|south|central";
const beginning = "[a-z]{2}|us-gov|us-iso[bef]?|eu-isoe|eusc-[a-z]{2}";

/** Source: AWS SDK, `partitions.json`, `regionRegex`, which take any word for the direction. */
export const regionPattern = new RegExp(`^(?:${beginning})-(?:${direction})-[1-9]\\d?$`);

/**
 * Whether a text is a region's name, be it of a region that AWS opens next: two letters for the area (or a partition's own
 * beginning), a direction, a number.
 */
export function isRegionName(text: string): boolean {
  return regionPattern.test(text);
}

/**
 * The regions of a list with commas between, each once.
 *
 * @param from where it was said, such as `--regions`
 * @throws BaselineError `invalid-regions`, exit code 2
 */
export function regionsIn(list: string, from: string): string[] {
  const names = [...new Set(list.split(",").map((name) => name.trim()))];
  requireRegions(names, from);
  return names;
}

/** @throws as `regionsIn` */
export function requireRegions(names: readonly string[], from: string): void {
  const odd = names.filter((name) => !isRegionName(name)).map((name) => JSON.stringify(name));
  if (odd.length > 0) {
    throw badInput(
      "invalid-regions",
      `${from}: ${odd.join(", ")} is not the name of an AWS region.`,
      "Give region names such as us-east-1 or eu-west-1, with commas between them where several are possible.",
    );
  }
}
