import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BaselineError } from "../../../common/errors";
import { nearest } from "../../../components/foundation/settings/nearest";
import { stackFilePlaces } from "../../../components/foundation/settings/stack-places";
import { parseSettings } from "../../../components/settings";
import { settingsFromConfig } from "../../../components/stack-config";
import { runProgram } from "../../../engine/in-process/program";
import { readStackConfig } from "../../../engine/stack-files/stack-file";
import { requireValidSettings } from "../../../operations/apply/fleet/account-settings";
import { loadAccounts } from "../../../operations/apply/fleet/accounts";
import { project, root } from "../../support/graph";

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof BaselineError);
    assert.equal(error.exitCode, 2);
    return error.message;
  }
  return "";
}

describe("problems with settings", () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "places-"))));
  after(() => rmSync(folder, { recursive: true }));

  const file = [
    "# a comment",
    "config:",
    "  aws:region: us-east-1",
    "  aws-prevention-baseline:alertChanel:",
    "    emails: []",
    "  passwordPolicy:",
    "    minimumLenght: 14",
    "    maxAgeDays: 0",
    "  aws-prevention-baseline:config:namePrefix: My_Prefix",
    "  aws-prevention-baseline:excludeRegions:",
    "    - eu-west-1",
    "    - eu-wset-3",
    "  aws-prevention-basline:tags: {}",
    "  aws-prevention-baseline:securityContact: { enabled: true }",
    "  emails: [a@example.com]",
    "",
  ].join("\n");
  const said: [what: string, RegExp][] = [
    ["an unknown setting", /Pulumi\.prod\.yaml:4: alertChanel = .*\n.*no such setting\. Did you mean alertChannel\?/],
    ["one inside a map", /Pulumi\.prod\.yaml:7: passwordPolicy\.minimumLenght = 14\n.*Did you mean minimumLength\?/],
    ["a wrong value", /Pulumi\.prod\.yaml:8: passwordPolicy\.maxAgeDays = 0\n/],
    ["one under the older form of its key", /Pulumi\.prod\.yaml:9: namePrefix = "My_Prefix"/],
    ["one of a list", /Pulumi\.prod\.yaml:12: excludeRegions\[1\] = "eu-wset-3"/],
    ["a misspelt project", /:13: aws-prevention-basline:tags = {}\n.*Did you mean aws-prevention-baseline:tags\?/],
    ["what is missing, at the map that lacks it", /Pulumi\.prod\.yaml:14: securityContact\.email = ""/],
    [
      "one that was written a level too high",
      /Pulumi\.prod\.yaml:15: emails = .*\n.*Did you mean alertChannel\.emails\?/,
    ],
  ];
  for (const [what, pattern] of said) {
    it(`name the file and the line of ${what}`, () => {
      const path = join(folder, "Pulumi.prod.yaml");
      writeFileSync(path, file);
      const config = readStackConfig(project, path);
      assert.match(
        messageOf(() => settingsFromConfig(project.name, config, stackFilePlaces(path, project.name))),
        pattern,
      );
    });
  }

  it("have no line where there is no file", () => {
    assert.match(
      messageOf(() => parseSettings({ homeRegion: "us-east-1", tagz: {} })),
      /\n {2}tagz = {}\n/,
    );
  });

  it("name the file of the running stack, when it is in the folder of the program", async () => {
    writeFileSync(join(folder, "Pulumi.here.yaml"), "config:\n  aws-prevention-baseline:namePrefix: My_Prefix\n");
    const before = process.cwd();
    process.chdir(folder);
    try {
      const run = runProgram(
        {
          program: join(root, "index.ts"),
          project: project.name,
          stack: "here",
          config: { "aws:region": "us-east-1", "aws-prevention-baseline:namePrefix": "My_Prefix" },
          preview: true,
        },
        { register: () => Promise.resolve({ outputs: {} }), invoke: () => Promise.reject(new Error("asked")) },
      );
      await assert.rejects(run, /Pulumi\.here\.yaml:2: namePrefix = "My_Prefix"/);
    } finally {
      process.chdir(before);
    }
  });

  it("of a fleet name the accounts file, or the stack file, whichever has the setting", async () => {
    writeFileSync(
      join(folder, "accounts.yaml"),
      [
        "defaults:",
        "  config:",
        "    aws:region: us-east-1",
        "    namePrefix: My_Prefix",
        "accounts:",
        "  - name: one",
        '    accountId: "111122223333"',
        "    config: { passwordPolicy: { maxAgeDays: 0 } }",
        "  - name: two",
        '    accountId: "111122223334"',
        "    regions: { exclude: [us-gov-east-1] }",
        "",
      ].join("\n"),
    );
    writeFileSync(join(folder, "Pulumi.one.yaml"), "config:\n  tagz: {}\n");
    const { accounts, whereOf } = await loadAccounts(join(folder, "accounts.yaml"), undefined, () => {
      throw new Error("asked");
    });
    const message = messageOf(() => requireValidSettings(accounts, project, folder, undefined, whereOf));
    for (const part of [
      "accounts.yaml:4: namePrefix",
      "accounts.yaml:8: passwordPolicy.maxAgeDays = 0",
      "accounts.yaml:11: excludeRegions[0]",
      "Pulumi.one.yaml:2: tagz",
    ]) {
      assert.ok(message.includes(part), `${part} is not in\n${message}`);
    }
  });
});

describe("a list with too many members", () => {
  const many = (each: (index: number) => unknown) => Array.from({ length: 10_000 }, (_, index) => each(index));
  const cases: [what: string, Record<string, unknown>][] = [
    ["of wrong texts", { excludeRegions: many((index) => `x-${index}`) }],
    ["of wrong types", { alertChannel: { emails: many((index) => index) } }],
    ["of maps with unknown keys", { ssmEndpoints: { vpcs: many((index) => ({ [`k${index}`]: 1 })) } }],
    ["of the same text", { mfaEnforcement: { users: many(() => "mina") } }],
    ["in a map", { threatDetection: { unavailableFeatures: { "eu-west-1": many(String) } } }],
    ["of numbers", { billingAlarm: { alarmPercents: many((index) => -index) } }],
    ["of controls", { adopt: { skip: many(String) } }],
  ];
  for (const [what, raw] of cases) {
    it(`${what} is one problem`, () => {
      const message = messageOf(() => parseSettings({ homeRegion: "us-east-1", ...raw }));
      assert.match(message, /have 1 problem;/);
      assert.match(message, /at most \d+\n/);
      assert.ok(message.length < 1000, message);
    });
  }
});

describe("the word that was meant", () => {
  const known = ["alertChannel", "auditTrail", "backup", "tags", "trailAlarms"];
  const cases: [string, string | undefined][] = [
    ["alertChanel", "alertChannel"],
    ["AlertChannel", "alertChannel"],
    ["audittrial", "auditTrail"],
    ["bakcup", "backup"],
    ["tagz", "tags"],
    ["alert", "alertChannel"],
    ["trailAlarm", "trailAlarms"],
    ["cloud", undefined],
    ["", undefined],
    ["x".repeat(10_000), undefined],
  ];
  for (const [word, meant] of cases) {
    it(`of ${word.slice(0, 20) || "nothing"} is ${meant ?? "not known"}`, () =>
      assert.equal(nearest(word, known), meant));
  }
});
