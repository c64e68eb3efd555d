import { regionsOf } from "../../../components/foundation/settings/skip";
import { type SurveyKind, type SurveyProblem } from "../../account/survey/model";
import { underControlTower } from "../../account/survey/owner";
import { budgets, configRole, passwordPolicy, publicAccessBlock } from "./account-wide";
import { crowdedUsers } from "./crowded-users";
import { endpoints } from "./endpoints";
import { leftovers } from "./leftovers";
import { type Decision, type Facts } from "./model";
import { analyzers, channels, defaultSecurityGroups, detectors, recorders } from "./regional";
import { trails } from "./trails";

/** What the baseline makes of everything the survey found, and of what it could not find. */
export function decide(facts: Facts): Decision[] {
  return all(facts).map((decision) => unlessMade(decision, facts));
}

/** What the state has under the name of an import would be replaced by it. */
function unlessMade(decision: Decision, { made, settings }: Facts): Decision {
  const { action, as } = decision;
  if (action !== "import" || !as || !made?.has(as.resource) || settings.adopt.import[as.resource] === as.id) {
    return decision;
  }
  const why =
    "The stack has another in its place, which the import would replace. If that one is gone, `pulumi refresh` takes it out of the state; then run this again.";
  return { ...decision, action: "conflict", why };
}

function all(facts: Facts): Decision[] {
  return [
    ...controlTower(facts),
    ...rulesWithoutRecorder(facts),
    ...trails(facts),
    ...detectors(facts),
    ...recorders(facts),
    ...channels(facts),
    ...analyzers(facts),
    ...passwordPolicy(facts),
    ...publicAccessBlock(facts),
    ...configRole(facts),
    ...budgets(facts),
    ...defaultSecurityGroups(facts),
    ...endpoints(facts),
    ...crowdedUsers(facts),
    ...leftovers(facts),
    ...untold(facts),
  ];
}

/**
 * Control Tower's policies let nobody else change AWS Config, in any region; its rules can be added to where it records.
 *
 * Source: AWS Control Tower Controls Reference, "Disallow Configuration Changes to AWS Config" (AWS-GR_CONFIG_CHANGE_PROHIBITED).
 */
function controlTower({ survey, settings }: Facts): Decision[] {
  if (!underControlTower(survey)) {
    return [];
  }
  const isUnseen = (region: string) =>
    survey.problems.some((each) => each.kind === "recorders" && each.region === region);
  const isRecorded = (region: string) => survey.recorders.some((each) => each.region === region) || isUnseen(region);
  const unrecorded = survey.regions.filter((region) => !isRecorded(region));
  const none = unrecorded.length === survey.regions.length;
  const rules = none ? ["ComplianceRules"] : unrecorded.map((region) => `ComplianceRules@${region}`);
  const skip = [
    ...(settings.configRecording.enabled ? ["ConfigRecording"] : []),
    ...(settings.complianceRules.enabled ? rules : []),
  ];
  const where = unrecorded.length > 0 ? " Rules need a recorder, so that they are left out where it has none." : "";
  const row = { thing: "AWS Control Tower", name: "", owner: "control-tower" as const, control: "ConfigRecording" };
  const why = `It governs the account, and its policies forbid others to change AWS Config: recording is left to it.${where}`;
  return [{ ...row, action: "skip", why, skip }];
}

/**
 * Regions whose rules would stand without a recorder: the settings leave recording out, and nobody else records.
 *
 * Source: AWS Config API reference, PutConfigRule, `NoAvailableConfigurationRecorderException`.
 */
function rulesWithoutRecorder({ survey, settings }: Facts): Decision[] {
  if (underControlTower(survey) || !settings.complianceRules.enabled) {
    return [];
  }
  const ours = settings.configRecording.enabled ? regionsOf("ConfigRecording", settings, survey.regions) : [];
  const unseen = survey.problems.filter(({ kind }) => kind === "recorders").map(({ region }) => region);
  const recorded = new Set([...ours, ...unseen, ...survey.recorders.map(({ region }) => region)]);
  const checked = regionsOf("ComplianceRules", settings, survey.regions);
  const missing = checked.filter((region) => !recorded.has(region));
  if (missing.length === 0) {
    return [];
  }
  const everywhere = missing.length === survey.regions.length;
  const where = everywhere ? "any region" : missing.join(", ");
  const why = `The settings leave recording out, and there is no recorder in ${where}. AWS takes no rule without one, so the rules are left out there.`;
  const skip = everywhere ? ["ComplianceRules"] : missing.map((region) => `ComplianceRules@${region}`);
  return [{ thing: "Config rules", name: "", owner: "ours", control: "ComplianceRules", action: "skip", why, skip }];
}

/** The control that a kind of thing meets, and how the thing is called where it could not be seen. */
const meets: Partial<Record<SurveyKind, { control: string; setting: keyof Facts["settings"]; thing: string }>> = {
  detectors: { control: "ThreatDetection", setting: "threatDetection", thing: "GuardDuty detector" },
  recorders: { control: "ConfigRecording", setting: "configRecording", thing: "Config recorder" },
  channels: { control: "ConfigRecording", setting: "configRecording", thing: "Config delivery channel" },
  analyzers: { control: "ExternalAccess", setting: "externalAccess", thing: "Access Analyzer" },
  trails: { control: "AuditTrail", setting: "auditTrail", thing: "CloudTrail trail" },
  defaultSecurityGroups: { control: "AccountGuards", setting: "accountGuards", thing: "Default security group" },
  passwordPolicy: { control: "PasswordPolicy", setting: "passwordPolicy", thing: "IAM password policy" },
  publicAccessBlock: { control: "AccountGuards", setting: "accountGuards", thing: "S3 public access block" },
  configRole: { control: "ConfigRecording", setting: "configRecording", thing: "Role of AWS Config" },
  budgets: { control: "BillingAlarm", setting: "billingAlarm", thing: "Budget" },
  controlTowerRoles: { control: "ConfigRecording", setting: "configRecording", thing: "AWS Control Tower" },
};

const byRegion = new Set(["ThreatDetection", "ConfigRecording", "ExternalAccess"]);
const regionalKinds = ["detectors", "recorders", "channels", "trails", "analyzers"];

/** A service control policy that denies the question will deny the deed, so that the control is left out there. */
function untold({ survey, settings }: Facts): Decision[] {
  const closed = closedRegions(survey.problems);
  const told = survey.problems.filter(({ cause, region }) => cause !== "unsupported" && !closed.includes(region));
  const rows = told.flatMap(({ kind, region, cause, reason }): Decision[] => {
    const met = meets[kind];
    const isOff = met && (settings[met.setting] as { enabled?: boolean }).enabled === false;
    if (!met || isOff || (kind === "defaultSecurityGroups" && !settings.accountGuards.closeDefaultSecurityGroups)) {
      return [];
    }
    const row = { thing: met.thing, name: "", region, control: met.control };
    return cause === "service-control-policy" && byRegion.has(met.control)
      ? [{ ...row, owner: "organization", action: "skip", why: reason, skip: skipped(met.control, region, settings) }]
      : [
          {
            ...row,
            owner: cause === "service-control-policy" ? "organization" : "theirs",
            action: "unknown",
            why: reason,
          },
        ];
  });
  return [
    ...closed.map(closedRegion),
    ...rows.filter((row, index) => rows.findIndex((each) => isSame(each, row)) === index),
  ];
}

/** AWS Config takes no rule where it has no recorder, and whether somebody else's is there nobody can see. */
function skipped(control: string, region: string, { complianceRules }: Facts["settings"]): string[] {
  const rules = control === "ConfigRecording" && complianceRules.enabled ? [`ComplianceRules@${region}`] : [];
  return [`${control}@${region}`, ...rules];
}

function isSame(a: Decision, b: Decision): boolean {
  return a.thing === b.thing && a.region === b.region && a.why === b.why;
}

/** Regions in which an organization's policy denies whatever was asked. */
function closedRegions(problems: SurveyProblem[]): string[] {
  const denied = problems.filter(({ cause }) => cause === "service-control-policy");
  const regions = [...new Set(denied.map(({ region }) => region))];
  return regions.filter((region) =>
    regionalKinds.every((kind) => denied.some((each) => each.region === region && each.kind === kind)),
  );
}

function closedRegion(region: string): Decision {
  const why = "A service control policy of the organization closes the region. Add it to excludeRegions.";
  return {
    thing: "The region",
    name: "",
    region,
    owner: "organization",
    action: "conflict",
    why,
    control: "every control",
  };
}
