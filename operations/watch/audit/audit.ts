import { type AwsClients } from "../../../aws/clients";
import { globalRegion } from "../../../components/foundation/partition";
import { ask } from "../../../aws/ask";
import { enabledRegions } from "../../../aws/enabled-regions";
import { Attempts } from "../../../aws/attempt";
import { nameRegions } from "../../../aws/regions-to-ask";
import { type AcceptedEntry } from "../drift/accepted-file";
import { exempted } from "./exemptions";
import { type AuditFinding, type AuditPart, type AuditProblem, type AuditReport } from "./model";
import { readPasswordPolicy, readSummary } from "./read/account";
import { readAnalyzers } from "./read/analyzers";
import { type Place, type See } from "./read/place";
import { readPrincipals } from "./read/principals";
import { readInstances, readSecrets, readSecurityGroups } from "./read/regional";
import { readUsers } from "./read/users";
import { inOrder } from "./order";
import { judge } from "./rules";

export interface AuditOptions {
  /** Default: every region the account has enabled. */
  regions?: readonly string[];
  accepted?: readonly AcceptedEntry<"rule">[];
  /** Default: the present. */
  now?: Date;
  /** Milliseconds between two looks whether the credential report is ready. Default: 2000. */
  pause?: number;
  onProgress?: (text: string) => void;
  /** Once aborted, nothing more is asked, and the report is of no use. */
  signal?: AbortSignal;
}

/**
 * Looks for what lets keys leak, and makes a leak costly. Nothing is written, but that IAM is asked to make its
 * credential report. Every part is read by itself: what one cannot tell stands in `problems` and spoils no other.
 *
 * @throws BaselineError `no-credentials`, `credentials-expired`, `credentials-refused`, `access-denied` when not even
 *   the account's number can be had
 */
export async function audit(aws: AwsClients, options: AuditOptions = {}): Promise<AuditReport> {
  const { now = new Date(), onProgress = () => undefined, accepted = [] } = options;
  const begun = Date.now();
  onProgress("asking who we are");
  const { Account: accountId = "", Arn: arn = "" } = await ask("sts:GetCallerIdentity", aws.defaultRegion, () =>
    aws.sts().getCallerIdentity({}),
  );
  const home = globalRegion(arn.split(":")[1] || "aws");
  const attempts = new Attempts<AuditPart>(true);
  // Two readers may see the same; the first to say so is heard.
  const found = new Map<string, AuditFinding>();
  const see: See = (kind, subject) =>
    judge(kind, subject, now).forEach((each) => found.has(each.id) || found.set(each.id, each));
  const place = (region: string): Place => ({
    ...{ aws, attempts, region, now, see },
    ...(options.signal && { signal: options.signal }),
  });

  const regions = options.regions ?? (await regionsOf(aws, attempts, home));
  const users = await readAll(place, home, regions, { onProgress, ...options });
  const { findings, ...rest } = exempted([...found.values()], accepted, now);
  const problems = distinct(attempts.problems).map((each) =>
    each.kind === "regions" && ["denied", "service-control-policy"].includes(each.cause)
      ? { ...each, reason: `${each.reason.replace(/\.$/, "")}; ${nameRegions}.` }
      : each,
  );
  return {
    accountId,
    startedAt: now.toISOString(),
    seconds: Math.round((Date.now() - begun) / 100) / 10,
    regions: [...regions],
    ...(users !== undefined && { users }),
    findings: inOrder(findings),
    ...rest,
    partial: problems.length > 0,
    problems,
  };
}

async function readAll(
  place: (region: string) => Place,
  home: string,
  regions: readonly string[],
  { onProgress, pause }: AuditOptions,
): Promise<number | undefined> {
  const account = place(home);
  let left = regions.length;
  // What is waited for is what has not come yet, not what usually takes longest.
  const waiting = new Set<string>();
  const tell = () => {
    if (!account.attempts.goesOn) return;
    const places = left === 0 ? [] : [`${left} of ${regions.length} regions`];
    const names = [...places, ...waiting];
    if (names.length > 0) onProgress?.(`waiting for ${names.join(", ")}`);
  };
  const part = async <T>(name: string, work: Promise<T>): Promise<T> => {
    waiting.add(name);
    const found = await work;
    waiting.delete(name);
    tell();
    return found;
  };
  const inRegion = async (region: string) => {
    const there = place(region);
    const [watched] = await Promise.all([
      readAnalyzers(there),
      readSecurityGroups(there),
      readSecrets(there),
      readInstances(there),
    ]);
    left -= 1;
    tell();
    return watched === false ? [region] : [];
  };
  const expected = part("the account summary", readSummary(account));
  const [users, missing] = await Promise.all([
    part("the credential report", readUsers(account, { expected, ...(pause !== undefined && { pause }) })),
    Promise.all(regions.map(inRegion)),
    part("the password policy", readPasswordPolicy(account)),
    part("users and roles", readPrincipals(account)),
  ]);
  account.see("analyzers", { missingIn: missing.flat() });
  return users;
}

async function regionsOf(aws: AwsClients, attempts: Attempts<AuditPart>, home: string): Promise<readonly string[]> {
  const few = [...new Set([aws.defaultRegion, home])];
  return attempts.one<readonly string[]>("regions", aws.defaultRegion, few, async (call) =>
    (await enabledRegions(aws, aws.defaultRegion, call)).sort(),
  );
}

/** A call that was denied for each of a thousand users is one problem. */
function distinct(problems: readonly AuditProblem[]): AuditProblem[] {
  const by = new Map(problems.map((each) => [JSON.stringify([each.kind, each.region, each.action, each.cause]), each]));
  return [...by.values()].sort((a, b) => (a.kind + a.region < b.kind + b.region ? -1 : 1));
}
