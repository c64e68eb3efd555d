import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { BaselineError } from "../../../common/errors";
import { defaultFeatures } from "../../../components/threat-detection/guardduty-features";
import { parseSettings } from "../../../components/settings";
import { readProject, readStackConfig } from "../../../engine/stack-files/stack-file";

const root = join(__dirname, "..", "..", "..");
const minimal = { homeRegion: "us-east-1" };

function problemsOf(raw: Record<string, unknown>): string {
  try {
    parseSettings(raw);
  } catch (error) {
    assert.ok(error instanceof BaselineError);
    assert.equal(error.code, "invalid-settings");
    assert.equal(error.exitCode, 2);
    return error.message;
  }
  return "";
}

const long = (length: number): string => "x".repeat(length);
const vpc = (region: string) => ({ region, vpcId: "vpc-0123456789abcdef0" });
const slack = { workspaceId: "T07EA123LEP", channelId: "C07EZ1ABC23" };
const teams = {
  tenantId: "12345678-1234-4234-8234-123456789012",
  teamId: "12345678-1234-4234-8234-123456789013",
  channelId: "19%3ab6ef35dc342d56ba5654e6fc6d25a071%40thread.tacv2",
};

describe("settings", () => {
  type Wrong = [what: string, raw: Record<string, unknown>, ...said: (string | RegExp)[]];
  const wrong: Wrong[] = [
    ["an unknown key", { tagz: {} }, "tagz = {}", /known here: .*\btags\b/],
    [
      "an unknown key in a map",
      { passwordPolicy: { minimumLenght: 14 } },
      "passwordPolicy.minimumLenght = 14",
      /known here: .*minimumLength/,
    ],
    [
      "a control that cannot be left out",
      { adopt: { skip: ["AlertChannel"] } },
      'adopt.skip[0] = "AlertChannel"',
      /can be left out: .*ThreatDetection/,
    ],
    ["a control left out twice", { adopt: { skip: ["Backup", "Backup"] } }, "a list of controls, each once"],
    [
      "a region left out of a control of the whole account",
      { adopt: { skip: ["PasswordPolicy@eu-west-1"] } },
      'adopt.skip[0] = "PasswordPolicy@eu-west-1"',
      "the control without a region",
    ],
    [
      "a region left out that does not exist",
      { adopt: { skip: ["ThreatDetection@eu-wset-9"] } },
      'adopt.skip[0] = "ThreatDetection@eu-wset-9"',
      "an AWS region behind the @",
    ],
    [
      "an import id that is no text",
      { adopt: { import: { "baseline-account-guards-buckets": 123456789012 } } },
      "adopt.import.baseline-account-guards-buckets = 123456789012",
    ],
    ["a list of imports", { adopt: { import: ["x"] } }, 'adopt.import = ["x"]', "a map"],
    ["a wrong type", { excludeRegions: "eu-west-1" }, 'excludeRegions = "eu-west-1"', "a list of region names"],
    [
      "a wrong type inside",
      { passwordPolicy: { minimumLength: "long" } },
      'passwordPolicy.minimumLength = "long"',
      "a whole number from 6 to 128",
    ],
    ["a text for a map", { auditTrail: "on" }, 'auditTrail = "on"', "a map"],
    ["a fraction", { passwordPolicy: { maxAgeDays: 1.5 } }, "passwordPolicy.maxAgeDays = 1.5", "a whole number"],
    [
      "a region that does not exist",
      { excludeRegions: ["eu-west-1", "eu-wset-3"] },
      'excludeRegions[1] = "eu-wset-3"',
      "eu-west-3",
    ],
    ["a home region that does not exist", { homeRegion: "moon-1" }, 'homeRegion = "moon-1"', "such as us-east-1"],
    [
      "a home region that this version does not know",
      { homeRegion: "sa-west-1" },
      'homeRegion = "sa-west-1"',
      "sa-east-1",
    ],
    [
      "a retention that the lock does not let in",
      { backup: { retentionDays: 500, lockRetentionDays: 35 } },
      "backup.retentionDays = 500",
      "lockRetentionDays",
    ],
    [
      "a retention below the one that the lock was made for",
      { backup: { retentionDays: 34, lockRetentionDays: 35 } },
      "backup.retentionDays = 34",
      "lockRetentionDays",
    ],
    ["no home region", { homeRegion: undefined }, "homeRegion = (not set)"],
    [
      "an e-mail that is none",
      { alertChannel: { emails: ["ok@example.com", "not-an-email"] } },
      'alertChannel.emails[1] = "not-an-email"',
      "e-mail address",
    ],
    [
      "a negative threshold",
      { threatDetection: { minimumSeverity: -1 } },
      "threatDetection.minimumSeverity = -1",
      "a number from 0 to 10",
    ],
    [
      "a word that is no choice",
      { threatDetection: { publishingFrequency: "HOURLY" } },
      '"HOURLY"',
      "FIFTEEN_MINUTES, ONE_HOUR or SIX_HOURS",
    ],
    [
      "a feature switched to neither",
      { threatDetection: { features: { S3_DATA_EVENTS: "on" } } },
      "threatDetection.features.S3_DATA_EVENTS",
      "ENABLED or DISABLED",
    ],
    [
      "days CloudWatch Logs has no period for",
      { auditTrail: { logGroupRetentionDays: 100 } },
      "auditTrail.logGroupRetentionDays = 100",
      "90, 120, 150",
    ],
    ["data events of an unknown type", { auditTrail: { dataEvents: ["AWS::EC2::Instance"] } }, "AWS::S3::Object"],
    ["a prefix S3 would refuse", { namePrefix: "My_Prefix" }, 'namePrefix = "My_Prefix"', "lower-case letters"],
    ["a prefix of 21 characters", { namePrefix: "x".repeat(21) }, "at most 20"],
    ["a prefix CloudTrail would refuse", { namePrefix: "two--hyphens" }, "single hyphens"],
    ["a prefix that ends with a hyphen", { namePrefix: "team-" }, "single hyphens"],
    ["a prefix EC2 keeps to itself", { namePrefix: "sg-1" }, "sg-"],
    ["a tag IAM would refuse", { tags: { team: "a, b (c)" } }, "tags.team", "letters, digits, spaces"],
    ["tags that IAM takes for one", { tags: { Team: "a", team: "b" } }, "upper and lower case"],
    [
      "more tags than leave room for the baseline's",
      { tags: Object.fromEntries(Array.from({ length: 47 }, (_, index) => [`t${index}`, ""])) },
      "at most 46 tags",
    ],
    [
      "a user name IAM would refuse",
      { mfaEnforcement: { users: ["a b"] } },
      'mfaEnforcement.users[0] = "a b"',
      "IAM name",
    ],
    [
      "a mailbox given twice",
      { alertChannel: { emails: ["a@example.com", "a@example.com"] } },
      "alertChannel.emails = ",
      "each once",
    ],
    [
      "log files that expire before they are archived",
      { auditTrail: { archiveAfterDays: 90, expireAfterDays: 90 } },
      "auditTrail.expireAfterDays = 90",
      "more days than archiveAfterDays",
    ],
    // What one wrong type must not keep from being said.
    [
      "days that do not fit, beside a wrong type",
      { auditTrail: { archiveAfterDays: 90, expireAfterDays: 30, insights: "no" } },
      "auditTrail.insights",
      "auditTrail.expireAfterDays = 30",
    ],
    [
      "alarms without their trail, beside a wrong type",
      { auditTrail: { enabled: false }, excludeRegions: 3 },
      "excludeRegions = 3",
      "trailAlarms.enabled = true",
    ],
    [
      "a contact that is not complete, beside a wrong type",
      { securityContact: { enabled: true, name: 5, title: "" } },
      "securityContact.name = 5",
      'securityContact.title = ""',
      'securityContact.email = ""',
      'securityContact.phoneNumber = ""',
    ],
    [
      "a lock too soon, beside a wrong type",
      { backup: { complianceLockAfterDays: 2, tagKey: 1 } },
      "backup.tagKey = 1",
      "backup.complianceLockAfterDays = 2",
      "3 days or more",
    ],
    [
      "a list with a repetition and a wrong type",
      { alertChannel: { emails: ["a@example.com", "a@example.com", 3] } },
      "alertChannel.emails[2] = 3",
      "each once",
    ],
    [
      "a VPC given twice, beside a wrong type",
      { ssmEndpoints: { vpcs: [vpc("us-east-1"), { ...vpc("us-east-1"), subnetIds: "all" }] } },
      "ssmEndpoints.vpcs[1].subnetIds",
      "a list of VPCs, each once",
    ],
    [
      "percentages that repeat, beside a text",
      { billingAlarm: { alarmPercents: [50, 50, "x"] } },
      "percentages, each once",
    ],
    [
      "tags that IAM takes for one, beside a wrong type",
      { tags: { Team: "a", team: 5 } },
      "tags.team = 5",
      "upper and lower case",
    ],
    // What the components would say later, one at a time.
    ["a Slack channel given twice", { alertChannel: { slack: [slack, slack] } }, "alertChannel.slack = ", "each once"],
    [
      "two channels of one team",
      { alertChannel: { teams: [teams, { ...teams, channelId: "19%3ac" }] } },
      "alertChannel.teams = ",
      "at most one channel of each team",
    ],
    [
      "a chat channel in China",
      { homeRegion: "cn-north-1", alertChannel: { slack: [slack], teams: [teams] } },
      "alertChannel.slack = ",
      "alertChannel.teams = ",
      "not in the partition aws-cn",
    ],
    [
      "credentials to be revoked by a rule left out",
      { complianceRules: { revokeUnusedCredentials: true, excludeRules: ["IAM_USER_UNUSED_CREDENTIALS_CHECK"] } },
      "complianceRules.revokeUnusedCredentials = true",
      "IAM_USER_UNUSED_CREDENTIALS_CHECK",
    ],
    // Regions and partitions.
    [
      "regions of another partition",
      {
        homeRegion: "cn-north-1",
        excludeRegions: ["eu-west-1"],
        backup: { regions: ["cn-northwest-1", "us-east-1"] },
        ssmEndpoints: { vpcs: [vpc("us-gov-west-1")] },
      },
      'excludeRegions[0] = "eu-west-1"',
      'backup.regions[1] = "us-east-1"',
      'ssmEndpoints.vpcs[0].region = "us-gov-west-1"',
      "a region of the partition aws-cn",
      /3 problems/,
    ],
    ["a region of an isolated partition", { backup: { regions: ["us-iso-east-1"] } }, "a region of the partition aws,"],
    [
      "regions that are excluded",
      {
        excludeRegions: ["eu-west-1", "eu-west-2"],
        backup: { regions: ["us-east-1", "eu-west-1"] },
        ssmEndpoints: { vpcs: [vpc("eu-west-2")] },
      },
      'backup.regions[1] = "eu-west-1"',
      'ssmEndpoints.vpcs[0].region = "eu-west-2"',
      "a region that excludeRegions does not list",
      /2 problems/,
    ],
    [
      "a principal of another partition",
      { homeRegion: "cn-north-1", supportRole: { principals: ["arn:aws:iam::123456789012:root"] } },
      "supportRole.principals[0]",
      "arn:aws-cn:",
    ],
    ...["us-iso-east-1", "us-isob-east-1", "us-isof-south-1", "eu-isoe-west-1", "eusc-de-east-1"].map(
      (homeRegion): Wrong => [
        `a home in ${homeRegion}`,
        { homeRegion },
        `homeRegion = "${homeRegion}"`,
        "not supported",
      ],
    ),
    // What AWS would refuse.
    ["a role name too long", { iamAlerts: { ignoredRoles: [long(65)] } }, "iamAlerts.ignoredRoles[0]", "at most 64"],
    ["a user name too long", { mfaEnforcement: { users: [long(65)] } }, "mfaEnforcement.users[0]", "at most 64"],
    ["an exempt user's name too long", { mfaEnforcement: { exemptUsers: [long(65)] } }, "exemptUsers[0]", "at most 64"],
    ["a group name too long", { mfaEnforcement: { groups: [long(129)] } }, "mfaEnforcement.groups[0]", "at most 128"],
    [
      "MFA for nobody",
      { mfaEnforcement: { users: [], groups: [] } },
      "mfaEnforcement.users = []",
      "switch mfaEnforcement off",
    ],
    ["a tag AWS keeps to itself", { backup: { tagKey: "aws:backup" } }, 'backup.tagKey = "aws:backup"', "aws:"],
    ["a tag of spaces", { backup: { tagKey: " ", tagValue: "  " } }, 'backup.tagKey = " "', 'backup.tagValue = "  "'],
    [
      "a telephone number of spaces",
      { securityContact: { phoneNumber: "   " } },
      'securityContact.phoneNumber = "   "',
    ],
    [
      "a contact of spaces",
      { securityContact: { name: " ", title: " " } },
      "securityContact.name",
      "securityContact.title",
    ],
    [
      "features GuardDuty does not have",
      {
        threatDetection: {
          features: { S3_LOGS: "ENABLED" },
          unavailableFeatures: { "eu-west-1": ["RDS_LOGIN_EVENTS", "EKS_LOGS"] },
        },
      },
      "threatDetection.features.S3_LOGS",
      'threatDetection.unavailableFeatures.eu-west-1[1] = "EKS_LOGS"',
      "RUNTIME_MONITORING",
    ],
    ["a list for a map", { passwordPolicy: [], tags: ["a"] }, "passwordPolicy = []", 'tags = ["a"]', "a map"],
    ["null", { tags: null }, "tags = null", "a map of tag names"],
  ];
  for (const [what, raw, ...said] of wrong) {
    it(`says what is wrong with ${what}`, () => {
      const message = problemsOf({ ...minimal, ...raw });
      for (const part of said) {
        assert.ok(
          typeof part === "string" ? message.includes(part) : part.test(message),
          `${String(part)} is not in\n${message}`,
        );
      }
    });
  }

  it("reports all problems together", () => {
    const message = problemsOf({
      homeRegion: "moon-1",
      excludeRegions: 3,
      passwordPolicy: { minimumLength: 2 },
      wat: 1,
    });
    assert.match(message, /4 problems/);
    for (const key of ["homeRegion", "excludeRegions", "passwordPolicy.minimumLength", "wat"]) {
      assert.ok(message.includes(`  ${key} = `), `${key} is not in\n${message}`);
    }
  });

  it("reports every unknown key together, at any depth and beside anything else", () => {
    const message = problemsOf({
      ...minimal,
      wat: 1,
      tagz: {},
      "aws-prevention-basline:namePrefix": "x",
      "aws-prevention-basline:tags": {},
      passwordPolicy: { minimumLenght: 14, maxAge: 90, maxAgeDays: 0 },
      alertChannel: { slack: [{ ...slack, name: "a", topic: "b" }], team: [] },
      ssmEndpoints: { vpcs: [vpc("us-east-1"), { vpcId: "vpc-0123456789abcdef1", zone: "a", subnets: [] }] },
      constructor: 1,
    });
    assert.match(message, /14 problems/);
    for (const line of [
      "wat = 1",
      "tagz = {}",
      'aws-prevention-basline:namePrefix = "x"',
      "aws-prevention-basline:tags = {}",
      "passwordPolicy.minimumLenght = 14",
      "passwordPolicy.maxAge = 90",
      "passwordPolicy.maxAgeDays = 0",
      'alertChannel.slack[0].name = "a"',
      'alertChannel.slack[0].topic = "b"',
      "alertChannel.team = []",
      "ssmEndpoints.vpcs[1].region = (not set)",
      'ssmEndpoints.vpcs[1].zone = "a"',
      "ssmEndpoints.vpcs[1].subnets = []",
      "constructor = 1",
    ]) {
      assert.ok(message.includes(`  ${line}\n`), `${line} is not in\n${message}`);
    }
    assert.match(message, /slack\[0\]\.name = "a"\n {4}allowed: no such setting; known here: workspaceId, channelId\n/);
  });

  const right: [what: string, raw: Record<string, unknown>][] = [
    ["a region that AWS opens next, left alone", { excludeRegions: ["sa-west-1", "me-west-1"] }],
    ["a region that AWS opens next, without a control", { adopt: { skip: ["ThreatDetection@sa-west-1"] } }],
    [
      "a region that AWS opens next, without a feature of GuardDuty",
      { threatDetection: { unavailableFeatures: { "sa-west-1": ["RDS_LOGIN_EVENTS"] } } },
    ],
    ["a retention that was raised under a lock", { backup: { retentionDays: 400, lockRetentionDays: 35 } }],
    ["regions of the home region's partition", { homeRegion: "cn-north-1", backup: { regions: ["cn-northwest-1"] } }],
    ["a home in GovCloud", { homeRegion: "us-gov-west-1", ssmEndpoints: { vpcs: [vpc("us-gov-east-1")] } }],
    [
      "a principal at home",
      { homeRegion: "cn-north-1", supportRole: { principals: ["arn:aws-cn:iam::123456789012:root"] } },
    ],
    [
      "names as long as IAM's",
      { mfaEnforcement: { users: [long(64)], groups: [long(128)] }, iamAlerts: { ignoredRoles: [long(64)] } },
    ],
    ["MFA for groups alone", { mfaEnforcement: { users: [], groups: ["developers"] } }],
    ["MFA for nobody, switched off", { mfaEnforcement: { enabled: false, users: [], groups: [] } }],
    [
      "an alarm period and a lock switched off",
      { auditTrail: { expireAfterDays: 0 }, backup: { complianceLockAfterDays: 0 } },
    ],
    [
      "channels of two teams",
      { alertChannel: { slack: [slack], teams: [teams, { ...teams, teamId: teams.tenantId }] } },
    ],
    [
      "every protection plan the baseline has a default for, and more",
      {
        threatDetection: {
          features: {
            ...defaultFeatures,
            EKS_RUNTIME_MONITORING: "DISABLED",
            AI_ANALYST: "ENABLED",
            AI_PROTECTION: "ENABLED",
          },
        },
      },
    ],
  ];
  for (const [what, raw] of right) {
    it(`takes ${what}`, () => {
      assert.equal(problemsOf({ ...minimal, ...raw }), "");
    });
  }

  it("keeps what is given and fills in the rest, key by key", () => {
    const { passwordPolicy, mfaEnforcement } = parseSettings({ ...minimal, passwordPolicy: { minimumLength: 20 } });
    assert.deepEqual(passwordPolicy, { enabled: true, minimumLength: 20, reusePrevention: 24, maxAgeDays: 90 });
    assert.deepEqual(mfaEnforcement.users, ["all-human-users"]);
  });

  it("takes a false for a false", () => {
    assert.equal(parseSettings({ ...minimal, iamAlerts: { enabled: false } }).iamAlerts.enabled, false);
  });
});

describe("Pulumi.yaml", () => {
  interface Declared {
    type: string;
    description: string;
    default: unknown;
  }
  const { config } = parse(readFileSync(join(root, "Pulumi.yaml"), "utf8")) as { config: Record<string, Declared> };

  it("declares every setting with type, description, and the very default the program has", () => {
    const defaults: Record<string, unknown> = { ...parseSettings(minimal) };
    assert.deepEqual(Object.keys(config).sort(), Object.keys(defaults).sort());
    for (const [key, declared] of Object.entries(config)) {
      assert.ok(declared.description && declared.type, key);
      assert.deepEqual(declared.default, key === "homeRegion" ? "" : defaults[key], key);
    }
  });

  it("names every inner setting in the description of its map", () => {
    for (const [key, { type, description, default: value }] of Object.entries(config)) {
      for (const inner of type === "object" ? Object.keys(value as object) : []) {
        assert.ok(description.includes(inner), `${key}: ${inner} is not explained`);
      }
    }
  });
});

describe("Pulumi.example.yaml", () => {
  const project = readProject(join(root, "Pulumi.yaml"));
  const file = join(root, "Pulumi.example.yaml");
  const given = Object.keys((parse(readFileSync(file, "utf8")) as { config: object }).config);

  it("shows every setting", () => {
    const declared = Object.keys(project.defaults);
    assert.deepEqual(given.filter((key) => key.startsWith(`${project.name}:`)).sort(), declared.sort());
  });

  it("is valid, and differs from the defaults only where an example must", () => {
    const raw = Object.entries(readStackConfig(project, file))
      .filter(([key]) => key.startsWith(`${project.name}:`))
      .map(([key, value]) => [
        key.split(":")[1] ?? "",
        value.startsWith("[") || value.startsWith("{") ? (JSON.parse(value) as unknown) : value,
      ]);
    const settings = parseSettings(Object.fromEntries(raw) as Record<string, unknown>);
    const defaults = parseSettings(minimal);
    const alertChannel = { ...defaults.alertChannel, emails: ["security@example.com"] };
    assert.deepEqual(settings, { ...defaults, tags: { owner: "security" }, alertChannel });
  });
});
