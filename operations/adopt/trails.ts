import { bearsOurTags, isControlTowers } from "../survey/owner";
import { type Trail } from "../survey/model";
import { type Decision, type Facts } from "./model";
import { isOurs, ours } from "./regional";
import { resourceNames } from "./resource-names";

/** Trails a region can have, copies of organization trails included. Source: CloudTrail User Guide, "Quotas". */
const maximumTrails = 5;

/**
 * A second trail does no harm but to the bill, and whoever reads the bucket of an existing one would miss its files: so
 * that the baseline's own stands beside it, unless somebody says otherwise.
 */
export function trails(facts: Facts): Decision[] {
  const { survey, settings } = facts;
  const chosen = facts.trail === "import" ? toImport(facts) : facts.trail === "beside" ? namesake(facts) : undefined;
  const rows = survey.trails.map((trail) => decide(facts, trail, trail === chosen));
  const atHome = survey.trails.filter((each) => each.homeRegion === settings.homeRegion || each.multiRegion);
  const isThere = rows.some(({ action }) => action === "ours" || action === "import");
  if (settings.auditTrail.enabled && facts.trail !== "skip" && !isThere && atHome.length >= maximumTrails) {
    const why = `CloudTrail allows ${maximumTrails} trails in a region, and ${settings.homeRegion} has ${atHome.length}. Delete one, or run this with --trail import or --trail skip.`;
    const row = { thing: "CloudTrail trails", name: "", region: settings.homeRegion, control: "AuditTrail" };
    return [...rows, { ...row, owner: "theirs", action: "conflict", why }];
  }
  return rows;
}

function decide(facts: Facts, trail: Trail, isChosen: boolean): Decision {
  const { settings } = facts;
  const { homeRegion: region, name } = trail;
  const row = { thing: "CloudTrail trail", name, region, control: "AuditTrail" };
  const as = { resource: resourceNames.trail, id: `${trail.arn}@${region}` };
  if (!settings.auditTrail.enabled) {
    return { ...row, owner: ownerOf(trail), action: "keep", why: "The control is switched off or left out." };
  }
  if (isOurTrail(facts, trail)) {
    return { ...row, ...ours, as };
  }
  if (facts.trail === "skip") {
    const why = "The baseline's own trail and its alarms are left out, as --trail skip says.";
    return { ...row, owner: ownerOf(trail), action: "skip", why, skip: ["AuditTrail"] };
  }
  if (isChosen) {
    const named = name === ownName(settings) ? "It bears the baseline's own name. " : "";
    const why = `${named}At \`up\` it is delivered to the baseline's own bucket, encrypted, instead of to ${trail.bucket}, which stays.`;
    return { ...row, owner: "theirs", action: "import", why, as };
  }
  if (ownerOf(trail) !== "theirs") {
    const whose = isControlTowers(name) ? "AWS Control Tower's" : "The organization's";
    const why = `${whose}, and not ours to change. The baseline's own stands beside it, for its alarms, as a billed copy.`;
    return { ...row, owner: ownerOf(trail), action: "keep", why };
  }
  if (facts.trail === "import") {
    const why = `A trail cannot be moved, and this one is at home in ${region}, the baseline in ${settings.homeRegion}: it stays beside ours.`;
    return { ...row, owner: "theirs", action: region === settings.homeRegion ? "keep" : "conflict", why };
  }
  const cost =
    trail.managementEvents === false
      ? "It copies no management events, so that ours stays the free one."
      : "Ours stands beside it, as a billed copy of management events; --trail import takes this one over instead.";
  return { ...row, owner: "theirs", action: "keep", why: cost };
}

function ownerOf({ name, organization }: Trail) {
  return isControlTowers(name) ? "control-tower" : organization ? "organization" : "theirs";
}

function isOurTrail(facts: Facts, { arn, name, tags, homeRegion }: Trail): boolean {
  const looksOurs = bearsOurTags(tags) || name === ownName(facts.settings);
  const type = "aws:cloudtrail/trail:Trail";
  // The state has the ARN for an id; older versions of the provider had the name.
  return (
    isOurs(facts, type, arn, homeRegion, looksOurs) ||
    (facts.manages !== undefined && isOurs(facts, type, name, homeRegion, false))
  );
}

function ownName({ namePrefix }: Facts["settings"]): string {
  return `${namePrefix}-trail`;
}

/** Left behind by a stack that is no more: nothing can stand beside it, since CloudTrail takes a name once. */
function namesake(facts: Facts): Trail | undefined {
  const { survey, settings } = facts;
  return survey.trails.find(
    (trail) =>
      trail.name === ownName(settings) && trail.homeRegion === settings.homeRegion && ownerOf(trail) === "theirs",
  );
}

/** One of the account's own at home in the baseline's region; better one of all regions, and one that is running. */
function toImport({ survey, settings }: Facts): Trail | undefined {
  const able = survey.trails.filter(
    (trail) => ownerOf(trail) === "theirs" && trail.homeRegion === settings.homeRegion && !bearsOurTags(trail.tags),
  );
  const listed = able.find(
    ({ arn, homeRegion }) => settings.adopt.import[resourceNames.trail] === `${arn}@${homeRegion}`,
  );
  const rank = ({ multiRegion, logging }: Trail) => Number(multiRegion) * 2 + Number(logging);
  return listed ?? [...able].sort((a, b) => rank(b) - rank(a))[0];
}

/** Trails that copy management events already, so that one more is billed. Source: AWS CloudTrail pricing. */
export function billedBeside({ survey, settings }: Facts, decisions: Decision[]): Trail[] {
  const isMade =
    settings.auditTrail.enabled &&
    !decisions.some(({ action, as }) => action === "import" && as?.resource === resourceNames.trail);
  const names = new Set(
    decisions.filter(({ thing, action }) => thing === "CloudTrail trail" && action === "keep").map(({ name }) => name),
  );
  return isMade
    ? survey.trails.filter(({ name, managementEvents }) => names.has(name) && managementEvents !== false)
    : [];
}
