import assert from "node:assert/strict";
import { BaselineError, ExitCode } from "../../../../common/errors";
import { everyPolicy } from "aws-prevention-baseline-policy-pack/policies";
import { reviewsAsMarkdown } from "../../../../operations/preview/review/as-markdown";
import { reviewsAsSarif } from "../../../../operations/preview/review/as-sarif";
import { reviewsAsText } from "../../../../operations/preview/review/as-text";
import { type StackReview } from "../../../../operations/preview/review/model";
import { type Previewed, reviewStacks } from "../../../../operations/preview/review/review";
import { sarifProblems } from "../../../support/sarif";
import { type PolicyFinding, type RunResult, type Step } from "../../../../engine/host";

const urn = (control: string, type: string, name: string) =>
  `urn:pulumi:prod::aws-prevention-baseline::baseline:index:AccountBaseline$baseline:index:${control}$${type}::${name}`;

function step(op: Step["op"], control: string, type: string, name: string, region?: string): Step {
  return { op, urn: urn(control, type, name), type, name, ...(region && { region }) };
}

const trail = step("replace", "AuditTrail", "aws:cloudtrail/trail:Trail", "trail", "us-east-1");
const steps = [
  step("same", "AuditTrail", "aws:kms/key:Key", "key", "us-east-1"),
  step("create", "ThreatDetection", "aws:guardduty/detector:Detector", "detector", "eu-west-1"),
  step("update", "PasswordPolicy", "aws:iam/accountPasswordPolicy:AccountPasswordPolicy", "password"),
  step("delete", "Backup", "aws:backup/vault:Vault", "vault", "us-east-1"),
  trail,
];
const finding = (level: PolicyFinding["level"], policy: string, severity: string): PolicyFinding => ({
  policy,
  level,
  severity,
  urn: trail.urn,
  message: `It is open to @everyone.\nWhere: policy\nFix: name <accounts> | close it`,
});
const advisory = finding("advisory", "iam-no-privilege-escalation", "high");
const mandatory = finding("mandatory", "iam-no-public-trust", "critical");
const controls = [
  { id: "PasswordPolicy", cost: "free" },
  { id: "AuditTrail", cost: "S3 storage" },
  { id: "ThreatDetection", cost: "GuardDuty, per event" },
  { id: "Backup", cost: "storage of backups" },
];

/** Stacks by name: what their preview says, or why there is none. */
async function review(stacks: Record<string, Partial<RunResult> | BaselineError>) {
  const closed: string[] = [];
  const open = (name: string): Promise<Previewed> => {
    const answer = stacks[name]!;
    return answer instanceof BaselineError
      ? Promise.reject(answer)
      : Promise.resolve({
          preview: () => Promise.resolve({ outcome: "done", steps, findings: [], ...answer }),
          close: () => Promise.resolve(void closed.push(name)),
        });
  };
  return { ...(await reviewStacks(Object.keys(stacks), open, controls)), closed };
}

const unknownStack = new BaselineError(
  "unknown-stack",
  "There is no stack nope.",
  "See `pulumi stack ls`.",
  ExitCode.badInput,
);
const locked = new BaselineError("stack-locked", "The stack is locked.", "Wait.");

describe("review", () => {
  const outcomes: [what: string, stacks: Record<string, Partial<RunResult> | BaselineError>, exitCode: number][] = [
    ["nothing in the way", { prod: {} }, 0],
    ["an advisory", { prod: { findings: [advisory] } }, 0],
    ["a mandatory violation", { prod: { outcome: "blocked", findings: [mandatory] } }, 3],
    ["a stack that does not exist", { nope: unknownStack }, 2],
    ["a locked stack", { prod: locked }, 1],
    ["a stack that does not exist beside a sound one", { nope: unknownStack, prod: {} }, 2],
    ["a stack that does not exist beside a blocked one", { nope: unknownStack, prod: { outcome: "blocked" } }, 3],
    ["a locked stack beside a blocked one", { locked, prod: { outcome: "blocked" } }, 3],
    ["a stack that does not exist beside a locked one", { nope: unknownStack, prod: locked }, 1],
  ];
  for (const [what, stacks, exitCode] of outcomes) {
    it(`${what}: exit code ${exitCode}`, async () => assert.equal((await review(stacks)).exitCode, exitCode));
  }

  it("goes on after a stack that fails, and closes every stack it opened", async () => {
    const { reviews, closed } = await review({ a: locked, b: {}, c: { findings: [advisory] } });
    assert.deepEqual(
      reviews.map(({ stack, outcome }) => [stack, outcome]),
      [
        ["a", "failed"],
        ["b", "passed"],
        ["c", "passed"],
      ],
    );
    assert.deepEqual(closed, ["b", "c"]);
  });

  it("stops between stacks when it is interrupted", async () => {
    const signal = AbortSignal.abort();
    const open = () => Promise.reject(new Error("opened"));
    await assert.rejects(reviewStacks(["a"], open, controls, { signal }), { exitCode: ExitCode.interrupted });
  });

  it("names what drives the bill of what is made or changed, not of what goes or is free", async () => {
    const { reviews } = await review({ prod: {} });
    assert.deepEqual(
      reviews[0]?.costs.map(({ control }) => control),
      ["AuditTrail", "ThreatDetection"],
    );
  });
});

describe("what a review leaves to an administrator", () => {
  const cases: [what: string, step: Step, reserved: boolean][] = [
    ["a detector that goes", step("delete", "ThreatDetection", "aws:guardduty/detector:Detector", "d"), true],
    ["a detector that comes", step("create", "ThreatDetection", "aws:guardduty/detector:Detector", "d"), false],
    ["a trail that is replaced", trail, true],
    [
      "a lifecycle rule that changes",
      {
        ...step("update", "AuditTrail", "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "l"),
        changed: ["rules[0].expiration.days"],
      },
      true,
    ],
    [
      "a lifecycle rule that comes",
      step("create", "AuditTrail", "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "l"),
      false,
    ],
    ["a policy that is made", step("create", "MfaEnforcement", "aws:iam/policy:Policy", "p"), true],
    [
      "tags of a key",
      { ...step("update", "AuditTrail", "aws:kms/key:Key", "k"), changed: ['tags["baseline:version"]', "tagsAll.x"] },
      false,
    ],
    ["a key, of which nobody says what changes", step("update", "AuditTrail", "aws:kms/key:Key", "k"), true],
    ["a rule", step("update", "IamAlerts", "aws:cloudwatch/eventRule:EventRule", "r"), false],
    ["a type nobody knows", step("delete", "X", "aws:x/y:Y", "x"), false],
  ];
  for (const [what, each, reserved] of cases) {
    it(`${reserved ? "is" : "is not"} ${what}`, async () => {
      const { reviews } = await review({ prod: { steps: [each] } });
      assert.equal(reviews[0]?.changes[0]?.forAdministrator, reserved);
      assert.equal(/For an administrator/.test(reviewsAsText(reviews)), reserved);
      assert.equal(/\*\*For an administrator\*\* \(1\)/.test(reviewsAsMarkdown(reviews)), reserved);
    });
  }
});

describe("review as text", () => {
  it("says within 80 columns what goes, what comes, and what the policies say, mandatory ones first", async () => {
    const { reviews } = await review({ prod: { outcome: "blocked", findings: [advisory, mandatory] }, lost: locked });
    const text = reviewsAsText(reviews);
    assert.ok(
      text.split("\n").every((line) => line.length <= 80),
      text,
    );
    assert.match(
      text,
      /^Stack prod: blocked by policy; 1 to delete, 1 to replace, 1 to update, 1 to\ncreate, 1 unchanged\n/,
    );
    assert.match(text, /Taken away:\n {2}delete Vault vault \(us-east-1\)\n {2}replace Trail trail \(us-east-1\)\n/);
    assert.match(text, /Policies: 1 mandatory, 1 advisory\n {2}mandatory iam-no-public-trust: trail\n/);
    assert.match(text, /Stack lost: could not be previewed\n {2}The stack is locked\.\n {2}Wait\./);
  });
});

describe("review as a comment", () => {
  const comment = async (stacks: Parameters<typeof review>[0]) => reviewsAsMarkdown((await review(stacks)).reviews);

  it("begins with the mark of its stack, by which the next run finds it", async () => {
    const text = await comment({ "org/project/prod--eu": {} });
    assert.equal(text.split("\n")[0], "<!-- baseline-review:org/project/prod-eu -->");
  });

  it("shows policies, what is taken away, controls by region, costs and, folded, every change", async () => {
    const text = await comment({ prod: { outcome: "blocked", findings: [advisory, mandatory] } });
    const inOrder = [
      "### `prod`: blocked by policy; 1 to delete, 1 to replace, 1 to update, 1 to create, 1 unchanged",
      "**Policies:** 1 mandatory, 1 advisory.",
      "- **mandatory** `iam-no-public-trust` on `trail`",
      "- **advisory** `iam-no-privilege-escalation`",
      "**Taken away** (2):",
      "- delete `vault` (`aws:backup/vault:Vault`) of Backup, us-east-1",
      "| PasswordPolicy | 1 update | account 1 |",
      "- **AuditTrail**: S3 storage",
      "<summary>Every change (4)</summary>",
    ];
    const found = inOrder.map((part) => text.indexOf(part));
    assert.ok(
      found.every((at, index) => at > (found[index - 1] ?? -1)),
      `${found.join()}\n${text}`,
    );
  });

  it("lets nothing of a message notify people or become markup", async () => {
    const text = await comment({ prod: { findings: [mandatory] } });
    assert.match(text, /Fix: name `<accounts>` `\|` close it/);
    assert.doesNotMatch(text.replace(/`[^`]*`/g, ""), /@everyone|<accounts>/);
  });

  it("says why there is no preview", async () => {
    assert.match(await comment({ prod: locked }), /### `prod`: could not be previewed\n\n> The stack is locked/);
  });

  it("stays below what a comment holds, says that it was cut, and leaves no fold open", async () => {
    const many = Array.from({ length: 2000 }, (_, index) =>
      step("create", "ComplianceRules", "aws:cfg/rule:Rule", `rule-${index}`, "eu-west-1"),
    );
    const text = await comment({ prod: { steps: many, findings: [mandatory] } });
    assert.ok(text.length < 65_536 && text.length > 30_000, String(text.length));
    assert.match(text, /Cut here/);
    assert.match(text, /iam-no-public-trust/);
    assert.equal(text.match(/^<details>$/gm)?.length, text.match(/^<\/details>$/gm)?.length);
  });
});

describe("review as SARIF", () => {
  interface Log {
    runs: {
      automationDetails: { id: string };
      invocations: { executionSuccessful: boolean }[];
      tool: { driver: { rules: { id: string }[] } };
      results: {
        ruleId: string;
        ruleIndex: number;
        level: string;
        partialFingerprints: Record<string, string>;
        locations: { physicalLocation: { artifactLocation: { uri: string } } }[];
      }[];
    }[];
  }
  const log = (reviews: StackReview[]) => JSON.parse(reviewsAsSarif(reviews, "0.1.0")) as Log;

  it("has a run of its own category for each stack, which says whether it could look", async () => {
    const { runs } = log((await review({ "org/p/prod": { findings: [mandatory] }, lost: locked })).reviews);
    assert.deepEqual(
      runs.map(({ automationDetails, invocations }) => [automationDetails.id, invocations[0]?.executionSuccessful]),
      [
        ["review/org/p/prod/", true],
        ["review/lost/", false],
      ],
    );
    assert.equal(runs[0]?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri, "Pulumi.prod.yaml");
  });

  it("is SARIF 2.1.0 as GitHub takes it", async () => {
    const { reviews } = await review({ prod: { outcome: "blocked", findings: [advisory, mandatory] }, lost: locked });
    assert.deepEqual(sarifProblems(JSON.parse(reviewsAsSarif(reviews, "0.1.0"))), []);
  });

  it("makes an error of what blocks only, and knows each policy", async () => {
    const { runs } = log((await review({ prod: { findings: [advisory, mandatory] } })).reviews);
    assert.deepEqual(
      runs[0]?.results.map(({ ruleId, level }) => [ruleId, level]),
      [
        ["iam-no-public-trust", "error"],
        ["iam-no-privilege-escalation", "warning"],
      ],
    );
    assert.deepEqual(
      runs[0]?.tool.driver.rules.map(({ id }) => id),
      everyPolicy.map(({ id }) => id),
    );
  });

  it("keeps a finding's fingerprint when its words change", async () => {
    const prints = async (message: string) =>
      log((await review({ prod: { findings: [{ ...mandatory, message }] } })).reviews).runs[0]?.results.map(
        (each) => each.partialFingerprints,
      );
    assert.deepEqual(await prints("one"), await prints("two"));
  });
});
