import type { Target } from "@aws-sdk/client-eventbridge";
import type { EventTargetArgs } from "@pulumi/aws/cloudwatch/eventTarget";
import type { Unwrap } from "@pulumi/pulumi";
import { randomBytes } from "node:crypto";
import { unlessGone } from "../../../aws/errors";
import { type Context, defineResource } from "../resource-handler";

type Inputs = Unwrap<EventTargetArgs>;

export const eventTarget = defineResource<EventTargetArgs>({
  type: "aws:cloudwatch/eventTarget:EventTarget",
  properties: [
    "region", "rule", "targetId", "arn", "eventBusName", "roleArn", "input", "inputPath", "inputTransformer",
    "deadLetterConfig", "retryPolicy",
  ], // prettier-ignore
  required: ["rule", "arn"],
  defaults: { eventBusName: "default" },
  noneByDefault: ["roleArn", "input", "inputPath", "inputTransformer", "deadLetterConfig", "retryPolicy"],
  replaceOn: ["region", "rule", "targetId", "eventBusName"],
  steering: ["forceDestroy"],

  async create(context, inputs) {
    const targetId = inputs.targetId ?? `pulumi-${randomBytes(8).toString("hex")}`;
    await put(context, { ...inputs, targetId });
    return `${inputs.rule}-${targetId}`;
  },

  async read(context, id, known) {
    const rule = known.rule ?? "";
    // The id does not tell where the rule's name ends; the record does.
    const targetId = known.targetId ?? id.slice(rule.length + 1);
    const found = await find(context, rule, targetId, known.eventBusName);
    const transformer = found?.InputTransformer;
    return (
      found && {
        region: context.region,
        rule,
        targetId,
        eventBusName: known.eventBusName ?? "default",
        arn: found.Arn,
        roleArn: found.RoleArn,
        input: found.Input,
        inputPath: found.InputPath,
        inputTransformer: transformer && {
          inputPaths: transformer.InputPathsMap,
          inputTemplate: transformer.InputTemplate ?? "",
        },
        deadLetterConfig: found.DeadLetterConfig && { arn: found.DeadLetterConfig.Arn },
        retryPolicy: found.RetryPolicy && {
          maximumEventAgeInSeconds: found.RetryPolicy.MaximumEventAgeInSeconds,
          maximumRetryAttempts: found.RetryPolicy.MaximumRetryAttempts,
        },
      }
    );
  },

  async update(context, id, news) {
    await put(context, { ...news, targetId: news.targetId ?? id.slice(news.rule.length + 1) });
  },

  async delete({ clients, region }, id, { rule = "", targetId, eventBusName }) {
    const Ids = [targetId ?? id.slice(rule.length + 1)];
    const removal = clients.events(region).removeTargets({ Rule: rule, EventBusName: eventBusName, Ids });
    await unlessGone(removal, "ResourceNotFound");
  },
});

async function find({ clients, region }: Context, Rule: string, id: string, bus?: string): Promise<Target | undefined> {
  let token: string | undefined;
  do {
    const lookUp = clients.events(region).listTargetsByRule({ Rule, EventBusName: bus, NextToken: token });
    const page = await unlessGone(lookUp, "ResourceNotFound");
    const found = page?.Targets?.find(({ Id }) => Id === id);
    if (found !== undefined) {
      return found;
    }
    token = page?.NextToken;
  } while (token !== undefined);
  return undefined;
}

async function put({ clients, region }: Context, inputs: Inputs): Promise<void> {
  const { inputTransformer: transformer, deadLetterConfig: letters, retryPolicy: retry } = inputs;
  const target: Target = {
    Id: inputs.targetId,
    Arn: inputs.arn,
    RoleArn: inputs.roleArn,
    Input: inputs.input,
    InputPath: inputs.inputPath,
    InputTransformer: transformer && {
      InputPathsMap: transformer.inputPaths,
      InputTemplate: transformer.inputTemplate,
    },
    DeadLetterConfig: letters && { Arn: letters.arn },
    RetryPolicy: retry && {
      MaximumEventAgeInSeconds: retry.maximumEventAgeInSeconds,
      MaximumRetryAttempts: retry.maximumRetryAttempts,
    },
  };
  const { eventBusName: EventBusName, rule: Rule } = inputs;
  const { FailedEntries = [] } = await clients.events(region).putTargets({ Rule, EventBusName, Targets: [target] });
  if (FailedEntries.length > 0) {
    throw new Error(`PutTargets on ${Rule}: ${FailedEntries.map(({ ErrorMessage }) => ErrorMessage).join("; ")}`);
  }
}
