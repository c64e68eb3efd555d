import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { BaselineError } from "../../common/errors";
import { parseSettings } from "../../components/settings/settings";
import { readProject, readStackConfig } from "../../sandbox/host/stack-file";

const root = join(__dirname, "..", "..");
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

describe("settings", () => {
  const wrong: [what: string, raw: Record<string, unknown>, ...said: (string | RegExp)[]][] = [
    ["an unknown key", { tagz: {} }, "tagz = {}", /known here: .*\btags\b/],
    [
      "an unknown key in a map",
      { passwordPolicy: { minimumLenght: 14 } },
      "passwordPolicy.minimumLenght = 14",
      /known here: .*minimumLength/,
    ],
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
      { excludeRegions: ["eu-west-1", "eu-west-9"] },
      'excludeRegions[1] = "eu-west-9"',
      "eu-west-3",
    ],
    ["a home region that does not exist", { homeRegion: "moon-1" }, 'homeRegion = "moon-1"', "such as us-east-1"],
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
