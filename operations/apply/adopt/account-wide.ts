import { bearsOurTags } from "../../account/survey/owner";
import { type PasswordPolicy } from "../../account/survey/model";
import { type Decision, type Facts } from "./model";
import { isOurs, ours } from "./regional";
import { resourceNames } from "./resource-names";

const off = { owner: "theirs", action: "keep", why: "The control is switched off or left out." } as const;
const same = { owner: "theirs", action: "keep", why: "It says what the baseline says already." } as const;

export function passwordPolicy(facts: Facts): Decision[] {
  const { survey, settings } = facts;
  const found = survey.passwordPolicy;
  if (!found) {
    return [];
  }
  const id = "iam-account-password-policy";
  const row = { thing: "IAM password policy", name: "", control: "PasswordPolicy" };
  const as = { resource: resourceNames.passwordPolicy, id };
  if (!settings.passwordPolicy.enabled) {
    return [{ ...row, ...off }];
  }
  if (isOurs(facts, "aws:iam/accountPasswordPolicy:AccountPasswordPolicy", id, undefined, false)) {
    return [{ ...row, ...ours, as }];
  }
  const stricter = stricterThan(settings.passwordPolicy, found);
  if (stricter.length > 0) {
    const why = `It is stricter than the baseline, which would weaken it: ${stricter.join(", ")}. Set passwordPolicy to match.`;
    return [{ ...row, owner: "theirs", action: "conflict", why }];
  }
  const changes = changesOf(settings.passwordPolicy, found);
  if (changes.length === 0) {
    return [{ ...row, ...same, as }];
  }
  return [{ ...row, owner: "theirs", action: "import", why: `There is one. At \`up\` ${changes.join(", ")}.`, as }];
}

type Wanted = Facts["settings"]["passwordPolicy"];

function stricterThan(wanted: Wanted, found: PasswordPolicy): string[] {
  const { maxAgeDays, reusePrevention } = found;
  return [
    ...(found.minimumLength > wanted.minimumLength
      ? [`minimumLength ${found.minimumLength}, not ${wanted.minimumLength}`]
      : []),
    ...(maxAgeDays !== undefined && maxAgeDays < wanted.maxAgeDays
      ? [`maxAgeDays ${maxAgeDays}, not ${wanted.maxAgeDays}`]
      : []),
    ...(reusePrevention !== undefined && reusePrevention > wanted.reusePrevention
      ? [`reusePrevention ${reusePrevention}, not ${wanted.reusePrevention}`]
      : []),
  ];
}

function changesOf(wanted: Wanted, found: PasswordPolicy): string[] {
  const change = (name: string, from: number | undefined, to: number) =>
    from === to ? [] : [`${name} ${from ?? "unset"} becomes ${to}`];
  const signs = ["Lowercase", "Uppercase", "Numbers", "Symbols"] as const;
  const missing = signs.filter((sign) => !found[`require${sign}`]).map((sign) => sign.toLowerCase());
  return [
    ...change("minimumLength", found.minimumLength, wanted.minimumLength),
    ...change("reusePrevention", found.reusePrevention, wanted.reusePrevention),
    ...change("maxAgeDays", found.maxAgeDays, wanted.maxAgeDays),
    ...(missing.length > 0 ? [`${missing.join(" and ")} are asked for`] : []),
    ...(found.usersMayChange ? [] : ["users may change their own"]),
    ...(found.hardExpiry ? ["an expired one no longer locks out"] : []),
  ];
}

export function publicAccessBlock(facts: Facts): Decision[] {
  const { survey, settings } = facts;
  const found = survey.publicAccessBlock;
  if (!found) {
    return [];
  }
  const row = { thing: "S3 public access block", name: "", control: "AccountGuards" };
  const as = { resource: resourceNames.publicAccessBlock, id: survey.accountId };
  const { enabled, blockPublicBuckets } = settings.accountGuards;
  if (!enabled || !blockPublicBuckets) {
    return [{ ...row, ...off }];
  }
  if (isOurs(facts, "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", survey.accountId, undefined, false)) {
    return [{ ...row, ...ours, as }];
  }
  const open = Object.entries(found).flatMap(([name, on]) => (on ? [] : [name]));
  if (open.length === 0) {
    return [{ ...row, ...same, as }];
  }
  const why = `There is one. At \`up\` ${open.join(" and ")} become true.`;
  return [{ ...row, owner: "theirs", action: "import", why, as }];
}

export function configRole(facts: Facts): Decision[] {
  const { survey, settings } = facts;
  const role = survey.configRole;
  if (!role) {
    return [];
  }
  const row = { thing: "Role of AWS Config", name: role.name, control: "ConfigRecording" };
  if (!bearsOurTags(role.tags)) {
    const why = "An account has one, and any use of AWS Config made it: used as it is.";
    return [{ ...row, owner: "theirs", action: "keep", why }];
  }
  if (!settings.configRecording.enabled) {
    return [{ ...row, ...off }];
  }
  const as = { resource: resourceNames.configRole, id: role.arn };
  return isOurs(facts, "aws:iam/serviceLinkedRole:ServiceLinkedRole", role.arn, undefined, true)
    ? [{ ...row, ...ours, as }]
    : [
        {
          ...row,
          owner: "ours",
          action: "import",
          why: "A former stack of the baseline made it, and an account has one.",
          as,
        },
      ];
}

export function budgets(facts: Facts): Decision[] {
  const { survey, settings } = facts;
  const fixed = `${settings.namePrefix}-monthly-cost`;
  return survey.budgets.map(({ name }): Decision => {
    const row = { thing: "Budget", name, control: "BillingAlarm" };
    if (name !== fixed) {
      return { ...row, owner: "theirs", action: "keep", why: "The baseline's own stands beside it." };
    }
    if (!settings.billingAlarm.enabled) {
      return { ...row, ...off };
    }
    const id = `${survey.accountId}:${name}`;
    const as = { resource: resourceNames.budget, id };
    return isOurs(facts, "aws:budgets/budget:Budget", id, undefined, true)
      ? { ...row, ...ours, as }
      : { ...row, owner: "theirs", action: "import", why: "It bears the baseline's own name.", as };
  });
}
