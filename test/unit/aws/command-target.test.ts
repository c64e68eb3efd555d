import assert from "node:assert/strict";
import { awsCommand, withCommandTarget } from "../../../common/command";
import { withSession } from "../../../aws/session";
import { checklist } from "../../../operations/respond/recover/checklist";
import { rootMfa } from "../../../operations/watch/audit/rules/root";
import { type StubAws, stubAws } from "../../support/aws-here";

const summary = () => awsCommand("iam", "get-account-summary");
const cluster = () => awsCommand("ecs", "list-tasks", { region: "us-east-1", cluster: "<cluster>" });

describe("commands of the AWS CLI go where the run goes", () => {
  let aws: StubAws;
  before(async () => {
    aws = await stubAws(({ action }) =>
      action === "GetCallerIdentity"
        ? "<Account>111122223333</Account><Arn>arn:aws:iam::111122223333:user/mina</Arn><UserId>u</UserId>"
        : "",
    );
  });
  after(() => aws.close());

  it("to the emulator of the session, and no longer than that", async () => {
    const endpoint = `http://127.0.0.1:${aws.port}`;
    const inside = await withSession({ endpoint }, async () => {
      await new Promise(setImmediate);
      return [summary(), cluster()];
    });
    assert.deepEqual(inside, [
      `aws iam get-account-summary --region us-east-1 --endpoint-url ${endpoint}`,
      `aws ecs list-tasks --region us-east-1 --cluster '<cluster>' --endpoint-url ${endpoint}`,
    ]);
    assert.equal(summary(), "aws iam get-account-summary");
  });

  it("under the profile that signs, unless the command names one", () =>
    withCommandTarget({ profile: "prod" }, () => {
      assert.equal(summary(), "aws iam get-account-summary --profile prod");
      assert.equal(awsCommand("sso", "login", { profile: "other" }), "aws sso login --profile other");
    }));

  it("each of two runs at a time keeps its own", async () => {
    const run = (endpoint: string) =>
      withCommandTarget({ endpoint }, async () => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        return summary();
      });
    assert.deepEqual(await Promise.all([run("http://localhost:1"), run("http://localhost:2")]), [
      "aws iam get-account-summary --region us-east-1 --endpoint-url http://localhost:1",
      "aws iam get-account-summary --region us-east-1 --endpoint-url http://localhost:2",
    ]);
  });

  it("also those that are the same in every run", () =>
    withCommandTarget({ endpoint: "http://localhost:1" }, () => {
      const [finding] = rootMfa.judge({ mfa: false } as never, {} as never);
      const items = checklist({
        subject: { kind: "user", name: "mina" },
        options: { prefix: "baseline" },
        principal: { problems: [] },
        readable: [],
        begun: "2026-01-01T00:00:00Z",
        entries: [],
      } as never);
      const commands = [finding?.fix, ...items.flatMap(({ how }) => how)].filter((each) => each?.startsWith("aws "));
      assert.ok(commands.length > 2);
      assert.deepEqual(
        commands.filter((each) => !each?.endsWith("--endpoint-url http://localhost:1")),
        [],
      );
    }));
});
