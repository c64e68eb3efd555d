import { trailNames } from "../../../components/audit-trail/trail-names";
import { bearsOurTags, isControlTowers } from "../../account/survey/owner";
import { type Trail } from "../../account/survey/model";
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
  const own = survey.trails.find((trail) => isOurTrail(facts, trail));
  const chosen = own === undefined && facts.trail !== "skip" ? toTakeOver(facts) : undefined;
  const rows = survey.trails.map((trail) => decide(facts, trail, chosen ?? own));
  const atHome = survey.trails.filter((each) => each.homeRegion === settings.homeRegion || each.multiRegion);
  const isThere = rows.some(({ action }) => action === "ours" || action === "import");
  if (settings.auditTrail.enabled && facts.trail !== "skip" && !isThere && atHome.length >= maximumTrails) {
    const why = `CloudTrail allows ${maximumTrails} trails in a region, and ${settings.homeRegion} has ${atHome.length}. Delete one, or run this with --trail import or --trail skip.`;
    const row = { thing: "CloudTrail trails", name: "", region: settings.homeRegion, control: "AuditTrail" };
    return [...rows, { ...row, owner: "theirs", action: "conflict", why }];
  }
  return rows;
}

/** @param taken the trail that is, or will be, the stack's */
function decide(facts: Facts, trail: Trail, taken: Trail | undefined): Decision {
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
  if (trail === taken) {
    return { ...row, owner: "theirs", action: "import", why: whyTaken(facts, trail), as };
  }
  if (ownerOf(trail) !== "theirs") {
    const whose = isControlTowers(name) ? "AWS Control Tower's" : "The organization's";
    const why = `${whose}, and not ours to change. The baseline's own stands beside it, for its alarms, as a billed copy.`;
    return { ...row, owner: ownerOf(trail), action: "keep", why };
  }
  if (name === ownName(settings)) {
    // Not taken over, so at home elsewhere. A trail of all regions has its name in each of them.
    const why = `It bears the baseline's own name, which CloudTrail gives once, and is at home in ${region}. Delete it (its files stay in ${trail.bucket}), or set homeRegion to ${region}.`;
    return { ...row, owner: "theirs", action: "conflict", why };
  }
  if (facts.trail === "import") {
    return taken === undefined
      ? {
          ...row,
          owner: "theirs",
          action: "conflict",
          why: `A trail cannot be moved. This one is at home in ${region}, the baseline in ${settings.homeRegion}.`,
        }
      : { ...row, owner: "theirs", action: "keep", why: `The stack takes one trail only: ${taken.name}.` };
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

function whyTaken({ settings, survey }: Facts, { name, bucket, tags }: Trail): string {
  const { homeRegion, namePrefix } = settings;
  const names = trailNames(namePrefix, survey.partition, survey.accountId, homeRegion);
  const from = bucket === names.bucket ? "" : ` instead of to ${bucket}, which stays`;
  return [
    ...(name === names.trail ? ["It bears the baseline's own name."] : []),
    ...(bearsOurTags(tags) ? ["It bears the baseline's tags, and no stack that was read manages it."] : []),
    `At \`up\` it is delivered to the baseline's own bucket, encrypted${from}.`,
  ].join(" ");
}

/**
 * The trail that becomes the stack's. One of our own name in any case: CloudTrail gives a name once, so that nothing
 * can be made beside it. With `--trail import` one of the account's own at home in the baseline's region; better one of
 * all regions, one that is running, and one that no other stack of the baseline may manage.
 */
function toTakeOver({ survey, settings, trail: choice }: Facts): Trail | undefined {
  const able = survey.trails.filter((trail) => ownerOf(trail) === "theirs" && trail.homeRegion === settings.homeRegion);
  const namesake = able.find(({ name }) => name === ownName(settings));
  if (namesake !== undefined || choice !== "import") {
    return namesake;
  }
  const listed = able.find(
    ({ arn, homeRegion }) => settings.adopt.import[resourceNames.trail] === `${arn}@${homeRegion}`,
  );
  const rank = ({ multiRegion, logging, tags }: Trail) =>
    Number(!bearsOurTags(tags)) * 4 + Number(multiRegion) * 2 + Number(logging);
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
