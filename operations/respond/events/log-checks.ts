/** What came of checking a region's log files against CloudTrail's digests. Plain JSON, so that a later run goes on. */
export interface LogChecks {
  /** As CloudTrail wrote them. */
  valid: number;
  /** Of a time that no valid digest covers: the last hour or two always are. */
  uncovered: number;
  /**
   * Not as CloudTrail wrote them, or no digest lists them though it should. Their events are left out; how many of the
   * suspect's there are is not known of a file that cannot be read to its end.
   */
  rejected: { key: string; why: string; events?: number }[];
  /** Listed in a digest, and no longer in the bucket. */
  missing: string[];
  /** What is wrong with digests, a sentence each. */
  flaws: string[];
  /** Why nothing could be checked. */
  unavailable?: string;
}

export function noChecks(): LogChecks {
  return { valid: 0, uncovered: 0, rejected: [], missing: [], flaws: [] };
}

/** Names that are shown of each kind; all are counted. */
const SHOWN = 5;

/**
 * What the checks of all regions amount to, the first sentence first to be read.
 *
 * @param checks by region
 */
export function sentencesOn(checks: readonly { region: string; checks: LogChecks }[]): string[] {
  if (checks.length === 0) {
    return [];
  }
  const all = checks.map((each) => each.checks);
  const sum = (count: (each: LogChecks) => number) => all.reduce((total, each) => total + count(each), 0);
  const [valid, uncovered] = [sum((each) => each.valid), sum((each) => each.uncovered)];
  const rejected = all.flatMap((each) => each.rejected);
  const [missing, flaws] = [all.flatMap((each) => each.missing), all.flatMap((each) => each.flaws)];
  const events = rejected.reduce((total, each) => total + (each.events ?? 0), 0);
  const uncounted = rejected.some((each) => each.events === undefined)
    ? ", and all of the files that cannot be read,"
    : "";
  const why = new Map<string, string[]>();
  for (const { region, checks: found } of checks) {
    if (found.unavailable !== undefined) why.set(found.unavailable, [...(why.get(found.unavailable) ?? []), region]);
  }
  const unchecked = [...why].map(([reason, regions]) => `${reason} (${regions.join(", ")})`);
  return [
    headline({ valid, uncovered, isClean: rejected.length + missing.length + flaws.length === 0 }),
    ...unchecked.map((reason) => `Not validated: ${reason}.`),
    ...(rejected.length > 0
      ? [
          `${rejected.length} log file(s) are not what CloudTrail delivered; ${events} event(s) in them${uncounted} are left out: ` +
            named(rejected.map(({ key, why: flaw }) => `${key} (${flaw})`)),
        ]
      : []),
    ...(missing.length > 0
      ? [`${missing.length} log file(s) that CloudTrail delivered are gone from the bucket: ${named(missing)}`]
      : []),
    ...flaws.slice(0, SHOWN),
    ...(flaws.length > SHOWN ? [`${flaws.length - SHOWN} more digest files have such flaws.`] : []),
  ];
}

/** The same, where it is no good news. */
export function doubtsOn(checks: readonly { region: string; checks: LogChecks }[]): string[] {
  const all = checks.map((each) => each.checks);
  const isValidated = all.every(
    ({ unavailable, valid, uncovered }) => unavailable === undefined && (valid > 0 || uncovered === 0),
  );
  return isValidated && !isTampered(all) ? [] : sentencesOn(checks);
}

/** What was checked, by region. */
export function checksOf(
  lanes: readonly { region: string; checks?: LogChecks }[],
): { region: string; checks: LogChecks }[] {
  return lanes.flatMap(({ region, checks }) => (checks ? [{ region, checks }] : []));
}

/** Whether somebody changed, added or removed log files, or digests. */
export function isTampered(checks: readonly LogChecks[]): boolean {
  return checks.some(({ rejected, missing, flaws }) => rejected.length + missing.length + flaws.length > 0);
}

function headline({ valid, uncovered, isClean }: { valid: number; uncovered: number; isClean: boolean }): string {
  if (!isClean) {
    return "LOG FILES CHANGED: the log files or their digests are not as CloudTrail delivered them.";
  }
  if (valid === 0 && uncovered > 0) {
    return `LOG FILES NOT VALIDATED: nothing shows that the ${uncovered} log file(s) are what CloudTrail delivered.`;
  }
  const rest = uncovered > 0 ? ` ${uncovered} are NOT VALIDATED: no digest covers them, or not yet.` : "";
  return `Log files validated by CloudTrail's digests: ${valid}.${rest}`;
}

function named(names: readonly string[]): string {
  const more = names.length > SHOWN ? `, and ${names.length - SHOWN} more` : "";
  return `${names.slice(0, SHOWN).join(", ")}${more}.`;
}
