import type { AnalyzerArgs } from "@pulumi/aws/accessanalyzer/analyzer";
import { accountIdOf } from "../account-id";
import { recordedResource } from "../recorded-resource";

export const analyzer = recordedResource<AnalyzerArgs>({
  type: "aws:accessanalyzer/analyzer:Analyzer",
  properties: ["region", "analyzerName", "type", "configuration", "tags"],
  required: ["analyzerName"],
  defaults: { type: "ACCOUNT" },
  replaceOn: ["region", "analyzerName", "type", "configuration"],
  why: "the emulator has no API for IAM Access Analyzer",
  id: (_context, { analyzerName }) => analyzerName,
  outputs: async ({ clients, region }, id) => ({
    arn: `arn:aws:access-analyzer:${region}:${await accountIdOf(clients)}:analyzer/${id}`,
  }),
});
