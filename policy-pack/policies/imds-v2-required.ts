import { isUnknown, type Located, property, word } from "../values";
import { root } from "./evaluate";
import { exceptionsSchema } from "./exceptions";
import { type Finding, type Policy } from "./types";
import { cannotTell } from "./wording";

/** Where the metadata options of a resource stand, and what an absent one comes to. */
interface Metadata {
  readonly options: readonly string[];
  /** Another input that may set them, so that absence says nothing. */
  readonly unless?: string;
  /** It has no switch for the service as a whole. */
  readonly alwaysOn?: true;
}

const direct: Metadata = { options: ["metadataOptions"] };
const instance: Metadata = { ...direct, unless: "launchTemplate" };
const image: Metadata = { options: ["instanceMetadataOptions"], alwaysOn: true };

const metadata: Readonly<Record<string, Metadata>> = {
  "aws:ec2/instance:Instance": instance,
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest": instance,
  "aws:ec2/launchTemplate:LaunchTemplate": direct,
  "aws:ec2/launchConfiguration:LaunchConfiguration": direct,
  "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration": image,
  "aws-native:ec2:Instance": instance,
  "aws-native:ec2:LaunchTemplate": { options: ["launchTemplateData", "metadataOptions"] },
  "aws-native:autoscaling:LaunchConfiguration": direct,
  "aws-native:imagebuilder:InfrastructureConfiguration": image,
};
const accountDefault = "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults";

/** Reports instances whose metadata service answers without a token. */
export const imdsV2Required: Policy = {
  id: "imds-v2-required",
  title: "Instance metadata only with a token",
  description:
    "The instance metadata service must ask for a session token (IMDSv2), so that a forged request or an open proxy does " +
    "not hand out the credentials of the instance's role.",
  level: "advisory",
  severity: "high",
  frameworks: [
    {
      name: "CIS AWS Foundations Benchmark",
      version: "7.0.0",
      reference: "6.7",
      specification: "Ensure that the EC2 Metadata Service only allows IMDSv2.",
    },
    {
      name: "AWS Security Hub",
      version: "1.0.0",
      reference: "EC2.8",
      specification: "EC2 instances should use Instance Metadata Service Version 2 (IMDSv2).",
    },
    {
      name: "AWS Security Hub",
      version: "1.0.0",
      reference: "EC2.170",
      specification: "EC2 launch templates should use Instance Metadata Service Version 2 (IMDSv2).",
    },
  ],
  remediationSteps:
    'Set httpTokens to "required" in the metadata options, or for the whole Region with ' +
    "aws.ec2.InstanceMetadataDefaults; switch the service off (httpEndpoint) where nothing uses it.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-8",
  configSchema: {
    properties: {
      acceptUnset: {
        type: "boolean",
        default: false,
        description: "Accept resources that say nothing of httpTokens, because the account or the image requires it.",
      },
      exceptions: exceptionsSchema,
    },
  },
  resourceTypes: [...Object.keys(metadata), accountDefault],
  evaluate: (resource, config) => {
    const inputs = root(resource);
    if (resource.type === accountDefault) {
      return isOff(inputs) ? [] : decide(inputs, true);
    }
    const { options, unless, alwaysOn } = metadata[resource.type]!;
    const levels = [inputs];
    for (const name of options) {
      const next = property(levels.at(-1)!, name);
      if (isUnknown(next.value)) return [notKnown(next.path)];
      levels.push(next);
    }
    const inherits = unless !== undefined && property(inputs, unless).value !== undefined;
    const found = levels.at(-1)!;
    const off = alwaysOn !== true && isOff(found);
    return off ? [] : decide(found, inherits || config["acceptUnset"] === true);
  },
};

function decide(options: Located, unsetIsFine: boolean): Finding[] {
  const tokens = property(options, "httpTokens");
  // Without a preference the account or the image decides; that is not "optional" for certain.
  const fine = ["required", "no-preference"].includes(word(tokens.value));
  if (fine || (tokens.value === undefined && unsetIsFine)) {
    return [];
  }
  if (isUnknown(tokens.value)) {
    return [notKnown(tokens.path)];
  }
  return [
    {
      certainty: "violation",
      message: "The metadata service hands out the role's credentials without a token.",
      path: tokens.path,
      witness:
        tokens.value === undefined
          ? "httpTokens is not set; unless the image or the account requires a token, it is optional."
          : "httpTokens is not required: IMDSv1 answers any request that reaches it.",
      fix: `set ${tokens.path} to "required".`,
    },
  ];
}

function isOff(options: Located): boolean {
  return word(property(options, "httpEndpoint").value) === "disabled";
}

function notKnown(path: string): Finding {
  return cannotTell("the metadata service asks for a token", [path], 'nothing, if httpTokens comes to "required".');
}
