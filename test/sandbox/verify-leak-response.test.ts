import assert from "node:assert/strict";
import { LeakResponse } from "../../components/leak-response/leak-response";
import { verify as leakResponse } from "../../components/leak-response/verify";
import { type VerifyScope } from "../../components/foundation/verify/verifier";
import { type Emulator } from "../../sandbox/emulator";
import { createSandboxProvider, type SandboxProvider } from "../../sandbox/provider";
import { type Props } from "../../common/properties";
import { declared } from "../support/declared";
import { startEmulator } from "../support/emulator";

const [HOME, GLOBAL, COPY] = ["eu-west-1", "us-east-1", "us-west-2"];
const REGIONS = [HOME, GLOBAL, COPY];
const made = new Set([
  "aws:iam/role:Role",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:cloudwatch/eventBus:EventBus",
  "aws:cloudwatch/eventRule:EventRule",
  "aws:cloudwatch/eventTarget:EventTarget",
  "aws:sfn/stateMachine:StateMachine",
]);

describe("the verifier of LeakResponse", function () {
  this.timeout(120_000);
  let emulator: Emulator;
  let provider: SandboxProvider;
  let scope: VerifyScope;

  beforeEach(async () => {
    emulator = await startEmulator();
    provider = createSandboxProvider({ endpoint: emulator.endpoint });
    const { accountId } = emulator;
    scope = { aws: provider.clients, accountId, homeRegion: HOME, regions: REGIONS, namePrefix: "baseline" };
  });
  afterEach(async () => {
    provider?.clients.destroy();
    await emulator?.stop();
  });

  /** The response as the component declares it; its roles are the emulator's, whatever the preview did not know. */
  async function respond(mode: string): Promise<void> {
    const { accountId } = emulator;
    const arn = (service: string, rest: string) => `arn:aws:${service}:${HOME}:${accountId}:${rest}`;
    const route = {
      homeRegion: HOME,
      homeBusArn: arn("events", "event-bus/default"),
      topicArn: arn("sns", "baseline-alerts"),
      relayRoleArn: `arn:aws:iam::${accountId}:role/relay`,
    };
    const lists = { exemptUsers: [], exemptRoles: [], containRoles: [], denyUser: false };
    const where = { region: HOME, regions: REGIONS, globalRegion: GLOBAL, partition: "aws", accountId };
    const args = { ...where, ...lists, namePrefix: "baseline", tags: {}, route, mode };
    const all = await declared(() => new LeakResponse("leak", args));
    for (const { type, name, urn, inputs } of all.filter(
      (each) => made.has(each.type) && !each.name.includes("notice"),
    )) {
      const role = name.startsWith("leak-events") ? "baseline-leak-events" : "baseline-leak-response";
      const known: Props = {
        ...inputs,
        ...(type.endsWith(":RolePolicy") && { role }),
        ...("roleArn" in inputs && {
          roleArn: `arn:aws:iam::${accountId}:role/${type.endsWith(":StateMachine") ? role : "baseline-leak-events"}`,
        }),
      };
      const checked = (await provider.check(urn, {}, known)) as { inputs: Props };
      await provider.create(urn, checked.inputs);
    }
  }
  const broken = async () =>
    (await leakResponse(scope)).filter(({ holds }) => !holds).map(({ region = "-", says }) => `${region} ${says}`);
  const machineArn = () => `arn:aws:states:${HOME}:${emulator.accountId}:stateMachine:baseline-leak-response`;

  it("tells an account without a response, way by way", async () => {
    assert.deepEqual(await broken(), [
      `${HOME} nothing answers a leaked key: there is no baseline-leak-response`,
      "- rules start nothing: role baseline-leak-events or its policy is gone",
      `${GLOBAL} leaks AWS sees go unanswered: there is no rule baseline-leak-health`,
      `${COPY} leaks AWS sees go unanswered: there is no rule baseline-leak-health`,
      `${GLOBAL} quarantines go unanswered: there is no rule baseline-leak-quarantine`,
      ...REGIONS.map(
        (region) => `${region} findings about keys go unanswered: there is no rule baseline-leak-guardduty`,
      ),
      `${HOME} leaks of other regions go unanswered: there is no rule baseline-leak-forwarded`,
    ]);
  });

  it("tells what somebody took away, switched off or led elsewhere", async () => {
    await respond("contain");
    assert.deepEqual(await broken(), []);
    const { aws } = scope;
    await aws.events(GLOBAL).disableRule({ Name: "baseline-leak-health" });
    const goal = { Rule: "baseline-leak-guardduty", Ids: ["leak-response"] };
    await aws.events(COPY).removeTargets(goal);
    await aws.events(HOME).removeTargets(goal);
    const Arn = `arn:aws:sqs:${HOME}:${emulator.accountId}:elsewhere`;
    await aws.events(HOME).putTargets({ Rule: goal.Rule, Targets: [{ Id: "it", Arn }] });
    await aws.events(GLOBAL).removeTargets({ Rule: "baseline-leak-quarantine", Ids: ["leak-response"] });
    await aws.events(GLOBAL).deleteRule({ Name: "baseline-leak-quarantine" });
    await aws.iam().deleteRolePolicy({ RoleName: "baseline-leak-events", PolicyName: "leak-response" });
    assert.deepEqual(await broken(), [
      "- rules start nothing: role baseline-leak-events or its policy is gone",
      `${GLOBAL} leaks AWS sees go to stateMachine:baseline-leak-response (rule DISABLED)`,
      `${GLOBAL} quarantines go unanswered: there is no rule baseline-leak-quarantine`,
      `${HOME} findings about keys go to ${Arn} (rule ENABLED)`,
      `${COPY} findings about keys go to nothing (rule ENABLED)`,
    ]);
    const there = machineArn().replace(HOME, COPY);
    await aws.sfn(COPY).deleteStateMachine({ stateMachineArn: there });
    assert.ok(
      (await broken()).includes(`${COPY} leaks AWS sees go unanswered: there is no baseline-leak-response`),
      "a machine of another region",
    );
    await aws.iam().deleteRolePolicy({ RoleName: "baseline-leak-response", PolicyName: "leak-response" });
    assert.ok(
      (await broken()).includes("- the response may do nothing: role baseline-leak-response or its policy is gone"),
    );
  });

  it("tells a machine in another mode than the program put there, and rights that do not suffice", async () => {
    await respond("contain");
    const { aws } = scope;
    const { definition = "" } = await aws.sfn(HOME).describeStateMachine({ stateMachineArn: machineArn() });
    const tamed = definition.replaceAll("iam:updateAccessKey", "iam:getAccessKeyLastUsed");
    await aws.sfn(HOME).updateStateMachine({ stateMachineArn: machineArn(), definition: tamed });
    assert.deepEqual(await broken(), ["- the response is in mode notify, and its role was made for mode contain"]);
    await aws.sfn(HOME).updateStateMachine({ stateMachineArn: machineArn(), definition });
    await aws.iam().putRolePolicy({
      RoleName: "baseline-leak-response",
      PolicyName: "leak-response",
      PolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: ["iam:GetAccessKeyLastUsed", "states:StartExecution"], Resource: "*" }],
      }),
    });
    assert.deepEqual(await broken(), [
      "- the response, in mode contain, may not events:PutEvents, iam:ListAttachedUserPolicies, guardduty:GetFindings, iam:UpdateAccessKey",
    ]);
  });
});
