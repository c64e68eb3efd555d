import { configBucketName } from "../../../components/config-recording/config-bucket-policy";
import { regionsOf } from "../../../components/foundation/settings/skip";
import { bearsOurTags, isControlTowers, underControlTower } from "../../account/survey/owner";
import { type Tags } from "../../account/survey/model";
import { type Decision, type Facts } from "./model";
import { resourceNames } from "./resource-names";

/** What the state says, where there is one; else what the thing itself says. */
export function isOurs({ manages }: Facts, type: string, id: string, region: string | undefined, looksOurs: boolean) {
  return manages ? manages(type, id, region) : looksOurs;
}

export const ours = { owner: "ours", action: "ours", why: "The stack manages it." } as const;

/** Whether the control is provisioned in this region. */
function isWanted({ settings }: Facts, control: string, enabled: boolean, region: string): boolean {
  return enabled && regionsOf(control, settings, [region]).length > 0;
}

const leftOut = { owner: "theirs", action: "keep", why: "The control is switched off or left out here." } as const;

export function detectors(facts: Facts): Decision[] {
  const { survey, settings } = facts;
  const { enabled, publishingFrequency } = settings.threatDetection;
  return survey.detectors.map((detector): Decision => {
    const { region, id } = detector;
    const row = { thing: "GuardDuty detector", name: id, region, control: "ThreatDetection" };
    const as = { resource: resourceNames.detector(region), id: `${id}@${region}` };
    if (!isWanted(facts, "ThreatDetection", enabled, region)) {
      return { ...row, ...leftOut };
    }
    if (isOurs(facts, "aws:guardduty/detector:Detector", id, region, bearsOurTags(detector.tags))) {
      return { ...row, ...ours, as };
    }
    if (detector.administratorId !== undefined) {
      const skip = [`ThreatDetection@${region}`];
      const why = `Account ${detector.administratorId} administers GuardDuty here: its settings are not ours to change. Findings are told all the same.`;
      return { ...row, owner: "organization", action: "skip", why, skip };
    }
    const changes = [
      ...(detector.enabled ? [] : ["it is switched on"]),
      ...(detector.publishingFrequency === publishingFrequency
        ? []
        : [`publishing ${detector.publishingFrequency} becomes ${publishingFrequency}`]),
      "its tags become the baseline's",
    ];
    const why = `A region has one at most. At \`up\` ${changes.join(", ")}.`;
    return { ...row, owner: "theirs", action: "import", why, as };
  });
}

export function recorders(facts: Facts): Decision[] {
  const { survey, settings } = facts;
  return survey.recorders.map((recorder): Decision => {
    const { region, name } = recorder;
    const row = { thing: "Config recorder", name, region, control: "ConfigRecording" };
    if (recorder.servicePrincipal !== undefined) {
      return { ...row, owner: "theirs", action: "keep", why: `${recorder.servicePrincipal} runs it for itself.` };
    }
    const changes = [
      ...(recorder.recording ? [] : ["it is started"]),
      ...(recorder.allTypes ? [] : ["it records all types"]),
    ];
    const effect = changes.length > 0 ? ` At \`up\` ${changes.join(", ")}.` : "";
    const fixed = `${settings.namePrefix}-recorder`;
    const as = { resource: resourceNames.recorder(region), id: `${name}@${region}` };
    return configThing(facts, row, as, "aws:cfg/recorder:Recorder", fixed, recorder.tags, effect);
  });
}

export function channels(facts: Facts): Decision[] {
  return facts.survey.channels.map(({ region, name, bucket }): Decision => {
    const row = { thing: "Config delivery channel", name, region, control: "ConfigRecording" };
    const as = { resource: resourceNames.channel(region), id: `${name}@${region}` };
    const own = configBucketName(facts.settings.namePrefix, facts.survey.accountId, facts.settings.homeRegion);
    const from = bucket === own ? "" : ` instead of ${bucket}, which stays`;
    const effect = ` At \`up\` it delivers to the baseline's bucket${from}.`;
    const fixed = `${facts.settings.namePrefix}-channel`;
    return configThing(facts, row, as, "aws:cfg/deliveryChannel:DeliveryChannel", fixed, {}, effect);
  });
}

type Row = Pick<Decision, "thing" | "name" | "control"> & { region: string };

function configThing(
  facts: Facts,
  row: Row,
  as: NonNullable<Decision["as"]>,
  type: string,
  fixedName: string,
  tags: Tags,
  effect: string,
): Decision {
  if (isControlTowers(row.name)) {
    return {
      ...row,
      owner: "control-tower",
      action: "skip",
      why: "AWS Control Tower records here, and lets nobody change it.",
    };
  }
  if (!isWanted(facts, "ConfigRecording", facts.settings.configRecording.enabled, row.region)) {
    return { ...row, ...leftOut };
  }
  if (underControlTower(facts.survey)) {
    return { ...row, owner: "theirs", action: "skip", why: "Control Tower's policies forbid changes to AWS Config." };
  }
  if (isOurs(facts, type, row.name, row.region, row.name === fixedName || bearsOurTags(tags))) {
    return { ...row, ...ours, as };
  }
  return { ...row, owner: "theirs", action: "import", why: `A region has one at most.${effect}`, as };
}

export function analyzers(facts: Facts): Decision[] {
  const { survey, settings } = facts;
  const { enabled, unusedAccess } = settings.externalAccess;
  return survey.analyzers.map((analyzer): Decision => {
    const { region, name, type } = analyzer;
    const row = { thing: `Access Analyzer (${type})`, name, region, control: "ExternalAccess" };
    if (type.startsWith("ORGANIZATION")) {
      return {
        ...row,
        owner: "organization",
        action: "keep",
        why: "It looks at the whole organization; ours stands beside it.",
      };
    }
    const unused = type === "ACCOUNT_UNUSED_ACCESS" && unusedAccess && region === settings.homeRegion;
    if (
      !enabled ||
      (type !== "ACCOUNT" && !unused) ||
      (type === "ACCOUNT" && !isWanted(facts, "ExternalAccess", true, region))
    ) {
      return { ...row, ...leftOut, why: "The baseline has none of this kind here." };
    }
    const resource = unused ? resourceNames.unusedAccessAnalyzer : resourceNames.analyzer(region);
    const as = { resource, id: `${name}@${region}` };
    if (isOurs(facts, "aws:accessanalyzer/analyzer:Analyzer", name, region, bearsOurTags(analyzer.tags))) {
      return { ...row, ...ours, as };
    }
    return {
      ...row,
      owner: "theirs",
      action: "import",
      why: "A region has one at most. Its tags become the baseline's.",
      as,
    };
  });
}

export function defaultSecurityGroups(facts: Facts): Decision[] {
  const { survey, settings } = facts;
  const { enabled, closeDefaultSecurityGroups } = settings.accountGuards;
  return survey.defaultSecurityGroups.map((group): Decision => {
    const { region, id, rules } = group;
    const row = { thing: "Default security group", name: id, region, control: "AccountGuards" };
    const as = { resource: resourceNames.defaultSecurityGroup(region), id: `${id}@${region}` };
    if (!closeDefaultSecurityGroups || !isWanted(facts, "AccountGuards", enabled, region)) {
      return { ...row, ...leftOut, why: "closeDefaultSecurityGroups is off: its rules stay." };
    }
    if (isOurs(facts, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", id, region, bearsOurTags(group.tags))) {
      return { ...row, ...ours, as };
    }
    if (rules === 0) {
      return { ...row, owner: "theirs", action: "keep", why: "It has no rules already." };
    }
    const why = `At \`up\` it loses its ${rules} rule(s), and what relies on them its network.`;
    return { ...row, owner: "theirs", action: "import", why, as };
  });
}
