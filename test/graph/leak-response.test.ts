import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { evaluateResource } from "aws-prevention-baseline-policy-pack/policies";
import { LeakResponse, type LeakResponseArgs } from "../../components/leak-response/leak-response";
import { type Registration } from "../../engine/in-process/registration";
import { declared, place } from "../support/declared";
import { graph, ofType, only } from "../support/graph";
import { isAllowed } from "../support/simulate";

const [RULE, TARGET] = ["aws:cloudwatch/eventRule:EventRule", "aws:cloudwatch/eventTarget:EventTarget"];
const [MACHINE, POLICY] = ["aws:sfn/stateMachine:StateMachine", "aws:iam/rolePolicy:RolePolicy"];

function response(more: Partial<LeakResponseArgs> = {}) {
  const region = more.region ?? "eu-west-1";
  const arn = `arn:aws:sns:${region}:123456789012:baseline-alerts`;
  const homeBusArn = `arn:aws:events:${region}:123456789012:event-bus/default`;
  const route = { homeRegion: region, homeBusArn, topicArn: arn, relayRoleArn: "arn:aws:iam::123456789012:role/relay" };
  const settings = { mode: "notify", exemptUsers: [], exemptRoles: [], containRoles: [], denyUser: false };
  const where = { region, regions: [region, "us-east-1", "us-west-2"], globalRegion: "us-east-1", route };
  return declared(() => new LeakResponse("leak", { ...place, ...where, ...settings, ...more }));
}

/** `rule region -> target` of each rule that starts the response or forwards to it. */
function ways(all: Registration[]): string[] {
  return ofType(all, TARGET)
    .filter(({ inputs }) => inputs["targetId"] === "leak-response")
    .map(({ inputs }) => `${String(inputs["rule"])} ${String(inputs["region"])} -> ${String(inputs["arn"])}`)
    .sort();
}

function violations(all: Registration[]): string[] {
  return all
    .filter(({ custom }) => custom)
    .flatMap(({ urn, type, name, inputs }) => evaluateResource({ urn, type, name, props: inputs }))
    .map(({ policyId }) => policyId);
}

function actions(all: Registration[]): string[] {
  const role = ofType(all, POLICY).find(({ name }) => name === "leak-role-policy");
  const { Statement } = JSON.parse(String(role?.inputs["policy"])) as {
    Statement: { Effect: string; Action: string | string[] }[];
  };
  return Statement.filter(({ Effect }) => Effect === "Allow").flatMap(({ Action }) => Action);
}

describe("LeakResponse", () => {
  it("hears AWS Health in two regions, quarantines where IAM reports, and findings everywhere", async () => {
    const machine = "arn:aws:states:eu-west-1:123456789012:stateMachine:baseline-leak-response";
    const bus = "arn:aws:events:eu-west-1:123456789012:event-bus/baseline-leaked-keys";
    assert.deepEqual(ways(await response()), [
      `baseline-leak-forwarded eu-west-1 -> ${machine}`,
      `baseline-leak-guardduty eu-west-1 -> ${machine}`,
      `baseline-leak-guardduty us-east-1 -> ${bus}`,
      `baseline-leak-guardduty us-west-2 -> ${bus}`,
      `baseline-leak-health us-east-1 -> ${bus}`,
      `baseline-leak-health us-west-2 -> ${bus}`,
      `baseline-leak-quarantine us-east-1 -> ${bus}`,
    ]);
  });

  it("contain: answers where GuardDuty and AWS Health can be asked, and tells people by a bus that is its own", async () => {
    const all = await response({ mode: "contain" });
    const machine = (region: string) => `arn:aws:states:${region}:123456789012:stateMachine:baseline-leak-response`;
    const bus = "arn:aws:events:eu-west-1:123456789012:event-bus/baseline-leaked-keys";
    assert.deepEqual(ways(all), [
      `baseline-leak-forwarded eu-west-1 -> ${machine("eu-west-1")}`,
      `baseline-leak-guardduty eu-west-1 -> ${machine("eu-west-1")}`,
      `baseline-leak-guardduty us-east-1 -> ${machine("us-east-1")}`,
      `baseline-leak-guardduty us-west-2 -> ${machine("us-west-2")}`,
      `baseline-leak-health us-east-1 -> ${machine("us-east-1")}`,
      `baseline-leak-health us-west-2 -> ${machine("us-west-2")}`,
      `baseline-leak-quarantine us-east-1 -> ${bus}`,
    ]);
    const regions = ["eu-west-1", "us-east-1", "us-west-2"];
    assert.deepEqual(
      ofType(all, MACHINE)
        .map(({ inputs }) => inputs["region"])
        .sort(),
      regions,
    );
    const notices = ofType(all, TARGET).filter(({ name }) => name.startsWith("leak-notice"));
    assert.deepEqual(notices.map(({ inputs }) => [inputs["region"], inputs["eventBusName"], inputs["arn"]]).sort(), [
      ["eu-west-1", "baseline-leaked-keys", "arn:aws:sns:eu-west-1:123456789012:baseline-alerts"],
      ["us-east-1", "baseline-leaked-keys", bus],
      ["us-west-2", "baseline-leaked-keys", bus],
    ]);
  });

  it("lets nobody but its own two roles put anything on its buses", async () => {
    const all = await response({ mode: "contain" });
    const policies = ofType(all, "aws:cloudwatch/eventBusPolicy:EventBusPolicy");
    assert.equal(policies.length, 3);
    for (const { inputs } of policies) {
      const region = String(inputs["region"]);
      const resource = `arn:aws:events:${region}:123456789012:event-bus/baseline-leaked-keys`;
      const may = (role: string) =>
        isAllowed({
          principal: `arn:aws:sts::123456789012:assumed-role/${role}/session`,
          action: "events:PutEvents",
          resource,
          context: { "aws:PrincipalArn": `arn:aws:iam::123456789012:role/${role}` },
          resourcePolicy: String(inputs["policy"]),
        });
      assert.deepEqual(
        [await may("baseline-leak-response"), await may("baseline-leak-events"), await may("PowerUser")],
        [true, true, false],
      );
    }
  });

  it("makes nothing in a region that is left alone, not for AWS Health's copy either", async () => {
    const found = ways(await response({ regions: ["eu-west-1"] }));
    assert.deepEqual(
      found.filter((each) => each.includes("leak-health")).map((each) => each.split(" ")[1]),
      ["us-east-1"],
    );
    assert.ok(!found.some((each) => each.includes("us-west-2")));
  });

  it("has regions of its own in China and GovCloud", async () => {
    for (const [partition, region, ...health] of [
      ["aws-cn", "cn-north-1", "cn-north-1", "cn-northwest-1"],
      ["aws-us-gov", "us-gov-west-1", "us-gov-east-1", "us-gov-west-1"],
    ] as const) {
      const all = await response({ partition, region, regions: [...health], globalRegion: region });
      const rules = ofType(all, RULE).filter(({ inputs }) => inputs["name"] === "baseline-leak-health");
      assert.deepEqual(rules.map(({ inputs }) => inputs["region"]).sort(), health);
      const { definition } = only(all, MACHINE).inputs;
      assert.ok(!String(definition).includes("arn:aws:"), partition);
    }
  });

  it("leaves what could not be delivered in a queue, and raises an alarm on it and on answers that failed", async () => {
    const all = await response();
    const letters = "arn:aws:sqs:eu-west-1:123456789012:baseline-leak-response";
    for (const { inputs } of ofType(all, TARGET).filter(({ inputs }) => String(inputs["arn"]).includes(":states:"))) {
      assert.deepEqual(inputs["deadLetterConfig"], { arn: letters });
    }
    const alarms = ofType(all, "aws:cloudwatch/metricAlarm:MetricAlarm").map(({ inputs }) => inputs["name"]);
    assert.deepEqual(
      alarms,
      ["failed", "timed-out", "undelivered"].map((each) => `baseline-leak-response-${each}`),
    );
  });

  it("notify may change nothing, and passes the policy pack", async () => {
    const all = await response();
    assert.deepEqual(actions(all), [
      "iam:GetAccessKeyLastUsed",
      "iam:ListAccessKeys",
      "events:PutEvents",
      "states:StartExecution",
    ]);
    assert.deepEqual(violations(all), []);
  });

  it("contain may attach AWSDenyAll to the roles it is given, writes no policy, deletes nothing, and passes the policy pack", async () => {
    const lists = { exemptUsers: ["robot"], exemptRoles: ["spared"] };
    const given = { mode: "contain", ...lists };
    const none = await response(given);
    assert.ok(!actions(none).includes("iam:AttachRolePolicy"));
    const all = await response({ ...given, containRoles: ["web-server"] });
    assert.ok(actions(all).includes("iam:AttachRolePolicy"));
    assert.ok(!actions(all).some((each) => /^iam:(Delete|Put|Create|Detach)/.test(each)));
    assert.deepEqual([violations(none), violations(all)], [[], []]);
    // An advisory: the pack does not know that the one policy it may attach grants nothing.
    assert.deepEqual(violations(await response({ ...given, denyUser: true })), ["iam-no-admin-wildcard"]);
  });

  it("contain may attach no other policy, and to no other role", async () => {
    const all = await response({
      mode: "contain",
      containRoles: ["web-server"],
      denyUser: true,
      exemptRoles: ["spared"],
    });
    const policy = ofType(all, POLICY).find(({ name }) => name === "leak-role-policy")?.inputs["policy"];
    const may = (action: string, resource: string, PolicyARN: string) =>
      isAllowed({
        principal: "arn:aws:iam::123456789012:role/baseline-leak-response",
        action,
        resource: `arn:aws:iam::123456789012:${resource}`,
        context: { "iam:PolicyARN": `arn:aws:iam::aws:policy/${PolicyARN}` },
        identityPolicy: String(policy),
      });
    const [role, user] = ["iam:AttachRolePolicy", "iam:AttachUserPolicy"];
    const cases: [action: string, resource: string, policy: string, allowed: boolean][] = [
      [role, "role/web-server", "AWSDenyAll", true],
      [role, "role/web-server", "AdministratorAccess", false],
      [role, "role/other", "AWSDenyAll", false],
      [role, "role/baseline-leak-response", "AWSDenyAll", false],
      [user, "user/mina", "AWSDenyAll", true],
      [user, "user/mina", "AdministratorAccess", false],
      ["iam:PutRolePolicy", "role/web-server", "AWSDenyAll", false],
    ];
    for (const [action, resource, arn, allowed] of cases) {
      assert.equal(await may(action, resource, arn), allowed, `${action} ${resource} ${arn}`);
    }
  });

  it("tells of a quarantine once: by the response where there is one, else by IamAlerts", async () => {
    const told = async (enabled: boolean) => {
      const settings = { "aws-prevention-baseline:leakResponse": { enabled } };
      return ofType(await graph({ settings }), RULE)
        .filter(({ inputs }) => /"AttachUserPolicy"[^}]*AWSCompromised/.test(String(inputs["eventPattern"])))
        .map(({ inputs }) => inputs["name"])
        .filter((name) => name !== "baseline-iam-change");
    };
    assert.deepEqual(await told(true), ["baseline-leak-quarantine"]);
    assert.deepEqual(await told(false), ["baseline-quarantine"]);
  });
});

describe("the service control policy in docs/respond.md", () => {
  const text = /```json\n([^]*?)```/.exec(readFileSync("docs/respond.md", "utf8"))?.[1] ?? "";
  const machine = "arn:aws:states:eu-west-1:123456789012:stateMachine:baseline-leak-response";
  const rule = "arn:aws:events:eu-west-1:123456789012:rule/baseline-leaked-keys/baseline-leak-forwarded";
  const bus = "arn:aws:events:eu-west-1:123456789012:event-bus/baseline-leaked-keys";
  const cases: [role: string, action: string, resource: string, allowed: boolean][] = [
    ["PowerUser", "states:StartExecution", machine, false],
    ["PowerUser", "states:UpdateStateMachine", machine, false],
    ["PowerUser", "states:StartExecution", machine.replace("baseline-leak-response", "orders"), true],
    ["PowerUser", "events:PutTargets", rule, false],
    ["PowerUser", "events:PutPermission", "*", false],
    ["PowerUser", "events:DeleteEventBus", bus, false],
    ["baseline-leak-events", "states:StartExecution", machine, true],
    ["baseline-leak-response", "states:StartExecution", machine, true],
    ["ci-baseline-apply", "states:UpdateStateMachine", machine, true],
  ];
  for (const [role, action, resource, allowed] of cases) {
    it(`${allowed ? "leaves" : "takes"} ${role} ${action} on ${resource.split(":").pop()}`, async () => {
      const principal = `arn:aws:sts::123456789012:assumed-role/${role}/session`;
      const context = { "aws:PrincipalArn": `arn:aws:iam::123456789012:role/${role}` };
      assert.equal(await isAllowed({ principal, action, resource, context, serviceControlPolicy: text }), allowed);
    });
  }
});
