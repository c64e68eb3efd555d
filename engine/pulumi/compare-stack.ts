import { type EngineEvent } from "@pulumi/pulumi/automation";
import { type Observation, type PropertyDifference } from "../../common/observation";
import { compareInputs } from "../../common/compare-inputs";
import { type ExportedResource } from "../host";
import { comparedIn, observationsIn } from "./observations";

/** One run of the engine. */
export interface EngineRun {
  events: EngineEvent[];
  /** Explained; absent where the run came to its end. */
  failure?: Error & { code?: string };
}

export interface EngineRuns {
  state: ExportedResource[];
  /** `pulumi preview`; with `refresh`, what the account has takes the place of the state first. */
  preview: (refresh: boolean) => Promise<EngineRun>;
  /** `pulumi refresh --preview-only`. */
  refresh: () => Promise<EngineRun>;
}

/**
 * Compares the account with the program, in one run: a preview that refreshes first. What the state says decides nothing
 * then, whoever wrote it.
 *
 * The engine ends such a run before it asks the program when a single resource cannot be read. Then the account is compared
 * with the state, and the state with the program, so that the failure leaves no other resource unknown.
 *
 * @throws the failure where nothing could be read, or where it is not about a resource: wrong settings, a locked stack
 */
export async function compareStack({ state, preview, refresh }: EngineRuns): Promise<Observation[]> {
  const whole = await preview(true);
  if (!whole.failure) {
    return comparedIn(whole.events, state);
  }
  // A region that is not enabled refuses the credentials of one resource.
  if (!["engine-failed", "credentials-refused"].includes(whole.failure.code ?? "")) {
    throw whole.failure;
  }
  const read = await refresh();
  // Where every resource could be read, the program itself failed.
  const reached = read.events.some(({ resOutputsEvent, resOpFailedEvent }) => resOutputsEvent ?? resOpFailedEvent);
  const observations = observationsIn(read.events, state);
  if (!reached || !observations.some((each) => each.state === "unknown")) {
    throw whole.failure;
  }
  const program = await preview(false);
  return program.failure
    ? observations.map((each) => notCompared(each, program.failure?.message ?? ""))
    : merged(observations, comparedIn(program.events, state));
}

/** What is as the state has it need not be as the program wants it. */
function notCompared(each: Observation, failure: string): Observation {
  const [why = ""] = failure.split("\n");
  return each.state === "same" ? { ...each, state: "unknown", reason: `The program could not be asked: ${why}` } : each;
}

/**
 * The account compared with the program, by way of the state.
 *
 * @param account compared with the state
 * @param program compared with the state: there, what is found is what the state has
 */
export function merged(account: Observation[], program: Observation[]): Observation[] {
  const read = new Map(account.map((each) => [each.urn, each]));
  return program.map((wanted) => {
    const found = read.get(wanted.urn);
    if (!found || found.state === "same" || wanted.state === "unknown") {
      return wanted;
    }
    if (found.state !== "changed") {
      return { ...wanted, state: found.state, differences: [], ...(found.reason && { reason: found.reason }) };
    }
    if (wanted.state !== "changed" && wanted.state !== "same") {
      return wanted;
    }
    const differences = together(wanted.differences, found.differences);
    return { ...wanted, state: differences.length > 0 ? "changed" : "same", differences };
  });
}

function together(wanted: PropertyDifference[], found: PropertyDifference[]): PropertyDifference[] {
  const paths = [...new Set([...wanted, ...found].map(({ path }) => path))];
  return paths.flatMap((path) => {
    const [ofProgram, ofAccount] = [wanted, found].map((all) => all.find((each) => each.path === path));
    const [expected, there] = [(ofProgram ?? ofAccount)?.expected, (ofAccount ?? ofProgram)?.found];
    const same = compareInputs({ value: expected }, { value: there }).length === 0;
    return same ? [] : [{ path, expected, found: there }];
  });
}
