import { type AwsClients } from "../../../aws/clients";
import { unlessAbsent } from "../../account/survey/account-wide";
import { type Call, listOf } from "../../../aws/attempt";
import { type Tags } from "../../account/survey/model";
import { asTags } from "../../account/survey/regional";

/** Where something is looked for, and how. */
export interface Place {
  aws: AwsClients;
  call: Call;
  accountId: string;
  partition: string;
  region: string;
}

/** Something that exists under a name the baseline would give. */
export interface Existing {
  /** As the stack's state has it. */
  id: string;
  /** What an import takes, where it is not the id. */
  importId?: string;
  /** Absent where AWS keeps no tags on things of the kind. */
  tags?: Tags;
  /** Id or ARN of the KMS key that it stands for, or that encrypts it. */
  keyId?: string;
}

/** A kind of thing, and how to look for one by the name that the program gives it. */
export interface Lookup {
  /** In words, such as `IAM role`. */
  thing: string;
  /** The input that has the name. */
  named: string;
  find(place: Place, name: string): Promise<Existing | undefined>;
}

/** The kinds of resources that cannot be made while one of the same name exists, beside those of the survey. */
export const lookups: Readonly<Record<string, Lookup>> = {
  "aws:s3/bucket:Bucket": {
    thing: "S3 bucket",
    named: "bucket",
    find: ({ aws, call, region, accountId }, name) =>
      unlessAbsent("NoSuchBucket", async () => {
        const asked = { Bucket: name, ExpectedBucketOwner: accountId };
        const untagged = await unlessAbsent("NoSuchTagSet", async () => {
          const { TagSet = [] } = await call("s3:GetBucketTagging", () => aws.s3(region).getBucketTagging(asked));
          return asTags(TagSet);
        });
        return { id: name, tags: untagged ?? {} };
      }),
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    thing: "Log group",
    named: "name",
    find: async ({ aws, call, region }, name) => {
      const groups = await listOf("logGroups", (nextToken) =>
        call("logs:DescribeLogGroups", () =>
          aws.logs(region).describeLogGroups({ logGroupNamePrefix: name, nextToken }),
        ),
      );
      const group = groups.find(({ logGroupName }) => logGroupName === name);
      if (group === undefined) {
        return undefined;
      }
      const resourceArn = (group.arn ?? "").replace(/:\*$/, "");
      const { tags = {} } = await call("logs:ListTagsForResource", () =>
        aws.logs(region).listTagsForResource({ resourceArn }),
      );
      return { id: name, tags, ...(group.kmsKeyId !== undefined && { keyId: group.kmsKeyId }) };
    },
  },
  "aws:iam/role:Role": {
    thing: "IAM role",
    named: "name",
    find: ({ aws, call, region }, name) =>
      unlessAbsent("NoSuchEntity", async () => {
        const { Role } = await call("iam:GetRole", () => aws.iam(region).getRole({ RoleName: name }));
        return { id: name, tags: asTags(Role?.Tags ?? []) };
      }),
  },
  "aws:iam/policy:Policy": {
    thing: "IAM policy",
    named: "name",
    find: ({ aws, call, region, partition, accountId }, name) =>
      unlessAbsent("NoSuchEntity", async () => {
        const id = `arn:${partition}:iam::${accountId}:policy/${name}`;
        const { Policy } = await call("iam:GetPolicy", () => aws.iam(region).getPolicy({ PolicyArn: id }));
        return { id, tags: asTags(Policy?.Tags ?? []) };
      }),
  },
  "aws:iam/group:Group": {
    thing: "IAM group",
    named: "name",
    find: ({ aws, call, region }, name) =>
      unlessAbsent("NoSuchEntity", async () => {
        await call("iam:GetGroup", () => aws.iam(region).getGroup({ GroupName: name }));
        return { id: name };
      }),
  },
  "aws:kms/alias:Alias": {
    thing: "KMS key alias",
    named: "name",
    find: ({ aws, call, region }, name) =>
      unlessAbsent("NotFound", async () => {
        const { KeyMetadata } = await call("kms:DescribeKey", () => aws.kms(region).describeKey({ KeyId: name }));
        const keyId = KeyMetadata?.KeyId ?? "";
        return { id: name, keyId, tags: (await keyTags({ aws, call, region }, keyId)) ?? {} };
      }),
  },
  "aws:sns/topic:Topic": {
    thing: "SNS topic",
    named: "name",
    find: ({ aws, call, region, partition, accountId }, name) =>
      unlessAbsent("ResourceNotFound", async () => {
        const id = `arn:${partition}:sns:${region}:${accountId}:${name}`;
        const { Tags = [] } = await call("sns:ListTagsForResource", () =>
          aws.sns(region).listTagsForResource({ ResourceArn: id }),
        );
        return { id, tags: asTags(Tags) };
      }),
  },
  "aws:sqs/queue:Queue": {
    thing: "SQS queue",
    named: "name",
    find: ({ aws, call, region }, name) =>
      unlessAbsent("QueueDoesNotExist", async () => {
        const { QueueUrl: id = "" } = await call("sqs:GetQueueUrl", () =>
          aws.sqs(region).getQueueUrl({ QueueName: name }),
        );
        const { Tags: tags = {} } = await call("sqs:ListQueueTags", () =>
          aws.sqs(region).listQueueTags({ QueueUrl: id }),
        );
        return { id, tags };
      }),
  },
  "aws:cloudwatch/eventBus:EventBus": {
    thing: "EventBridge bus",
    named: "name",
    find: ({ aws, call, region }, name) =>
      unlessAbsent("ResourceNotFoundException", async () => {
        const { Arn: ResourceARN } = await call("events:DescribeEventBus", () =>
          aws.events(region).describeEventBus({ Name: name }),
        );
        const { Tags = [] } = await call("events:ListTagsForResource", () =>
          aws.events(region).listTagsForResource({ ResourceARN }),
        );
        return { id: name, tags: asTags(Tags) };
      }),
  },
  "aws:sfn/stateMachine:StateMachine": {
    thing: "State machine",
    named: "name",
    find: ({ aws, call, region, partition, accountId }, name) =>
      unlessAbsent("StateMachineDoesNotExist", async () => {
        const id = `arn:${partition}:states:${region}:${accountId}:stateMachine:${name}`;
        await call("states:DescribeStateMachine", () => aws.sfn(region).describeStateMachine({ stateMachineArn: id }));
        const { tags = [] } = await call("states:ListTagsForResource", () =>
          aws.sfn(region).listTagsForResource({ resourceArn: id }),
        );
        return { id, tags: asTags(tags.map(({ key, value }) => ({ Key: key, Value: value }))) };
      }),
  },
  "aws:backup/vault:Vault": {
    thing: "Backup vault",
    named: "name",
    // AWS refuses to describe a vault that does not exist, as if it were forbidden.
    find: async ({ aws, call, region }, name) => {
      const vaults = await listOf("BackupVaultList", (NextToken) =>
        call("backup:ListBackupVaults", () => aws.backup(region).listBackupVaults({ NextToken })),
      );
      const vault = vaults.find(({ BackupVaultName }) => BackupVaultName === name);
      return vault && { id: name, tags: await backupTags({ aws, call, region }, vault.BackupVaultArn) };
    },
  },
  "aws:backup/plan:Plan": {
    thing: "Backup plan",
    named: "name",
    find: async ({ aws, call, region }, name) => {
      const plans = await listOf("BackupPlansList", (NextToken) =>
        call("backup:ListBackupPlans", () => aws.backup(region).listBackupPlans({ NextToken })),
      );
      const plan = plans.find(({ BackupPlanName }) => BackupPlanName === name);
      return plan && { id: plan.BackupPlanId ?? "", tags: await backupTags({ aws, call, region }, plan.BackupPlanArn) };
    },
  },
};

type Asked = Pick<Place, "aws" | "call" | "region">;

/** Tags of a key; undefined for a key that is not there. */
export function keyTags({ aws, call, region }: Asked, KeyId: string): Promise<Tags | undefined> {
  return unlessAbsent("NotFound", async () => {
    const tags = await listOf("Tags", (Marker) =>
      call("kms:ListResourceTags", () => aws.kms(region).listResourceTags({ KeyId, Marker })),
    );
    return asTags(tags.map(({ TagKey, TagValue }) => ({ Key: TagKey, Value: TagValue })));
  });
}

async function backupTags({ aws, call, region }: Asked, ResourceArn?: string): Promise<Tags> {
  const { Tags = {} } = await call("backup:ListTags", () => aws.backup(region).listTags({ ResourceArn }));
  return Tags;
}
