import type { Clients } from "../../sandbox/provider";
import type { Props } from "../../sandbox/provider/values";

export interface Made {
  readonly id: string;
  readonly outs: Props;
}

export interface Case {
  readonly type: string;
  /** What must be there first. */
  readonly before?: (make: (type: string, inputs: Props) => Promise<Made>, clients: Clients) => Promise<Props>;
  readonly inputs: (before: Props) => Props;
  /** Somebody changes it behind our back; these paths, and no others, are told by the next read. */
  readonly drift?: {
    readonly paths: string[];
    readonly change: (clients: Clients, made: Made, before: Props) => Promise<unknown>;
  };
  readonly update?: (inputs: Props) => Props;
  /** What AWS cannot take away: it is still there after a delete. */
  readonly stays?: true;
}

const REGION = "eu-west-1";
const document = (action: string, resource = "*") =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: action, Resource: resource }] });
const trust = (service: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });
const bucketStatement = (bucket: unknown, action: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Principal: "*", Action: [action], Resource: [`arn:aws:s3:::${String(bucket)}/*`] }],
  });
const text = (value: unknown) => String(value);
const withBucket: NonNullable<Case["before"]> = async (make) => ({
  bucket: (await make("aws:s3/bucket:Bucket", { region: REGION, bucket: "evidence" })).id,
});
const withTopic: NonNullable<Case["before"]> = async (make) => ({
  arn: (await make("aws:sns/topic:Topic", { region: REGION, name: "alerts" })).id,
});
const withRule: NonNullable<Case["before"]> = async (make, clients) => ({
  ...(await withTopic(make, clients)),
  rule: (
    await make("aws:cloudwatch/eventRule:EventRule", {
      region: REGION,
      name: "signals",
      eventPattern: '{"source":["aws.iam"]}',
    })
  ).id,
});
const withGroup: NonNullable<Case["before"]> = async (make) => ({
  group: (await make("aws:iam/group:Group", { name: "mfa" })).id,
  policyArn: (await make("aws:iam/policy:Policy", { name: "mfa", policy: document("iam:GetUser") })).id,
});
const withRole: NonNullable<Case["before"]> = async (make, clients) => ({
  ...(await withGroup(make, clients)),
  role: (await make("aws:iam/role:Role", { name: "trail", assumeRolePolicy: trust("cloudtrail.amazonaws.com") })).id,
});
const withUser: NonNullable<Case["before"]> = async (make, clients) => {
  await clients
    .iam()
    .createUser({ UserName: "mina" })
    .catch(() => undefined);
  await make("aws:iam/group:Group", { name: "others" });
  return { ...(await withGroup(make, clients)), user: "mina" };
};
const withVpc: NonNullable<Case["before"]> = async (_make, clients) => ({
  vpcId: (await clients.ec2(REGION).describeVpcs({})).Vpcs?.[0]?.VpcId,
});

export const cases: Case[] = [
  {
    type: "aws:iam/policy:Policy",
    inputs: () => ({
      name: "deny",
      path: "/baseline/",
      description: "d",
      policy: document("s3:GetObject"),
      tags: { a: "1" },
    }),
    drift: {
      paths: ["policy", "tags.b"],
      change: async (clients, { id }) => {
        await clients.iam().createPolicyVersion({ PolicyArn: id, PolicyDocument: document("*"), SetAsDefault: true });
        await clients.iam().tagPolicy({ PolicyArn: id, Tags: [{ Key: "b", Value: "2" }] });
      },
    },
    update: (inputs) => ({ ...inputs, policy: document("s3:PutObject"), tags: { c: "3" } }),
  },
  {
    type: "aws:iam/group:Group",
    inputs: () => ({ name: "people", path: "/baseline/" }),
    update: (inputs) => ({ ...inputs, path: "/other/" }),
  },
  {
    type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    before: withGroup,
    inputs: ({ group, policyArn }) => ({ group, policyArn }),
  },
  {
    type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
    before: withUser,
    inputs: ({ user, policyArn }) => ({ user, policyArn }),
  },
  {
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    before: withRole,
    inputs: ({ role, policyArn }) => ({ role, policyArn }),
  },
  {
    type: "aws:iam/userGroupMembership:UserGroupMembership",
    before: withUser,
    inputs: ({ user }) => ({ user, groups: ["mfa", "others"] }),
    drift: {
      paths: ["groups"],
      change: (clients) => clients.iam().removeUserFromGroup({ UserName: "mina", GroupName: "others" }),
    },
    update: (inputs) => ({ ...inputs, groups: ["mfa"] }),
  },
  {
    type: "aws:iam/role:Role",
    inputs: () => ({ name: "r", description: "d", assumeRolePolicy: trust("events.amazonaws.com"), tags: { a: "1" } }),
    drift: {
      paths: ["assumeRolePolicy"],
      change: (clients, { id }) =>
        clients.iam().updateAssumeRolePolicy({ RoleName: id, PolicyDocument: trust("lambda.amazonaws.com") }),
    },
    update: (inputs) => ({ ...inputs, description: "e", assumeRolePolicy: trust("sns.amazonaws.com"), tags: {} }),
  },
  {
    type: "aws:iam/rolePolicy:RolePolicy",
    before: withRole,
    inputs: ({ role }) => ({ name: "write", role, policy: document("logs:PutLogEvents") }),
    drift: {
      paths: ["policy"],
      change: (clients, _made, { role }) =>
        clients.iam().putRolePolicy({ RoleName: text(role), PolicyName: "write", PolicyDocument: document("*") }),
    },
    update: (inputs) => ({ ...inputs, policy: document("logs:CreateLogStream") }),
  },
  {
    type: "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
    inputs: () => ({
      minimumPasswordLength: 14,
      requireLowercaseCharacters: true,
      requireUppercaseCharacters: true,
      requireNumbers: true,
      requireSymbols: true,
      maxPasswordAge: 90,
      passwordReusePrevention: 24,
      allowUsersToChangePassword: true,
      hardExpiry: false,
    }),
    drift: {
      paths: ["minimumPasswordLength", "requireSymbols"],
      change: (clients) =>
        clients.iam().updateAccountPasswordPolicy({
          MinimumPasswordLength: 6,
          RequireLowercaseCharacters: true,
          RequireUppercaseCharacters: true,
          RequireNumbers: true,
          MaxPasswordAge: 90,
          PasswordReusePrevention: 24,
          AllowUsersToChangePassword: true,
        }),
    },
    update: (inputs) => ({ ...inputs, minimumPasswordLength: 20 }),
  },
  {
    type: "aws:kms/key:Key",
    inputs: () => ({
      region: REGION,
      description: "trail",
      policy: document("kms:*"),
      enableKeyRotation: true,
      rotationPeriodInDays: 180,
      deletionWindowInDays: 7,
      tags: { a: "1" },
    }),
    drift: {
      paths: ["enableKeyRotation", "rotationPeriodInDays"],
      change: (clients, { id }) => clients.kms(REGION).disableKeyRotation({ KeyId: id }),
    },
    update: (inputs) => ({ ...inputs, description: "other", policy: document("kms:Decrypt"), tags: { b: "2" } }),
  },
  {
    type: "aws:kms/alias:Alias",
    before: async (make) => ({
      one: (await make("aws:kms/key:Key", { region: REGION })).id,
      two: (await make("aws:kms/key:Key", { region: REGION })).id,
    }),
    inputs: ({ one, two }) => ({ region: REGION, name: "alias/trail", targetKeyId: one, two }),
    drift: {
      paths: ["targetKeyId"],
      change: (clients, _made, { two }) =>
        clients.kms(REGION).updateAlias({ AliasName: "alias/trail", TargetKeyId: text(two) }),
    },
    update: (inputs) => ({ ...inputs, targetKeyId: inputs["two"] }),
  },
  {
    type: "aws:s3/bucket:Bucket",
    inputs: () => ({ region: REGION, bucket: "logs", forceDestroy: true, objectLockEnabled: true, tags: { a: "1" } }),
    drift: {
      paths: ["tags.a"],
      change: async (clients, { id }) => {
        await clients.s3(REGION).putObject({ Bucket: id, Key: "x", Body: "x" });
        await clients.s3(REGION).deleteBucketTagging({ Bucket: id });
      },
    },
    update: (inputs) => ({ ...inputs, tags: { b: "2" } }),
  },
  {
    type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    before: withBucket,
    inputs: ({ bucket }) => ({ region: REGION, bucket, rule: { objectOwnership: "BucketOwnerEnforced" } }),
    drift: {
      paths: ["rule.objectOwnership"],
      change: (clients, { id }) =>
        clients.s3(REGION).putBucketOwnershipControls({
          Bucket: id,
          OwnershipControls: { Rules: [{ ObjectOwnership: "ObjectWriter" }] },
        }),
    },
    update: (inputs) => ({ ...inputs, rule: { objectOwnership: "BucketOwnerPreferred" } }),
  },
  {
    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    before: withBucket,
    inputs: ({ bucket }) => ({
      region: REGION,
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    }),
    drift: {
      paths: ["blockPublicPolicy", "restrictPublicBuckets"],
      change: (clients, { id }) =>
        clients.s3(REGION).putPublicAccessBlock({
          Bucket: id,
          PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true },
        }),
    },
    update: (inputs) => ({ ...inputs, ignorePublicAcls: false }),
  },
  {
    type: "aws:s3/bucketVersioning:BucketVersioning",
    before: withBucket,
    inputs: ({ bucket }) => ({ region: REGION, bucket, versioningConfiguration: { status: "Enabled" } }),
    drift: {
      paths: ["versioningConfiguration.status"],
      change: (clients, { id }) =>
        clients.s3(REGION).putBucketVersioning({ Bucket: id, VersioningConfiguration: { Status: "Suspended" } }),
    },
    update: (inputs) => ({ ...inputs, versioningConfiguration: { status: "Suspended" } }),
    stays: true,
  },
  {
    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    before: withBucket,
    inputs: ({ bucket }) => ({
      region: REGION,
      bucket,
      rules: [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: "aws:kms",
            kmsMasterKeyId: "arn:aws:kms:eu-west-1:1:key/x",
          },
          bucketKeyEnabled: true,
        },
      ],
    }),
    drift: {
      paths: [
        "rules[0].applyServerSideEncryptionByDefault.sseAlgorithm",
        "rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId",
        "rules[0].bucketKeyEnabled",
      ],
      change: (clients, { id }) =>
        clients.s3(REGION).putBucketEncryption({
          Bucket: id,
          ServerSideEncryptionConfiguration: {
            Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
          },
        }),
    },
    update: (inputs) => ({ ...inputs, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] }),
  },
  {
    type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    before: withBucket,
    inputs: ({ bucket }) => ({
      region: REGION,
      bucket,
      rules: [
        {
          id: "expire",
          status: "Enabled",
          expiration: { days: 400 },
          noncurrentVersionExpiration: { noncurrentDays: 30 },
        },
        {
          id: "uploads",
          status: "Enabled",
          filter: { prefix: "AWSLogs/" },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          transitions: [{ days: 90, storageClass: "GLACIER" }],
        },
        {
          id: "both",
          status: "Disabled",
          filter: { and: { prefix: "x/", tags: { k: "v" } } },
          expiration: { days: 1 },
        },
      ],
    }),
    drift: {
      paths: ["rules[0].expiration.days", "rules[1]", "rules[2]"],
      change: (clients, { id }) =>
        clients.s3(REGION).putBucketLifecycleConfiguration({
          Bucket: id,
          LifecycleConfiguration: {
            Rules: [
              {
                ID: "expire",
                Status: "Enabled",
                Filter: { Prefix: "" },
                Expiration: { Days: 1 },
                NoncurrentVersionExpiration: { NoncurrentDays: 30 },
              },
            ],
          },
        }),
    },
    update: (inputs) => ({ ...inputs, rules: [{ id: "expire", status: "Enabled", expiration: { days: 800 } }] }),
  },
  {
    type: "aws:s3/bucketLogging:BucketLogging",
    before: async (make, clients) => {
      const target = await make("aws:s3/bucket:Bucket", { region: REGION, bucket: "access-logs", forceDestroy: true });
      const delivery = {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "logging.s3.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: "arn:aws:s3:::access-logs/*",
          },
        ],
      };
      const policy = JSON.stringify(delivery);
      await make("aws:s3/bucketPolicy:BucketPolicy", { region: REGION, bucket: target.id, policy });
      return withBucket(make, clients);
    },
    inputs: ({ bucket }) => ({ region: REGION, bucket, targetBucket: "access-logs", targetPrefix: "evidence/" }),
    drift: {
      paths: ["targetPrefix"],
      change: (clients, { id }) =>
        clients.s3(REGION).putBucketLogging({
          Bucket: id,
          BucketLoggingStatus: { LoggingEnabled: { TargetBucket: "access-logs", TargetPrefix: "elsewhere/" } },
        }),
    },
    update: (inputs) => ({ ...inputs, targetPrefix: "other/" }),
  },
  {
    type: "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    before: async (make) => ({
      bucket: (await make("aws:s3/bucket:Bucket", { region: REGION, bucket: "locked", objectLockEnabled: true })).id,
    }),
    inputs: ({ bucket }) => ({ region: REGION, bucket, rule: { defaultRetention: { mode: "GOVERNANCE", days: 30 } } }),
    drift: {
      paths: ["rule.defaultRetention.days"],
      change: (clients, { id }) =>
        clients.s3(REGION).putObjectLockConfiguration({
          Bucket: id,
          ObjectLockConfiguration: {
            ObjectLockEnabled: "Enabled",
            Rule: { DefaultRetention: { Mode: "GOVERNANCE", Days: 1 } },
          },
        }),
    },
    update: (inputs) => ({ ...inputs, rule: { defaultRetention: { mode: "COMPLIANCE", years: 1 } } }),
    stays: true,
  },
  {
    type: "aws:s3/bucketPolicy:BucketPolicy",
    before: withBucket,
    inputs: ({ bucket }) => ({ region: REGION, bucket, policy: bucketStatement(bucket, "s3:PutObject") }),
    drift: {
      paths: ["policy"],
      change: (clients, { id }) =>
        clients.s3(REGION).putBucketPolicy({ Bucket: id, Policy: bucketStatement(id, "s3:GetObject") }),
    },
    update: (inputs) => ({ ...inputs, policy: bucketStatement(inputs["bucket"], "s3:DeleteObject") }),
  },
  {
    type: "aws:cloudwatch/logGroup:LogGroup",
    inputs: () => ({
      region: REGION,
      name: "/trail",
      retentionInDays: 365,
      kmsKeyId: "arn:aws:kms:x",
      tags: { a: "1" },
    }),
    drift: {
      paths: ["retentionInDays"],
      change: (clients, { id }) => clients.logs(REGION).putRetentionPolicy({ logGroupName: id, retentionInDays: 1 }),
    },
    update: (inputs) => ({ ...inputs, retentionInDays: 30, kmsKeyId: "arn:aws:kms:y", tags: { b: "2" } }),
  },
  {
    type: "aws:cloudtrail/trail:Trail",
    before: async (make, clients) => ({
      ...(await withBucket(make, clients)),
      group: (await make("aws:cloudwatch/logGroup:LogGroup", { region: REGION, name: "/trail" })).outs["arn"],
      role: (await make("aws:iam/role:Role", { name: "t", assumeRolePolicy: trust("cloudtrail.amazonaws.com") })).outs[
        "arn"
      ],
    }),
    inputs: ({ bucket, group, role }) => ({
      region: REGION,
      name: "audit",
      s3BucketName: bucket,
      s3KeyPrefix: "trail",
      includeGlobalServiceEvents: true,
      isMultiRegionTrail: true,
      enableLogFileValidation: true,
      kmsKeyId: "arn:aws:kms:eu-west-1:123456789012:key/x",
      cloudWatchLogsGroupArn: `${text(group)}:*`,
      cloudWatchLogsRoleArn: role,
      insightSelectors: [{ insightType: "ApiCallRateInsight" }, { insightType: "ApiErrorRateInsight" }],
      advancedEventSelectors: [
        { name: "management", fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] },
        {
          name: "s3",
          fieldSelectors: [
            { field: "eventCategory", equals: ["Data"] },
            { field: "resources.type", equals: ["AWS::S3::Object"] },
          ],
        },
      ],
      tags: { a: "1" },
    }),
    drift: {
      paths: ["enableLogging"],
      change: (clients, { id }) => clients.cloudtrail(REGION).stopLogging({ Name: id }),
    },
    update: (inputs) => ({
      ...inputs,
      enableLogFileValidation: false,
      s3KeyPrefix: "other",
      insightSelectors: [{ insightType: "ApiErrorRateInsight" }],
      tags: { b: "2" },
    }),
  },
  {
    type: "aws:sns/topic:Topic",
    inputs: () => ({ region: REGION, name: "alerts", displayName: "Alerts", kmsMasterKeyId: "k", tags: { a: "1" } }),
    drift: {
      paths: ["kmsMasterKeyId"],
      change: (clients, { id }) =>
        clients
          .sns(REGION)
          .setTopicAttributes({ TopicArn: id, AttributeName: "KmsMasterKeyId", AttributeValue: "other" }),
    },
    update: (inputs) => ({ ...inputs, displayName: "A", kmsMasterKeyId: "l", tags: { b: "2" } }),
  },
  {
    type: "aws:sns/topicPolicy:TopicPolicy",
    before: withTopic,
    inputs: ({ arn }) => ({ region: REGION, arn, policy: document("sns:Publish", text(arn)) }),
    drift: {
      paths: ["policy"],
      change: (clients, { id }) =>
        clients.sns(REGION).setTopicAttributes({
          TopicArn: id,
          AttributeName: "Policy",
          AttributeValue: document("sns:*", id),
        }),
    },
    update: (inputs) => ({ ...inputs, policy: document("sns:Subscribe", text(inputs["arn"])) }),
    stays: true,
  },
  {
    type: "aws:sns/topicSubscription:TopicSubscription",
    before: withTopic,
    inputs: ({ arn }) => ({ region: REGION, topic: arn, protocol: "email", endpoint: "security@example.com" }),
  },
  {
    type: "aws:guardduty/detector:Detector",
    inputs: () => ({ region: REGION, enable: true, findingPublishingFrequency: "FIFTEEN_MINUTES", tags: { a: "1" } }),
    drift: {
      paths: ["enable"],
      change: (clients, { id }) => clients.guardduty(REGION).updateDetector({ DetectorId: id, Enable: false }),
    },
    update: (inputs) => ({ ...inputs, findingPublishingFrequency: "ONE_HOUR", tags: { b: "2" } }),
  },
  {
    type: "aws:guardduty/detectorFeature:DetectorFeature",
    before: async (make) => ({ detectorId: (await make("aws:guardduty/detector:Detector", { region: REGION })).id }),
    inputs: ({ detectorId }) => ({
      region: REGION,
      detectorId,
      name: "RUNTIME_MONITORING",
      status: "ENABLED",
      additionalConfigurations: [
        { name: "EKS_ADDON_MANAGEMENT", status: "ENABLED" },
        { name: "EC2_AGENT_MANAGEMENT", status: "DISABLED" },
      ],
    }),
    drift: {
      paths: ["status"],
      change: (clients, _made, { detectorId }) =>
        clients.guardduty(REGION).updateDetector({
          DetectorId: text(detectorId),
          Features: [
            {
              Name: "RUNTIME_MONITORING",
              Status: "DISABLED",
              AdditionalConfiguration: [
                { Name: "EC2_AGENT_MANAGEMENT", Status: "DISABLED" },
                { Name: "EKS_ADDON_MANAGEMENT", Status: "ENABLED" },
              ],
            },
          ],
        }),
    },
    update: (inputs) => ({ ...inputs, status: "DISABLED" }),
    stays: true,
  },
  {
    type: "aws:cloudwatch/eventRule:EventRule",
    inputs: () => ({
      region: REGION,
      name: "findings",
      description: "d",
      eventPattern: JSON.stringify({ source: ["aws.guardduty"], detail: { severity: [{ numeric: [">=", 7] }] } }),
      state: "ENABLED",
      tags: { a: "1" },
    }),
    drift: {
      paths: ["state"],
      change: (clients, { id }) => clients.events(REGION).disableRule({ Name: id }),
    },
    update: (inputs) => ({ ...inputs, eventPattern: '{"source":["aws.health"]}', tags: { b: "2" } }),
  },
  {
    type: "aws:cloudwatch/eventTarget:EventTarget",
    before: withRule,
    inputs: ({ rule, arn }) => ({
      region: REGION,
      rule,
      targetId: "topic",
      arn,
      inputTransformer: { inputPaths: { id: "$.id" }, inputTemplate: '"finding <id>"' },
      deadLetterConfig: { arn: "arn:aws:sqs:eu-west-1:123456789012:letters" },
    }),
    drift: {
      paths: ["arn", "inputTransformer", "deadLetterConfig"],
      change: (clients, _made, { rule }) =>
        clients.events(REGION).putTargets({
          Rule: text(rule),
          Targets: [{ Id: "topic", Arn: "arn:aws:sns:eu-west-1:123456789012:elsewhere" }],
        }),
    },
    update: (inputs) => ({ ...inputs, inputTransformer: { inputPaths: {}, inputTemplate: '"finding"' } }),
  },
  {
    type: "aws:ec2/securityGroup:SecurityGroup",
    before: withVpc,
    inputs: ({ vpcId }) => ({
      region: REGION,
      name: "web",
      description: "d",
      vpcId,
      ingress: [
        { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/8", "10.1.0.0/16"], description: "in" },
        { protocol: "tcp", fromPort: 443, toPort: 443, self: true },
      ],
      egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] }],
      tags: { a: "1" },
    }),
    drift: {
      paths: ["ingress[2]"],
      change: (clients, { id }) =>
        clients.ec2(REGION).authorizeSecurityGroupIngress({
          GroupId: id,
          IpPermissions: [{ IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
        }),
    },
    update: (inputs) => ({ ...inputs, ingress: [], egress: [], tags: { b: "2" } }),
  },
  {
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    before: async (make, clients) => ({
      group: (
        await make("aws:ec2/securityGroup:SecurityGroup", {
          region: REGION,
          name: "db",
          ...(await withVpc(make, clients)),
        })
      ).id,
    }),
    inputs: ({ group }) => ({
      region: REGION,
      securityGroupId: group,
      ipProtocol: "tcp",
      fromPort: 5432,
      toPort: 5432,
      cidrIpv4: "10.0.0.0/8",
      description: "d",
      tags: { a: "1" },
    }),
    drift: {
      paths: ["tags.a"],
      change: (clients, { id }) => clients.ec2(REGION).deleteTags({ Resources: [id], Tags: [{ Key: "a" }] }),
    },
    update: (inputs) => ({ ...inputs, tags: { b: "2" } }),
  },
];
