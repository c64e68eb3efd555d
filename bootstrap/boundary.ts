import { type PolicyStatement } from "../components/foundation/policy-document";
import { denyAllPolicy, revokedTag } from "../components/leak-response/leak-machine-parts";
import { iamStatements } from "./iam-statements";
import { administratorActions, permissionTable, readActions, writeActions } from "./permissions";
import { ownBuckets } from "./permissions/model";
import { iamArn, type Place, type StatePlace } from "./place";

/**
 * Whole services are too much where one of their actions takes over what runs already, under a role of its own, or opens
 * what is not the baseline's.
 */
const byAction = ["account", "ec2", "iam", "route53", "s3", "ssm"];

/** No update of the baseline makes these calls; each would destroy evidence. */
const neverCalled = ["logs:DeleteLogStream", "s3:DeleteObjectVersion"];

/** What an update talks to, outside IAM: service by service where that is harmless. */
function services(): string[] {
  // What is named in S3 has a statement of its own below, and IAM several.
  const writes = writeActions.filter((action) => serviceOf(action) !== "iam" && !ownBucketWrites.has(action));
  const allowed = [...writes, ...readActions].flatMap((action) => {
    const service = serviceOf(action);
    return byAction.includes(service) ? shortened(action) : `${service}:*`;
  });
  const elsewhere = ["organizations:*", "sts:*"];
  return [...new Set([...allowed, "sts:GetCallerIdentity"])].filter((each) => !elsewhere.includes(each));
}

const ownBucketWrites = new Set(
  Object.values(permissionTable).flatMap(({ write, scope }) => (scope === ownBuckets ? write : [])),
);

/** A boundary holds 6,144 characters, so reads of configuration are written as a pattern. */
function shortened(action: string): string {
  const read = /^(ec2|iam):(Describe|Get|List)|^s3:GetBucket/.exec(action);
  return read ? `${read[0]}*` : action;
}

function serviceOf(action: string): string {
  return action.split(":")[0] ?? "";
}

/**
 * The outer wall of the apply role: whatever else is attached to it one day, it stays within the services of the baseline,
 * makes no identity that people or keys can use, takes no other role, and reaches neither itself nor what holds it.
 */
export function applyBoundary(place: Place): PolicyStatement[] {
  const { rolePrefix } = place;
  return [
    {
      Sid: "ServicesOfTheBaseline",
      Effect: "Allow",
      Action: services().sort(),
      Resource: "*",
    },
    ...iamStatements(place),
    { Sid: "OwnBuckets", Effect: "Allow", Action: "s3:*", Resource: ownBuckets(place) },
    { Sid: "State", Effect: "Allow", Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], Resource: "*" },
    {
      Sid: "NotItself",
      Effect: "Deny",
      NotAction: ["iam:Get*", "iam:List*"],
      Resource: [iamArn(place, `role/${rolePrefix}-*`), iamArn(place, `policy/${rolePrefix}-*`)],
    },
    {
      Sid: "NothingGoesForGood",
      Effect: "Deny",
      // And what no update calls at all.
      Action: [...administratorActions, ...neverCalled].sort(),
      Resource: "*",
    },
    {
      // Making a vault takes a grant on its key, which AWS Backup asks for; to anybody else a grant is the key itself.
      Sid: "GrantsToServices",
      Effect: "Deny",
      Action: "kms:CreateGrant",
      Resource: "*",
      // A request that leaves the key out is not for a service either.
      Condition: { BoolIfExists: { "kms:GrantIsForAWSResource": "false" } },
    },
    ...noContents(),
  ];
}

/** Reading configuration is not reading what is kept: secrets, parameters, code, environments, user data, messages. */
export function noContents(): PolicyStatement[] {
  return [
    {
      Sid: "NoContents",
      Effect: "Deny",
      Action: [
        "dynamodb:BatchGetItem",
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:Scan",
        "ec2:DescribeInstanceAttribute",
        "ec2:DescribeLaunchTemplateVersions",
        "ec2:GetPasswordData",
        "ecs:DescribeTaskDefinition",
        "lambda:GetFunction*",
        "lambda:ListFunctions",
        "logs:FilterLogEvents",
        "logs:GetLogEvents",
        "logs:StartQuery",
        "secretsmanager:BatchGetSecretValue",
        "secretsmanager:GetSecretValue",
        "sqs:ReceiveMessage",
        "ssm:GetParameter*",
      ],
      Resource: "*",
    },
  ];
}

/** Objects and ciphertexts of anybody but Pulumi's own state. */
export function stateOnly(partition: string, state: StatePlace | undefined): PolicyStatement[] {
  const objects =
    state && `arn:${partition}:s3:::${state.bucket}/${state.prefix === "" ? "" : `${state.prefix}/`}.pulumi/*`;
  const elsewhere = (Sid: string, Action: string[], kept: string | undefined): PolicyStatement =>
    kept ? { Sid, Effect: "Deny", Action, NotResource: [kept] } : { Sid, Effect: "Deny", Action, Resource: "*" };
  return [
    elsewhere("NoOtherObjects", ["s3:GetObject*"], objects),
    elsewhere("NoOtherCiphertexts", ["kms:Decrypt"], state?.keyArn || undefined),
  ];
}

/**
 * The most that a role of the baseline's may ever do, whoever gets to write its policies: what its roles do today,
 * and what AWS's own policy for backups of volumes and databases asks for, but for changing a database: that would be its
 * password, and only continuous backups need it, which the baseline's plan does not make.
 *
 * Source: AWS managed policy AWSBackupServiceRolePolicyForBackup, v30; AWSSupportAccess, v4.
 */
export function rolesBoundary({ partition, accountId }: Place): PolicyStatement[] {
  const users = `arn:${partition}:iam::${accountId}:user/*`;
  return [
    {
      Sid: "DeliverAndSupport",
      Effect: "Allow",
      Action: [
        "cloudwatch:Describe*",
        "cloudwatch:Get*",
        "cloudwatch:List*",
        "config:ListDiscoveredResources",
        "events:PutEvents",
        "logs:CreateLogStream",
        "logs:DescribeLogGroups",
        "logs:DescribeLogStreams",
        "logs:PutLogEvents",
        "ssm:GetAutomationExecution",
        "ssm:StartAutomationExecution",
        "states:StartExecution",
        "support-console:*",
        "support:*",
      ],
      Resource: "*",
    },
    {
      Sid: "RevokeCredentials",
      Effect: "Allow",
      Action: [
        "iam:DeleteAccessKey",
        "iam:DeleteLoginProfile",
        "iam:GetAccessKeyLastUsed",
        "iam:GetLoginProfile",
        "iam:GetUser",
        "iam:ListAccessKeys",
        "iam:ListAttachedUserPolicies",
        "iam:TagUser",
        "iam:UpdateAccessKey",
      ],
      Resource: users,
    },
    // What the response to a leak asks before it does anything, and the one policy that it attaches. It writes none:
    // iam:PutRolePolicy and iam:PutUserPolicy give as well as they take.
    {
      Sid: "AskSources",
      Effect: "Allow",
      Action: ["guardduty:GetFindings", "health:DescribeAffectedEntities", "health:DescribeEventDetails"],
      Resource: "*",
    },
    {
      Sid: "DenyLeaked",
      Effect: "Allow",
      Action: ["iam:AttachRolePolicy", "iam:AttachUserPolicy"],
      Resource: "*",
      Condition: { ArnEquals: { "iam:PolicyARN": denyAllPolicy(partition) } },
    },
    {
      Sid: "MarkLeaked",
      Effect: "Allow",
      Action: "iam:TagRole",
      Resource: "*",
      Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": revokedTag } },
    },
    {
      Sid: "BackUp",
      Effect: "Allow",
      Action: [
        "backup:CopyFromBackupVault",
        "backup:CopyIntoBackupVault",
        "backup:DescribeBackupVault",
        "ec2:CopySnapshot",
        "ec2:CreateSnapshot",
        "ec2:CreateTags",
        "ec2:DeleteSnapshot",
        "ec2:Describe*",
        "kms:DescribeKey",
        "rds:AddTagsToResource",
        "rds:Copy*Snapshot",
        "rds:Create*Snapshot",
        "rds:Delete*Snapshot",
        "rds:Describe*",
        "rds:ListTagsForResource",
        "tag:GetResources",
      ],
      Resource: "*",
    },
    {
      Sid: "KeysOfBackups",
      Effect: "Allow",
      Action: "kms:CreateGrant",
      Resource: "*",
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
    {
      Sid: "KeysOfVolumes",
      Effect: "Allow",
      Action: ["kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"],
      Resource: "*",
      Condition: { StringLike: { "kms:ViaService": "ec2.*.amazonaws.com" } },
    },
  ];
}
