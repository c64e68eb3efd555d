import assert from "node:assert/strict";
import { parseBootstrapSettings } from "../../../bootstrap/settings";
import { bootstrapProject } from "../../support/bootstrap";

const sound = { region: "us-east-1", github: { repository: "acme/security" } };

describe("settings of the bootstrap program", () => {
  it("have in Pulumi.yaml the defaults they have in the program", () => {
    const { region, ...defaults } = parseBootstrapSettings(sound);
    assert.equal(region, "us-east-1");
    const declared = Object.fromEntries(
      Object.entries(bootstrapProject.defaults).map(([key, value]) => {
        const name = key.split(":")[1] ?? "";
        return [
          name,
          typeof defaults[name as keyof typeof defaults] === "string" ? value : (JSON.parse(value) as unknown),
        ];
      }),
    );
    const github = { ...(declared["github"] as object), repository: "acme/security" };
    assert.deepEqual({ ...declared, github }, defaults);
  });

  const wrong: [what: string, settings: Record<string, unknown>, said: RegExp][] = [
    ["nobody who could take the roles", { region: "us-east-1" }, /github\.repository or gitlab\.project/],
    ["a repository without owner", { ...sound, github: { repository: "security" } }, /github\.repository = "security"/],
    ["a repository with a wildcard", { ...sound, github: { repository: "acme/*" } }, /without wildcards/],
    [
      "an environment with a wildcard",
      { ...sound, github: { repository: "a/b", environment: "*" } },
      /github\.environment/,
    ],
    ["a branch with a wildcard", { ...sound, github: { repository: "a/b", branch: "release/*" } }, /github\.branch/],
    ["a project with a wildcard", { ...sound, gitlab: { project: "acme/*" } }, /gitlab\.project/],
    ["a GitLab without TLS", { ...sound, gitlab: { url: "http://gitlab.com" } }, /gitlab\.url/],
    [
      "a provider of another issuer",
      { ...sound, github: { repository: "a/b", providerArn: "arn:aws:iam::123456789012:oidc-provider/x" } },
      /providerArn/,
    ],
    ["a setting that does not exist", { ...sound, wat: 1 }, /wat/],
    ["roles the apply role could reach", { ...sound, rolePrefix: "baseline-ci" }, /does not begin like namePrefix/],
    ["a session that is too long", { ...sound, sessionMinutes: 1000 }, /sessionMinutes = 1000/],
    [
      "a bucket both made and named",
      { ...sound, state: { create: true, bucket: "states" } },
      /either create or a bucket/,
    ],
    [
      "an owner's number without the repository's",
      { ...sound, github: { repository: "a/b", ownerId: "1" } },
      /repositoryId with github\.ownerId/,
    ],
    [
      "a state whose bucket the apply role could open",
      { ...sound, state: { create: false, bucket: "baseline-states" } },
      /does not begin like namePrefix/,
    ],
    ["no region", { github: sound.github }, /region/],
  ];
  for (const [what, settings, said] of wrong) {
    it(`refuse ${what}`, () => {
      assert.throws(() => parseBootstrapSettings(settings), { code: "invalid-settings", exitCode: 2, message: said });
    });
  }
});
