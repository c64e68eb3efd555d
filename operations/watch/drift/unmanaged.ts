import { type ExportedResource } from "../../../engine/host";
import { type Severity } from "../../output/severity";
import { type Survey, type SurveyKind } from "../../account/survey/model";
import { type LeftAlone } from "./left-alone";
import { type DriftItem } from "./model";
import { doubtsOn } from "./doubt";

/** The kinds of things that are looked for beside the program. */
export const unmanagedKinds = [
  "detectors",
  "recorders",
  "trails",
  "analyzers",
  "users",
] as const satisfies SurveyKind[];

export const userType = "aws:iam/user:User";
export const membershipType = "aws:iam/userGroupMembership:UserGroupMembership";

type Kind = (typeof unmanagedKinds)[number];

interface Thing {
  /** ARN, or what else names it in the account. */
  fullName: string;
  name: string;
  region?: string;
  /** As the state may have it: ids, ARNs and names. */
  ids: string[];
  severity?: Severity;
  means?: string;
}

interface Look {
  control: string;
  type: string;
  severity: Severity;
  means: string;
  things: (survey: Survey) => Thing[];
}

const looks: Record<Kind, Look> = {
  trails: {
    control: "AuditTrail",
    type: "aws:cloudtrail/trail:Trail",
    severity: "high",
    means: "somebody else gets a copy of what is recorded, or pays for one",
    // What an organization's management account makes is none of this account's doing.
    things: ({ trails, accountId }) =>
      trails
        .filter(({ arn }) => arn.split(":")[4] === accountId)
        .map(({ arn, name, homeRegion }) => ({ fullName: arn, name, region: homeRegion, ids: [arn, name] })),
  },
  detectors: {
    control: "ThreatDetection",
    type: "aws:guardduty/detector:Detector",
    severity: "medium",
    means: "it is not set as the baseline would",
    things: ({ detectors, accountId, partition }) =>
      detectors.map(({ id, region }) => ({
        fullName: `arn:${partition}:guardduty:${region}:${accountId}:detector/${id}`,
        name: id,
        region,
        ids: [id],
      })),
  },
  recorders: {
    control: "ConfigRecording",
    type: "aws:cfg/recorder:Recorder",
    severity: "medium",
    means: "it is not set as the baseline would",
    // Those of AWS services come and go with the service.
    things: ({ recorders }) =>
      recorders
        .filter(({ servicePrincipal }) => servicePrincipal === undefined)
        .map(({ arn, name, region }) => ({ fullName: arn, name, region, ids: [name] })),
  },
  analyzers: {
    control: "ExternalAccess",
    type: "aws:accessanalyzer/analyzer:Analyzer",
    severity: "low",
    means: "its findings are seen by nobody the baseline knows of",
    things: ({ analyzers }) =>
      analyzers.map(({ arn, name, region }) => ({ fullName: arn, name, region, ids: [arn, name] })),
  },
  users: {
    control: "MfaEnforcement",
    type: userType,
    severity: "high",
    means: "the stack does not put it under the MFA policy",
    things: ({ users }) => users.map(({ arn, name }) => ({ fullName: arn, name, ids: [name, arn] })),
  },
};

/**
 * What of the account the program does not manage: what no refresh can see.
 *
 * @param state the stack's resources; an IAM user counts as known when the program put it in a group
 * @param known what the settings leave alone on purpose
 */
export function unmanagedIn(survey: Survey, state: ExportedResource[], known: LeftAlone = {}): DriftItem[] {
  const { exemptUsers = [], skipped = [], excludedRegions = [] } = known;
  const managed = managedIds(state);
  return unmanagedKinds.flatMap((kind) => {
    const { control, type, severity, means, things } = looks[kind];
    return (
      things(survey)
        .filter(({ ids, region }) => !ids.some((id) => managed.has(key(type, region, id))))
        .filter(({ name }) => kind !== "users" || !exemptUsers.includes(name))
        .filter(({ region }) => !skipped.includes(control) && !skipped.includes(`${control}@${region}`))
        // A trail copies what is done to wherever it says, whether or not the baseline covers its region.
        .filter(({ region = "" }) => kind === "trails" || !excludedRegions.includes(region))
        .map(({ fullName, name, region }) => ({
          state: "drifted" as const,
          change: "unmanaged" as const,
          severity,
          means,
          control,
          ...(region !== undefined && { region }),
          urn: fullName,
          type,
          name,
          id: fullName,
          differences: [],
          consequences: [],
        }))
    );
  });
}

/**
 * What of the look could not be told: one item for each kind and cause. What is not supported somewhere is not there, and
 * nothing can be made in an excluded region that an organization's policy closes.
 */
export function untold(survey: Survey, { skipped = [], excludedRegions = [] }: LeftAlone = {}): DriftItem[] {
  const problems = survey.problems.filter(({ kind, cause, region }) => {
    const isClosed = cause === "service-control-policy" || kind !== "trails";
    return (
      isLookedFor(kind) &&
      cause !== "unsupported" &&
      !(excludedRegions.includes(region) && isClosed) &&
      ![looks[kind].control, `${looks[kind].control}@${region}`].some((each) => skipped.includes(each))
    );
  });
  return doubtsOn(problems, (kind) => looks[kind as Kind]);
}

function managedIds(state: ExportedResource[]): Set<string> {
  const keys = new Set<string>();
  for (const { type, id, inputs = {}, outputs = {} } of state) {
    const region = textOf(inputs["region"]) ?? textOf(outputs["region"]);
    const names = [id, inputs["name"], outputs["arn"], outputs["name"], inputs["analyzerName"], inputs["user"]];
    for (const name of names) {
      const text = textOf(name);
      if (text !== undefined) {
        keys.add(key(type === membershipType ? looks.users.type : type, region, text));
      }
    }
  }
  return keys;
}

// Recorders are all called `default`, so that only the region tells them apart.
function key(type: string, region: string | undefined, id: string): string {
  return [type, region ?? "", id].join("\n");
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function isLookedFor(kind: SurveyKind): kind is Kind {
  return (unmanagedKinds as readonly SurveyKind[]).includes(kind);
}
