import { type AwsClients } from "../../../aws/clients";
import { badInput } from "../../../common/errors";
import { type BaselineSettings } from "../../../components/foundation/settings/model";
import { survey } from "../../account/survey/survey";
import { copyCost } from "./copy-cost";
import { findCrowdedUsers } from "./crowded-users";
import { decide } from "./decide";
import { findEndpoints } from "./endpoints";
import { findLeftovers } from "./leftovers";
import { changesTo } from "./merge";
import { type Decision, type Facts, type Manages, type TrailChoice } from "./model";
import { type AdoptReport, type Copies, unsupportedNotes } from "./report";
import { billedBeside } from "./trails";

export interface AdoptionRequest {
  aws: AwsClients;
  settings: BaselineSettings;
  /** The stack file, for the report. */
  file: string;
  /** Account ids the stack may work on, by its state or by `aws:allowedAccountIds`; any where empty. */
  allowedAccountIds: string[];
  regions?: string[];
  trail: TrailChoice;
  /** Absent where there is no state to read. */
  manages?: Manages;
  /** Absent like `manages`. */
  made?: ReadonlySet<string>;
  notes?: string[];
  onProgress?: (text: string) => void;
}

/**
 * Reads the account and decides. Nothing is written.
 *
 * @throws BaselineError `other-account` when the credentials are of an account that the stack does not allow
 */
export async function planAdoption(adoption: AdoptionRequest): Promise<AdoptReport> {
  const { aws, settings, manages, made, trail, notes = [], onProgress } = adoption;
  const found = await survey(aws, {
    except: settings.excludeRegions,
    ...(adoption.regions && { regions: adoption.regions }),
    kinds: [
      "detectors", "recorders", "channels", "trails", "analyzers", "defaultSecurityGroups", "passwordPolicy",
      "publicAccessBlock", "configRole", "budgets", "controlTowerRoles",
    ], // prettier-ignore
    ...(onProgress && { onProgress }),
  });
  requireAccount(found.accountId, adoption.allowedAccountIds);
  const [left, endpoints, crowded] = await Promise.all([
    findLeftovers(aws, found, settings, onProgress),
    findEndpoints(aws, settings, found.regions),
    findCrowdedUsers(aws, settings, found.partition),
  ]);
  const facts: Facts = {
    survey: found,
    settings,
    trail,
    leftovers: left,
    endpoints,
    crowded,
    ...(manages && { manages }),
    ...(made && { made }),
  };
  const decisions = decide(facts);
  const copies = await copiesBeside(aws, facts, decisions, onProgress);
  return {
    accountId: found.accountId,
    regions: found.regions,
    file: adoption.file,
    decisions,
    ...(copies && { copies }),
    changes: changesTo(settings.adopt, decisions, facts),
    notes: [
      ...notes,
      ...unsupportedNotes([...found.problems, ...[left, endpoints, crowded].flatMap(({ problems }) => problems)]),
    ],
  };
}

async function copiesBeside(
  aws: AwsClients,
  facts: Facts,
  decisions: Decision[],
  onProgress: AdoptionRequest["onProgress"],
): Promise<Copies | undefined> {
  const trails = billedBeside(facts, decisions);
  if (trails.length === 0) {
    return undefined;
  }
  onProgress?.("counting events, for what a second copy of them costs");
  const cost = await copyCost(aws, facts.survey.regions);
  return { beside: trails.map(({ name }) => name), ...(cost && { cost }) };
}

function requireAccount(accountId: string, allowed: string[]): void {
  if (allowed.length > 0 && !allowed.includes(accountId)) {
    throw badInput(
      "other-account",
      `The credentials are of account ${accountId}, and the stack is for ${allowed.join(", ")}; nothing was decided.`,
      "Sign in to the stack's account, or name another stack.",
    );
  }
}
