import assert from "node:assert/strict";
import { decide } from "../../../../operations/apply/adopt/decide";
import { type Action, type Facts } from "../../../../operations/apply/adopt/model";
import { type Survey, type SurveyKind, type SurveyProblem } from "../../../../operations/account/survey/model";
import { accountId, factsOf, home } from "./facts";

const region = "eu-west-1";
const ourTags = { "baseline:project": "aws-prevention-baseline" };
const detector = { region, id: "d1", tags: {}, enabled: true, publishingFrequency: "SIX_HOURS" };
const recorder = { region, name: "default", arn: "", tags: {}, recording: true, allTypes: true, roleArn: "" };
const channel = { region, name: "default", bucket: "corp" };
const trail = {
  name: "corp",
  arn: `arn:aws:cloudtrail:${home}:${accountId}:trail/corp`,
  homeRegion: home,
  tags: {},
  logging: true,
  multiRegion: true,
  organization: false,
  bucket: "corp",
  managementEvents: true,
};
const analyzer = { region, name: "corp", arn: "", tags: {}, type: "ACCOUNT" };
const group = { region, id: "sg-1", vpcId: "vpc-1", tags: {}, rules: 2 };
const closed = { accountGuards: { closeDefaultSecurityGroups: true } };
const weak = {
  minimumLength: 8,
  requireLowercase: true,
  requireUppercase: true,
  requireNumbers: true,
  requireSymbols: true,
  usersMayChange: true,
  hardExpiry: false,
  maxAgeDays: 90,
  reusePrevention: 24,
};
const open = { blockPublicAcls: true, blockPublicPolicy: false, ignorePublicAcls: true, restrictPublicBuckets: true };
const role = { name: "AWSServiceRoleForConfig", arn: "", tags: {} };
const all = () => true;
const none = () => false;

function problem(kind: SurveyKind, cause: SurveyProblem["cause"] = "denied", where = region): SurveyProblem {
  return { kind, region: where, action: "x:Y", cause, reason: `x:Y in ${where}.` };
}

interface Case {
  what: string;
  survey: Partial<Survey>;
  settings?: Record<string, unknown>;
  rest?: Partial<Pick<Facts, "manages" | "trail">>;
  /** Thing, action and what is imported or skipped; in order. */
  is: [thing: string, action: Action, ...effect: string[]][];
}

// prettier-ignore
const cases: Case[] = [
  { what: "nothing there", survey: {}, is: [] },

  { what: "rules without a recorder anywhere", survey: {}, settings: { configRecording: { enabled: false } }, is: [["Config rules", "skip", "ComplianceRules"]] },
  { what: "rules where recording is skipped", survey: {}, settings: { adopt: { skip: [`ConfigRecording@${region}`] } }, is: [["Config rules", "skip", `ComplianceRules@${region}`]] },
  { what: "rules where recording is skipped, and so are they", survey: {}, settings: { adopt: { skip: [`ConfigRecording@${region}`, `ComplianceRules@${region}`] } }, is: [] },
  { what: "neither rules nor recorder", survey: {}, settings: { configRecording: { enabled: false }, complianceRules: { enabled: false } }, is: [] },
  { what: "rules, and recorders that cannot be seen", survey: { problems: [problem("recorders"), problem("recorders", "denied", home)] }, settings: { configRecording: { enabled: false } }, is: [] },

  { what: "a detector of theirs", survey: { detectors: [detector] }, is: [["GuardDuty detector", "import", `baseline-threat-detection-${region}-detector=d1@${region}`]] },
  { what: "a detector the state has", survey: { detectors: [detector] }, rest: { manages: all }, is: [["GuardDuty detector", "ours"]] },
  { what: "a detector with our tags, no state", survey: { detectors: [{ ...detector, tags: ourTags }] }, is: [["GuardDuty detector", "ours"]] },
  { what: "a detector with our tags that the state has lost", survey: { detectors: [{ ...detector, tags: ourTags }] }, rest: { manages: none }, is: [["GuardDuty detector", "import", `baseline-threat-detection-${region}-detector=d1@${region}`]] },
  { what: "a detector the organization administers", survey: { detectors: [{ ...detector, administratorId: "999999999999" }] }, is: [["GuardDuty detector", "skip", `ThreatDetection@${region}`]] },
  { what: "a detector where GuardDuty is left out", survey: { detectors: [detector] }, settings: { adopt: { skip: [`ThreatDetection@${region}`] } }, is: [["GuardDuty detector", "keep"]] },
  { what: "a detector, threatDetection off", survey: { detectors: [detector] }, settings: { threatDetection: { enabled: false } }, is: [["GuardDuty detector", "keep"]] },
  { what: "detectors that may not be listed", survey: { problems: [problem("detectors")] }, is: [["GuardDuty detector", "unknown"]] },
  { what: "detectors that an SCP denies", survey: { problems: [problem("detectors", "service-control-policy")] }, is: [["GuardDuty detector", "skip", `ThreatDetection@${region}`]] },
  { what: "detectors in a region that does not answer", survey: { problems: [problem("detectors", "unreachable")] }, is: [["GuardDuty detector", "unknown"]] },

  { what: "a recorder and a channel of theirs", survey: { recorders: [recorder], channels: [channel] }, is: [["Config recorder", "import", `baseline-config-recording-recorder-${region}=default@${region}`], ["Config delivery channel", "import", `baseline-config-recording-channel-${region}=default@${region}`]] },
  { what: "a recorder and a channel with our names, no state", survey: { recorders: [{ ...recorder, name: "baseline-recorder" }], channels: [{ ...channel, name: "baseline-channel" }] }, is: [["Config recorder", "ours"], ["Config delivery channel", "ours"]] },
  { what: "a recorder and a channel that the state has", survey: { recorders: [recorder], channels: [channel] }, rest: { manages: all }, is: [["Config recorder", "ours"], ["Config delivery channel", "ours"]] },
  { what: "a recorder that an AWS service runs", survey: { recorders: [{ ...recorder, servicePrincipal: "securityhub.amazonaws.com" }] }, is: [["Config recorder", "keep"]] },
  { what: "a recorder, configRecording off", survey: { recorders: [recorder] }, settings: { configRecording: { enabled: false } }, is: [["Config rules", "skip", `ComplianceRules@${home}`], ["Config recorder", "keep"]] },
  {
    what: "a recorder of Control Tower's in one of two regions",
    survey: { recorders: [{ ...recorder, name: "aws-controltower-BaselineConfigRecorder" }], channels: [{ ...channel, name: "aws-controltower-BaselineConfigDeliveryChannel" }] },
    is: [["AWS Control Tower", "skip", "ConfigRecording", `ComplianceRules@${home}`], ["Config recorder", "skip"], ["Config delivery channel", "skip"]],
  },
  { what: "Control Tower by its role alone", survey: { controlTowerRoles: ["AWSControlTowerExecution"] }, is: [["AWS Control Tower", "skip", "ConfigRecording", "ComplianceRules"]] },
  { what: "Control Tower, and recorders that cannot be seen", survey: { controlTowerRoles: ["AWSControlTowerExecution"], problems: [problem("recorders"), problem("recorders", "denied", home)] }, is: [["AWS Control Tower", "skip", "ConfigRecording"], ["Config recorder", "unknown"], ["Config recorder", "unknown"]] },
  { what: "a recorder of theirs under Control Tower", survey: { controlTowerRoles: ["AWSControlTowerExecution"], recorders: [recorder, { ...recorder, region: home }] }, is: [["AWS Control Tower", "skip", "ConfigRecording"], ["Config recorder", "skip"], ["Config recorder", "skip"]] },
  { what: "a recorder that an SCP denies", survey: { problems: [problem("recorders", "service-control-policy")] }, is: [["Config recorder", "skip", `ConfigRecording@${region}`, `ComplianceRules@${region}`]] },
  { what: "a recorder that an SCP denies, no rules wanted", survey: { problems: [problem("recorders", "service-control-policy")] }, settings: { complianceRules: { enabled: false } }, is: [["Config recorder", "skip", `ConfigRecording@${region}`]] },

  { what: "a trail of theirs", survey: { trails: [trail] }, is: [["CloudTrail trail", "keep"]] },
  { what: "a trail of our name that the state does not have", survey: { trails: [{ ...trail, name: "baseline-trail" }] }, rest: { manages: none }, is: [["CloudTrail trail", "import", `baseline-audit-trail-trail=${trail.arn}@${home}`]] },
  { what: "a trail of our name elsewhere", survey: { trails: [{ ...trail, name: "baseline-trail", homeRegion: region }] }, rest: { manages: none }, is: [["CloudTrail trail", "conflict"]] },
  ...(["beside", "import"] as const).map((choice): Case => ({ what: `a trail of our name and with our tags that the state does not have, --trail ${choice}`, survey: { trails: [{ ...trail, name: "baseline-trail", tags: ourTags }] }, rest: { manages: none, trail: choice }, is: [["CloudTrail trail", "import", `baseline-audit-trail-trail=${trail.arn}@${home}`]] })),
  { what: "a trail of our name beside one that --trail import would take", survey: { trails: [trail, { ...trail, name: "baseline-trail", tags: ourTags, logging: false }] }, rest: { manages: none, trail: "import" }, is: [["CloudTrail trail", "keep"], ["CloudTrail trail", "import", `baseline-audit-trail-trail=${trail.arn}@${home}`]] },
  { what: "a trail with our tags under another prefix, beside ours", survey: { trails: [{ ...trail, name: "acme-trail", tags: ourTags }] }, rest: { manages: none }, is: [["CloudTrail trail", "keep"]] },
  { what: "a trail with our tags under another prefix to take over", survey: { trails: [{ ...trail, name: "acme-trail", tags: ourTags }] }, rest: { manages: none, trail: "import" }, is: [["CloudTrail trail", "import", `baseline-audit-trail-trail=${trail.arn}@${home}`]] },
  { what: "a trail of theirs, where the stack has its own", survey: { trails: [{ ...trail, name: "baseline-trail", tags: ourTags, arn: "ours" }, trail] }, rest: { manages: (_type, id) => id === "ours", trail: "import" }, is: [["CloudTrail trail", "ours"], ["CloudTrail trail", "keep"]] },
  { what: "a trail of theirs to take over", survey: { trails: [trail] }, rest: { trail: "import" }, is: [["CloudTrail trail", "import", `baseline-audit-trail-trail=${trail.arn}@${home}`]] },
  { what: "two trails to take over: the one of all regions", survey: { trails: [{ ...trail, name: "small", multiRegion: false }, trail] }, rest: { trail: "import" }, is: [["CloudTrail trail", "keep"], ["CloudTrail trail", "import", `baseline-audit-trail-trail=${trail.arn}@${home}`]] },
  { what: "a trail to take over, at home elsewhere", survey: { trails: [{ ...trail, homeRegion: region }] }, rest: { trail: "import" }, is: [["CloudTrail trail", "conflict"]] },
  { what: "a trail in place of ours", survey: { trails: [trail] }, rest: { trail: "skip" }, is: [["CloudTrail trail", "skip", "AuditTrail"]] },
  { what: "a trail with our name, no state", survey: { trails: [{ ...trail, name: "baseline-trail" }] }, is: [["CloudTrail trail", "ours"]] },
  { what: "a trail the state has", survey: { trails: [trail] }, rest: { manages: all }, is: [["CloudTrail trail", "ours"]] },
  { what: "an organization's trail", survey: { trails: [{ ...trail, organization: true }] }, rest: { trail: "import" }, is: [["CloudTrail trail", "keep"]] },
  { what: "Control Tower's trail", survey: { trails: [{ ...trail, name: "aws-controltower-BaselineCloudTrail" }] }, rest: { trail: "import" }, is: [["AWS Control Tower", "skip", "ConfigRecording", "ComplianceRules"], ["CloudTrail trail", "keep"]] },
  { what: "five trails", survey: { trails: ["a", "b", "c", "d", "e"].map((name) => ({ ...trail, name })) }, is: [...Array.from({ length: 5 }, (): [string, Action] => ["CloudTrail trail", "keep"]), ["CloudTrail trails", "conflict"]] },
  { what: "a trail, auditTrail off", survey: { trails: [trail] }, settings: { auditTrail: { enabled: false }, trailAlarms: { enabled: false } }, is: [["CloudTrail trail", "keep"]] },
  { what: "trails that may not be listed", survey: { problems: [problem("trails")] }, is: [["CloudTrail trail", "unknown"]] },

  { what: "an analyzer of theirs", survey: { analyzers: [analyzer] }, is: [["Access Analyzer (ACCOUNT)", "import", `baseline-external-access-external-${region}=corp@${region}`]] },
  { what: "an analyzer with our tags, no state", survey: { analyzers: [{ ...analyzer, tags: ourTags }] }, is: [["Access Analyzer (ACCOUNT)", "ours"]] },
  { what: "an analyzer of the organization", survey: { analyzers: [{ ...analyzer, type: "ORGANIZATION" }] }, is: [["Access Analyzer (ORGANIZATION)", "keep"]] },
  { what: "an analyzer of unused access that we have none of", survey: { analyzers: [{ ...analyzer, type: "ACCOUNT_UNUSED_ACCESS" }] }, is: [["Access Analyzer (ACCOUNT_UNUSED_ACCESS)", "keep"]] },
  { what: "an analyzer of unused access at home", survey: { analyzers: [{ ...analyzer, region: home, type: "ACCOUNT_UNUSED_ACCESS" }] }, settings: { externalAccess: { unusedAccess: true } }, is: [["Access Analyzer (ACCOUNT_UNUSED_ACCESS)", "import", `baseline-external-access-unused=corp@${home}`]] },
  { what: "analyzers that an SCP denies", survey: { problems: [problem("analyzers", "service-control-policy")] }, is: [["Access Analyzer", "skip", `ExternalAccess@${region}`]] },
  { what: "analyzers where the service does not exist", survey: { problems: [problem("analyzers", "unsupported")] }, is: [] },

  { what: "a weaker password policy", survey: { passwordPolicy: weak }, is: [["IAM password policy", "import", "baseline-password-policy-account=iam-account-password-policy"]] },
  { what: "a password policy like ours", survey: { passwordPolicy: { ...weak, minimumLength: 14 } }, is: [["IAM password policy", "keep"]] },
  { what: "a stricter password policy", survey: { passwordPolicy: { ...weak, minimumLength: 20 } }, is: [["IAM password policy", "conflict"]] },
  { what: "a stricter password policy that the state has", survey: { passwordPolicy: { ...weak, minimumLength: 20 } }, rest: { manages: all }, is: [["IAM password policy", "ours"]] },
  { what: "a password policy, passwordPolicy off", survey: { passwordPolicy: weak }, settings: { passwordPolicy: { enabled: false } }, is: [["IAM password policy", "keep"]] },
  { what: "a password policy that may not be read", survey: { problems: [problem("passwordPolicy", "denied", home)] }, is: [["IAM password policy", "unknown"]] },

  { what: "a public access block with a gap", survey: { publicAccessBlock: open }, is: [["S3 public access block", "import", `baseline-account-guards-buckets=${accountId}`]] },
  { what: "a public access block without one", survey: { publicAccessBlock: { ...open, blockPublicPolicy: true } }, is: [["S3 public access block", "keep"]] },
  { what: "a public access block that the state has", survey: { publicAccessBlock: open }, rest: { manages: all }, is: [["S3 public access block", "ours"]] },
  { what: "a public access block that an SCP denies to read", survey: { problems: [problem("publicAccessBlock", "service-control-policy", home)] }, is: [["S3 public access block", "unknown"]] },

  { what: "the role of AWS Config", survey: { configRole: role }, is: [["Role of AWS Config", "keep"]] },
  { what: "the role of AWS Config with our tags", survey: { configRole: { ...role, tags: ourTags } }, is: [["Role of AWS Config", "ours"]] },
  { what: "the role of AWS Config with our tags that the state has lost", survey: { configRole: { ...role, arn: "arn:role", tags: ourTags } }, rest: { manages: none }, is: [["Role of AWS Config", "import", "baseline-config-recording-role=arn:role"]] },

  { what: "a budget of theirs", survey: { budgets: [{ name: "corp", type: "COST" }] }, is: [["Budget", "keep"]] },
  { what: "a budget with our name, no state", survey: { budgets: [{ name: "baseline-monthly-cost", type: "COST" }] }, is: [["Budget", "ours"]] },
  { what: "a budget with our name that the state does not have", survey: { budgets: [{ name: "baseline-monthly-cost", type: "COST" }] }, rest: { manages: none }, is: [["Budget", "import", `baseline-billing-alarm-budget=${accountId}:baseline-monthly-cost`]] },

  { what: "a default security group", survey: { defaultSecurityGroups: [group] }, is: [["Default security group", "keep"]] },
  { what: "a default security group to close", survey: { defaultSecurityGroups: [group] }, settings: closed, is: [["Default security group", "import", `baseline-account-guards-default-security-group-${region}=sg-1@${region}`]] },
  { what: "a default security group that is closed", survey: { defaultSecurityGroups: [{ ...group, rules: 0 }] }, settings: closed, is: [["Default security group", "keep"]] },
  { what: "default security groups nobody asks about", survey: { problems: [problem("defaultSecurityGroups")] }, is: [] },

  {
    what: "a region that the organization closes",
    survey: { problems: (["detectors", "recorders", "channels", "trails", "analyzers"] as const).map((kind) => problem(kind, "service-control-policy")) },
    is: [["The region", "conflict"]],
  },
];

describe("what adopt decides", () => {
  for (const { what, survey, settings, rest, is } of cases) {
    it(`about ${what}`, () => {
      const decisions = decide(factsOf(survey, settings, rest)).map(({ thing, action, as, skip = [] }) => [
        thing,
        action,
        ...(action === "import" ? [`${as?.resource}=${as?.id}`] : skip),
      ]);
      assert.deepEqual(decisions, is);
    });
  }

  it("does not say that a trail goes from a bucket to itself, nor that it cannot move home where it is at home", () => {
    const bucket = `baseline-trail-${accountId}-${home}`;
    const left = { ...trail, name: "baseline-trail", tags: ourTags, bucket };
    const decisions = decide(factsOf({ trails: [left, trail] }, {}, { manages: none, trail: "import" }));
    const [own, other] = decisions.map(({ why }) => why);
    assert.equal(
      own,
      "It bears the baseline's own name. It bears the baseline's tags, and no stack that was read manages it. " +
        "At `up` it is delivered to the baseline's own bucket, encrypted.",
    );
    assert.equal(other, "The stack takes one trail only: baseline-trail.");
  });

  it("says what an import changes", () => {
    const [row] = decide(factsOf({ passwordPolicy: { ...weak, requireSymbols: false } }));
    assert.match(row?.why ?? "", /minimumLength 8 becomes 14, symbols are asked for/);
  });
});
