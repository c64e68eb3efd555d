import { entries, isUnknown, type Located, property, word } from "../values";
import { broken, cannotTell, type Demand, type Guard, judge, weakened } from "./guard";

const off = ["false", "0"];

const on = (name: string, message: string, why: string, absentIs: Demand["absentIs"] = "right"): Demand => ({
  name,
  wrong: off,
  absentIs,
  message,
  why,
  fix: `set ${name} to true, or leave it to the baseline.`,
});

/** An account has one of each, in a region or altogether; whoever switches it off, the baseline's part is undone. */
const switches: readonly { readonly type: string; readonly demands: readonly Demand[] }[] = [
  {
    type: "aws:guardduty/detector:Detector",
    demands: [
      on(
        "enable",
        "Switches GuardDuty off in this region.",
        "a suspended detector finds nothing, and says nothing of it.",
      ),
    ],
  },
  {
    type: "aws:cfg/recorderStatus:RecorderStatus",
    demands: [
      on("isEnabled", "Stops AWS Config's recorder.", "what is changed meanwhile stays without a history.", "wrong"),
    ],
  },
  {
    type: "aws:ebs/encryptionByDefault:EncryptionByDefault",
    demands: [
      on(
        "enabled",
        "Switches off the encryption of new volumes.",
        "a copy of a volume is then readable by whoever gets it.",
      ),
    ],
  },
  {
    type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
    demands: ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"].map((name) =>
      on(name, "Lets buckets of this account be public.", `${name} is not true, and its default is false.`, "wrong"),
    ),
  },
  ...[
    ["aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess", "snapshots", "block-all-sharing"],
    ["aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess", "machine images", "block-new-sharing"],
  ].map(([type = "", what = "", right = ""]) => ({
    type,
    demands: [
      {
        name: "state",
        wrong: ["unblocked"],
        absentIs: "right" as const,
        message: `Lets ${what} of this account be shared with everyone.`,
        why: `state is unblocked; an intruder takes data out by making ${what} public.`,
        fix: `set state to ${right}.`,
      },
    ],
  })),
];

const documentSharing: Guard = {
  type: "aws:ssm/serviceSetting:ServiceSetting",
  findings: (inputs) => {
    const [id, value] = [property(inputs, "settingId"), property(inputs, "settingValue")];
    const fix = "set settingValue to Disable.";
    if (isUnknown(id.value) || !word(id.value).endsWith("/documents/console/public-sharing-permission")) return [];
    if (isUnknown(value.value)) return [cannotTell(value.path, fix)];
    const witness = "scripts in documents often hold what nobody else should read.";
    return word(value.value) === "disable"
      ? []
      : [broken("Lets Systems Manager documents be shared with everyone.", value.path, witness, fix)];
  },
};

const archive = "Hides findings: they go to the archive and nobody is told.";
const filters: readonly Guard[] = [
  {
    type: "aws:guardduty/filter:Filter",
    findings: (inputs) => {
      const action = property(inputs, "action");
      const fix = "keep the criteria narrow, or set action to NOOP.";
      if (isUnknown(action.value)) return [cannotTell(action.path, fix)];
      const witness = "action is ARCHIVE, so GuardDuty sends no event for what matches.";
      return word(action.value) === "archive" ? [weakened(archive, action.path, witness, fix)] : [];
    },
  },
  {
    type: "aws:accessanalyzer/archiveRule:ArchiveRule",
    findings: (inputs) => {
      const rule = property(inputs, "filters");
      const fix = "name the one resource that is meant to be shared: criteria resource, with eqs.";
      const pins = entries(rule).map(pinsResource);
      if (pins.includes("yes")) return [];
      if (isUnknown(rule.value) || pins.includes("unknown")) return [cannotTell(rule.path, fix)];
      const witness = "it archives whatever matches, also what an intruder opens later.";
      return [weakened(archive, rule.path, witness, fix)];
    },
  },
];

function pinsResource(filter: Located): "yes" | "no" | "unknown" {
  const [criteria, equals] = [property(filter, "criteria"), entries(property(filter, "eqs"))];
  if ([filter, criteria].some(({ value }) => isUnknown(value))) return "unknown";
  return word(criteria.value) === "resource" && equals.length > 0 ? "yes" : "no";
}

/** What switches a part of the baseline off for a whole account or region. */
export const switchGuards: readonly Guard[] = [
  ...switches.map(({ type, demands }): Guard => ({
    type,
    findings: (inputs) => firstOfEach(demands.flatMap((demand) => judge(inputs, demand))),
  })),
  documentSharing,
  ...filters,
];

/** Several switches with one meaning are one finding, with all their places. */
function firstOfEach(findings: ReturnType<typeof judge>): ReturnType<typeof judge> {
  return findings
    .filter(({ message }, at) => findings.findIndex((each) => each.message === message) === at)
    .map((each) => {
      const paths = findings.filter(({ message }) => message === each.message).map(({ path }) => path);
      return { ...each, path: paths.join(", ") };
    });
}
