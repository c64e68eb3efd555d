import type {
  ConfigRule,
  EvaluationMode,
  MaximumExecutionFrequency,
  Owner,
  SourceDetail,
} from "@aws-sdk/client-config-service";
import type { RuleArgs } from "@pulumi/aws/cfg/rule";
import type { Unwrap } from "@pulumi/pulumi";
import { unlessGone } from "../../../aws/errors";
import { defineResource } from "../resource-handler";
import { retag, tagList, tagMap } from "./tags";

type Inputs = Unwrap<RuleArgs>;

export const configRule = defineResource<RuleArgs>({
  type: "aws:cfg/rule:Rule",
  properties: [
    "region", "name", "description", "source", "inputParameters", "maximumExecutionFrequency", "scope",
    "evaluationModes", "tags",
  ], // prettier-ignore
  required: ["source"],
  nameProperty: "name",
  noneByDefault: ["inputParameters", "scope"],
  replaceOn: ["region", "name"],

  async create({ clients, region }, inputs) {
    await clients.config(region).putConfigRule({ ConfigRule: settings(inputs), Tags: tagList(inputs.tags) });
    return inputs.name ?? "";
  },

  async read({ clients, region }, name) {
    const config = clients.config(region);
    const lookUp = config.describeConfigRules({ ConfigRuleNames: [name] });
    const found = (await unlessGone(lookUp, "NoSuchConfigRule"))?.ConfigRules?.[0];
    if (found === undefined) {
      return undefined;
    }
    const { Tags } = await config.listTagsForResource({ ResourceArn: found.ConfigRuleArn });
    return {
      region,
      arn: found.ConfigRuleArn,
      ruleId: found.ConfigRuleId,
      name: found.ConfigRuleName,
      description: found.Description,
      source: sourceFromAws(found.Source),
      inputParameters: found.InputParameters,
      maximumExecutionFrequency: found.MaximumExecutionFrequency,
      scope: found.Scope && {
        complianceResourceId: found.Scope.ComplianceResourceId,
        complianceResourceTypes: found.Scope.ComplianceResourceTypes,
        tagKey: found.Scope.TagKey,
        tagValue: found.Scope.TagValue,
      },
      evaluationModes: found.EvaluationModes?.map(({ Mode }) => ({ mode: Mode })),
      tags: tagMap(Tags),
    };
  },

  async update({ clients, region }, _name, news, olds) {
    const config = clients.config(region);
    await config.putConfigRule({ ConfigRule: settings(news) });
    const ResourceArn = String(olds["arn"]);
    await retag(
      olds.tags,
      news.tags,
      (Tags) => config.tagResource({ ResourceArn, Tags }),
      (TagKeys) => config.untagResource({ ResourceArn, TagKeys }),
    );
  },

  async delete({ clients, region }, name) {
    await unlessGone(clients.config(region).deleteConfigRule({ ConfigRuleName: name }), "NoSuchConfigRule");
  },
});

/** PutConfigRule sets tags on a new rule only. */
function settings({ source, scope, evaluationModes, ...inputs }: Inputs): ConfigRule {
  return {
    ConfigRuleName: inputs.name,
    Description: inputs.description,
    InputParameters: inputs.inputParameters,
    MaximumExecutionFrequency: inputs.maximumExecutionFrequency as MaximumExecutionFrequency | undefined,
    Source: {
      Owner: source.owner as Owner,
      SourceIdentifier: source.sourceIdentifier,
      SourceDetails: source.sourceDetails?.map(
        (each) =>
          ({
            EventSource: each.eventSource ?? "aws.config",
            MessageType: each.messageType,
            MaximumExecutionFrequency: each.maximumExecutionFrequency,
          }) as SourceDetail,
      ),
      CustomPolicyDetails: source.customPolicyDetails && {
        PolicyRuntime: source.customPolicyDetails.policyRuntime,
        PolicyText: source.customPolicyDetails.policyText,
        EnableDebugLogDelivery: source.customPolicyDetails.enableDebugLogDelivery,
      },
    },
    Scope: scope && {
      ComplianceResourceId: scope.complianceResourceId,
      ComplianceResourceTypes: scope.complianceResourceTypes,
      TagKey: scope.tagKey,
      TagValue: scope.tagValue,
    },
    EvaluationModes: evaluationModes?.map(({ mode }) => ({ Mode: mode as EvaluationMode | undefined })),
  };
}

function sourceFromAws(found: ConfigRule["Source"]): Inputs["source"] {
  return {
    owner: found?.Owner ?? "",
    sourceIdentifier: found?.SourceIdentifier,
    sourceDetails: found?.SourceDetails?.map((each) => ({
      eventSource: each.EventSource,
      messageType: each.MessageType,
      maximumExecutionFrequency: each.MaximumExecutionFrequency,
    })),
    customPolicyDetails: found?.CustomPolicyDetails && {
      policyRuntime: found.CustomPolicyDetails.PolicyRuntime ?? "",
      policyText: found.CustomPolicyDetails.PolicyText ?? "",
      enableDebugLogDelivery: found.CustomPolicyDetails.EnableDebugLogDelivery,
    },
  };
}
