import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type PolicyStatement } from "../foundation/policy-document";

/** AWS's own runbook: deactivates unused access keys and deletes unused console passwords of an IAM user. */
const runbook = "AWSConfigRemediation-RevokeUnusedIAMUserCredentials";

export interface CredentialRevocationArgs {
  /** Region of the rule. */
  region: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
  /** Twelve digits. */
  accountId: string;
  /** The role's name starts with it. */
  namePrefix: string;
  /** Name of the Config rule on unused credentials. */
  ruleName: pulumi.Input<string>;
  /** Days without use; must be those of the rule, or the runbook finds nothing to revoke. */
  unusedCredentialDays: number;
  tags: pulumi.Input<Record<string, string>>;
}

/**
 * Acts on each user the rule names, at once and by itself.
 *
 * Source: Systems Manager Automation runbook reference, AWSConfigRemediation-RevokeUnusedIAMUserCredentials.
 */
export class CredentialRevocation extends pulumi.ComponentResource {
  constructor(name: string, args: CredentialRevocationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:index:CredentialRevocation", name, args, opts);
    const { partition, accountId, region } = args;
    const role = new aws.iam.Role(
      `${name}-role`,
      {
        name: `${args.namePrefix}-revoke-unused-credentials`,
        description: "Lets AWS Config revoke credentials of IAM users that nobody uses",
        assumeRolePolicy: policyDocument(revocationTrust(partition, accountId)),
        tags: args.tags,
      },
      { parent: this },
    );
    const policy = new aws.iam.RolePolicy(
      `${name}-role-policy`,
      {
        name: "revoke-unused-credentials",
        role: role.name,
        policy: policyDocument(revocationStatements(partition, accountId, region)),
      },
      { parent: this },
    );
    new aws.cfg.RemediationConfiguration(
      `${name}-remediation`,
      {
        region,
        configRuleName: args.ruleName,
        resourceType: "AWS::IAM::User",
        targetType: "SSM_DOCUMENT",
        targetId: runbook,
        parameters: [
          { name: "AutomationAssumeRole", staticValue: role.arn },
          { name: "IAMResourceId", resourceValue: "RESOURCE_ID" },
          { name: "MaxCredentialUsageAge", staticValue: String(args.unusedCredentialDays) },
        ],
        automatic: true,
        maximumAutomaticAttempts: 3,
        retryAttemptSeconds: 300,
        // As slowly as AWS lets, so that a mistake in the settings can still be stopped.
        executionControls: { ssmControls: { concurrentExecutionRatePercentage: 1, errorPercentage: 20 } },
      },
      { parent: this, dependsOn: policy },
    );
    this.registerOutputs({});
  }
}

/** Automation runs of this account only. Source: Systems Manager User Guide, service role for Automation. */
export function revocationTrust(partition: string, accountId: string): PolicyStatement[] {
  const trust: PolicyStatement = {
    Sid: "AutomationsOfThisAccount",
    Effect: "Allow",
    Principal: { Service: "ssm.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: {
      StringEquals: { "aws:SourceAccount": accountId },
      ArnLike: { "aws:SourceArn": `arn:${partition}:ssm:*:${accountId}:automation-execution/*` },
    },
  };
  return [trust];
}

/** What the runbook's page says it needs, on this account's users and on this one runbook. */
export function revocationStatements(partition: string, accountId: string, region: string): PolicyStatement[] {
  const ssm = `arn:${partition}:ssm:${region}`;
  return [
    {
      Sid: "FindTheUser",
      Effect: "Allow",
      // Knows no resources. The rule hands over the user's id, and the runbook wants the name.
      Action: "config:ListDiscoveredResources",
      Resource: "*",
    },
    {
      Sid: "RevokeTheirCredentials",
      Effect: "Allow",
      Action: [
        "iam:DeleteAccessKey",
        "iam:DeleteLoginProfile",
        "iam:GetAccessKeyLastUsed",
        "iam:GetLoginProfile",
        "iam:GetUser",
        "iam:ListAccessKeys",
        "iam:UpdateAccessKey",
      ],
      Resource: `arn:${partition}:iam::${accountId}:user/*`,
    },
    {
      Sid: "RunTheRunbook",
      Effect: "Allow",
      Action: ["ssm:StartAutomationExecution", "ssm:GetAutomationExecution"],
      Resource: [
        // A runbook of AWS belongs to no account.
        `${ssm}:*:automation-definition/${runbook}:*`,
        `${ssm}:*:document/${runbook}`,
        `${ssm}:${accountId}:automation-execution/*`,
      ],
    },
  ];
}
