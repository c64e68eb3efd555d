import { type Severity } from "../../operations/output/severity";
import { type Scene } from "./drift-case";

/** What somebody adds to the program's resources, or sets where the program says nothing: a refresh alone sees none of it. */
export interface QuietCase {
  says: string;
  tamper: (scene: Scene) => Promise<unknown>;
  control: string;
  type: string;
  region?: (scene: Scene) => string;
  change: "changed" | "unmanaged";
  severity: Severity;
  /** Of the thing that was added, or of the resource that was changed. */
  name: RegExp;
  /** The property that tells, and what was expected and found there. */
  shows: [path: string, expected: RegExp, found: RegExp];
}

const nothing = /^nothing$/;
const home = ({ home: region }: Scene) => region;
const deny = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] });
const topic = ({ accountId, home: region }: Scene) => `arn:aws:sns:${region}:${accountId}:baseline-alerts`;

export const quietCases: QuietCase[] = [
  {
    says: "a filter policy drops every mail",
    async tamper(scene) {
      const sns = scene.aws.sns(scene.home);
      const { Subscriptions: [own] = [] } = await sns.listSubscriptionsByTopic({ TopicArn: topic(scene) });
      const AttributeValue = JSON.stringify({ x: ["y"] });
      await sns.setSubscriptionAttributes({
        SubscriptionArn: own?.SubscriptionArn,
        AttributeName: "FilterPolicy",
        AttributeValue,
      });
    },
    control: "AlertChannel",
    type: "TopicSubscription",
    region: home,
    change: "changed",
    severity: "high",
    name: /security/,
    shows: ["filterPolicy", nothing, /\{\\"x\\":\[\\"y\\"\]\}/],
  },
  {
    says: "a stranger subscribes",
    tamper: (scene) =>
      scene.aws
        .sns(scene.home)
        .subscribe({ TopicArn: topic(scene), Protocol: "https", Endpoint: "https://elsewhere.example/hook" }),
    control: "AlertChannel",
    type: "TopicSubscription",
    region: home,
    change: "unmanaged",
    severity: "high",
    name: /^https https:\/\/elsewhere\.example\/hook$/,
    shows: ["endpoint", nothing, /elsewhere\.example/],
  },
  {
    says: "a rule gets one more target",
    tamper: ({ aws, accountId, home: region }) =>
      aws.events(region).putTargets({
        Rule: "baseline-iam-change",
        Targets: [{ Id: "copy", Arn: `arn:aws:sqs:${region}:${accountId}:elsewhere` }],
      }),
    control: "IamAlerts",
    type: "EventTarget",
    region: home,
    change: "unmanaged",
    severity: "high",
    name: /^baseline-iam-change copy$/,
    shows: ["arn", nothing, /:elsewhere/],
  },
  {
    says: "the relay gets a boundary that denies everything",
    tamper: ({ aws }) =>
      aws.iam().putRolePermissionsBoundary({
        RoleName: "baseline-alert-relay",
        PermissionsBoundary: "arn:aws:iam::aws:policy/AWSDenyAll",
      }),
    control: "AlertChannel",
    type: "Role",
    change: "changed",
    severity: "high",
    name: /relay/,
    shows: ["permissionsBoundary", nothing, /AWSDenyAll/],
  },
  {
    says: "a policy is attached to the relay",
    tamper: ({ aws }) =>
      aws.iam().attachRolePolicy({
        RoleName: "baseline-alert-relay",
        PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
      }),
    control: "AlertChannel",
    type: "RolePolicyAttachment",
    change: "unmanaged",
    severity: "high",
    name: /^baseline-alert-relay AdministratorAccess$/,
    shows: ["policyArn", nothing, /AdministratorAccess/],
  },
  {
    says: "an inline policy takes the trail's role its rights",
    tamper: ({ aws }) =>
      aws.iam().putRolePolicy({ RoleName: "baseline-trail-to-log-group", PolicyName: "quiet", PolicyDocument: deny }),
    control: "AuditTrail",
    type: "RolePolicy",
    change: "unmanaged",
    severity: "high",
    name: /^baseline-trail-to-log-group quiet$/,
    shows: ["name", nothing, /quiet/],
  },
  {
    says: "an inline policy gives everybody in the MFA group all rights",
    tamper: ({ aws }) =>
      aws.iam().putGroupPolicy({
        GroupName: "baseline-mfa-required",
        PolicyName: "everything",
        PolicyDocument: deny.replace("Deny", "Allow"),
      }),
    control: "MfaEnforcement",
    type: "GroupPolicy",
    change: "unmanaged",
    severity: "high",
    name: /^baseline-mfa-required everything$/,
    shows: ["name", nothing, /everything/],
  },
  {
    says: "another account may put events on the bus for leaked keys",
    tamper: ({ aws, home: region }) =>
      aws.events(region).putPermission({
        EventBusName: "baseline-leaked-keys",
        Action: "events:PutEvents",
        Principal: "999999999999",
        StatementId: "stranger",
      }),
    control: "LeakResponse",
    type: "EventBusPolicy",
    region: home,
    change: "changed",
    severity: "high",
    name: /^baseline-leak-response-bus-policy$/,
    shows: ["policy: Statement[2]", nothing, /999999999999/],
  },
  {
    says: "another account may put events on the default bus",
    tamper: ({ aws, home: region }) =>
      aws.events(region).putPermission({
        Action: "events:PutEvents",
        Principal: "999999999999",
        StatementId: "visitor",
      }),
    control: "AlertChannel",
    type: "EventPermission",
    region: home,
    change: "unmanaged",
    severity: "medium",
    name: /^default visitor$/,
    shows: ["statement", nothing, /999999999999/],
  },
  {
    says: "a rule of somebody's listens on the bus for leaked keys",
    tamper: ({ aws, home: region }) =>
      aws.events(region).putRule({
        Name: "listener",
        EventBusName: "baseline-leaked-keys",
        EventPattern: JSON.stringify({ source: [{ prefix: "" }] }),
      }),
    control: "LeakResponse",
    type: "EventRule",
    region: home,
    change: "unmanaged",
    severity: "medium",
    name: /^baseline-leaked-keys listener$/,
    shows: ["state", nothing, /ENABLED/],
  },
  {
    says: "what is recorded is copied to another bucket",
    async tamper({ aws, accountId, home: region }) {
      const s3 = aws.s3("us-east-1");
      await s3.createBucket({ Bucket: "elsewhere-copies" });
      await s3.putBucketVersioning({ Bucket: "elsewhere-copies", VersioningConfiguration: { Status: "Enabled" } });
      await aws.s3(region).putBucketReplication({
        Bucket: `baseline-trail-${accountId}-${region}`,
        ReplicationConfiguration: {
          Role: `arn:aws:iam::${accountId}:role/baseline-alert-relay`,
          Rules: [
            { ID: "copy", Status: "Enabled", Prefix: "", Destination: { Bucket: "arn:aws:s3:::elsewhere-copies" } },
          ],
        },
      });
    },
    control: "AuditTrail",
    type: "BucketReplicationConfig",
    region: home,
    change: "unmanaged",
    severity: "high",
    name: /^baseline-trail-/,
    shows: ["configuration", nothing, /elsewhere-copies/],
  },
  {
    says: "the trail's bucket gets a door of its own",
    tamper: ({ aws, accountId, home: region }) =>
      aws.s3control(region).createAccessPoint({
        AccountId: accountId,
        Name: "side-door",
        Bucket: `baseline-trail-${accountId}-${region}`,
      }),
    control: "AuditTrail",
    type: "AccessPoint",
    region: home,
    change: "unmanaged",
    severity: "high",
    name: /^side-door$/,
    shows: ["bucket", nothing, /baseline-trail/],
  },
  {
    says: "somebody else may decrypt with the trail's key",
    tamper: ({ aws, accountId, home: region }) =>
      aws.kms(region).createGrant({
        KeyId: "alias/baseline-trail",
        GranteePrincipal: `arn:aws:iam::${accountId}:root`,
        Operations: ["Decrypt"],
      }),
    control: "AuditTrail",
    type: "Grant",
    region: home,
    change: "unmanaged",
    severity: "high",
    name: /./,
    shows: ["operations", nothing, /Decrypt/],
  },
  {
    says: "the key is taken from the trail's log group",
    tamper: ({ aws, home: region }) => aws.logs(region).disassociateKmsKey({ logGroupName: "/baseline/cloudtrail" }),
    control: "AuditTrail",
    type: "LogGroup",
    region: home,
    change: "changed",
    severity: "high",
    name: /log-group/,
    shows: ["kmsKeyId", /:key\//, nothing],
  },
  {
    says: "AWS Config forgets after a month",
    tamper: ({ aws, home: region }) => aws.config(region).putRetentionConfiguration({ RetentionPeriodInDays: 30 }),
    control: "ConfigRecording",
    type: "RetentionConfiguration",
    region: home,
    change: "unmanaged",
    severity: "medium",
    name: /^default$/,
    shows: ["retentionPeriodInDays", nothing, /^30$/],
  },
  {
    says: "another account reads what AWS Config records",
    tamper: ({ aws, home: region }) =>
      aws
        .config(region)
        .putAggregationAuthorization({ AuthorizedAccountId: "999999999999", AuthorizedAwsRegion: "us-west-2" }),
    control: "ConfigRecording",
    type: "AggregateAuthorization",
    region: home,
    change: "unmanaged",
    severity: "medium",
    name: /^999999999999 us-west-2$/,
    shows: ["authorizedAccountId", nothing, /999999999999/],
  },
];
