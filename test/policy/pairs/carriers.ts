import { type Pair } from "./pair";

const unseen = (type: string, bad: Pair["bad"], good: Pair["good"], ...decisive: Pair["decisive"]): Pair => ({
  ...{ policy: "no-unseen-resources", type, level: "advisory", bad, good, decisive },
});

const withResource = (Type: string): string => JSON.stringify({ Resources: { Thing: { Type, Properties: {} } } });
const custom = withResource("Custom::Thing");
const queue = withResource("AWS::SQS::Queue");
const templateType = (type: string): Pair =>
  unseen(type, { templateBody: custom }, { templateBody: queue }, "templateBody");

// Whatever it runs, known or not.
const runs = (type: string, input: string): Pair => ({ settled: true, ...unseen(type, { [input]: "x" }, {}, input) });

/** What can be looked into has inputs that cannot; the rest runs code, and is reported whatever it says. */
export const carrierPairs: readonly Pair[] = [
  unseen(
    "aws:cloudcontrol/resource:Resource",
    { typeName: "AWS::SQS::Queue", desiredState: "neither" },
    { typeName: "AWS::SQS::Queue", desiredState: "{}" },
    "desiredState",
  ),
  unseen(
    "aws-native:index:ExtensionResource",
    { type: "Contoso::Things::Thing", properties: {} },
    { type: "AWS::SQS::Queue", properties: {} },
    "type",
  ),
  templateType("aws:cloudformation/stack:Stack"),
  templateType("aws:cloudformation/stackSet:StackSet"),
  templateType("aws-native:cloudformation:Stack"),
  templateType("aws-native:cloudformation:StackSet"),
  runs("aws-native:cloudformation:CustomResourceEmulator", "serviceToken"),
  runs("aws:serverlessrepository/cloudFormationStack:CloudFormationStack", "applicationId"),
  runs("aws:servicecatalog/provisionedProduct:ProvisionedProduct", "productName"),
  runs("aws-native:servicecatalog:CloudFormationProvisionedProduct", "productName"),
  runs("pulumi-nodejs:dynamic:Resource", "__provider"),
  runs("pulumi-python:dynamic:Resource", "__provider"),
  runs("command:local:Command", "create"),
  runs("command:remote:Command", "delete"),
];
