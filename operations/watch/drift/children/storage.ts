import { listOf } from "../../../../aws/attempt";
import { type Asking, type Child, type ChildLook, type Known, textOf, unlessNone } from "./model";

const bucketType = "aws:s3/bucket:Bucket";
const keyType = "aws:kms/key:Key";
const logGroupType = "aws:cloudwatch/logGroup:LogGroup";
const vaultType = "aws:backup/vault:Vault";

/** A setting of a bucket of which there is one or none. */
interface BucketSetting {
  what: string;
  type: string;
  action: string;
  severity: Child["severity"];
  means: string;
  /** @returns what is set, or undefined where nothing is */
  get: (asking: Asking, Bucket: string) => Promise<unknown>;
}

const bucketSettings: BucketSetting[] = [
  {
    what: "replication of buckets",
    type: "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
    action: "s3:GetReplicationConfiguration",
    severity: "high",
    means: "what is written there is copied elsewhere",
    get: async ({ aws, region }, Bucket) => {
      const none = "ReplicationConfigurationNotFoundError";
      return (await unlessNone(aws.s3(region).getBucketReplication({ Bucket }), none))?.ReplicationConfiguration?.Rules;
    },
  },
  {
    what: "notifications of buckets",
    type: "aws:s3/bucketNotification:BucketNotification",
    action: "s3:GetBucketNotification",
    severity: "medium",
    means: "what is written there is told to somebody, or drives something",
    get: async ({ aws, region }, Bucket) => {
      const set = await aws.s3(region).getBucketNotificationConfiguration({ Bucket });
      const told = Object.entries(set).filter(
        ([name, each]) => name !== "$metadata" && (Array.isArray(each) ? each.length > 0 : each !== undefined),
      );
      return told.length > 0 ? Object.fromEntries(told) : undefined;
    },
  },
  {
    what: "lifecycles of buckets",
    type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    action: "s3:GetLifecycleConfiguration",
    severity: "high",
    means: "what is written there may be deleted early",
    get: async ({ aws, region }, Bucket) => {
      const none = "NoSuchLifecycleConfiguration";
      return (await unlessNone(aws.s3(region).getBucketLifecycleConfiguration({ Bucket }), none))?.Rules;
    },
  },
  {
    what: "policies of buckets",
    type: "aws:s3/bucketPolicy:BucketPolicy",
    action: "s3:GetBucketPolicy",
    severity: "critical",
    means: "others may read or write there",
    get: async ({ aws, region }, Bucket) =>
      (await unlessNone(aws.s3(region).getBucketPolicy({ Bucket }), "NoSuchBucketPolicy"))?.Policy,
  },
  {
    what: "websites of buckets",
    type: "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
    action: "s3:GetBucketWebsite",
    severity: "high",
    means: "it is served as a website",
    get: async ({ aws, region }, Bucket) => {
      const found = await unlessNone(aws.s3(region).getBucketWebsite({ Bucket }), "NoSuchWebsiteConfiguration");
      return found && { indexDocument: found.IndexDocument?.Suffix };
    },
  },
];

function bucketLook({ what, type, action, severity, means, get }: BucketSetting): ChildLook {
  return {
    what,
    of: bucketType,
    actions: [action],
    async find(asking, bucket) {
      const name = textOf(bucket, "bucket") ?? bucket.id;
      // What the program declares is compared property by property already.
      if (asking.program.declares(type, { bucket: name })) {
        return [];
      }
      const found = await asking.call(action, () => get(asking, name));
      return found === undefined ? [] : [{ type, name, id: name, severity, means, found: { configuration: found } }];
    },
  };
}

const accessPoints: ChildLook = {
  what: "access points of buckets",
  of: bucketType,
  actions: ["s3:ListAccessPoints"],
  async find({ aws, call, region, accountId }, bucket) {
    const name = textOf(bucket, "bucket") ?? bucket.id;
    const found = await listOf("AccessPointList", (NextToken) =>
      call("s3:ListAccessPoints", () =>
        aws.s3control(region).listAccessPoints({ AccountId: accountId, Bucket: name, NextToken }),
      ),
    );
    return found.map(({ Name = "", AccessPointArn = Name, NetworkOrigin }) => ({
      type: "aws:s3/accessPoint:AccessPoint",
      name: Name,
      id: AccessPointArn,
      severity: "high",
      means: "it has a policy of its own, beside the bucket's",
      found: { bucket: name, networkOrigin: NetworkOrigin },
    }));
  },
};

const grants: ChildLook = {
  what: "grants on keys",
  of: keyType,
  actions: ["kms:ListGrants"],
  async find({ aws, call, region, accountId }, key) {
    const KeyId = textOf(key, "keyId") ?? key.id;
    const found = await listOf("Grants", (Marker) =>
      call("kms:ListGrants", () => aws.kms(region).listGrants({ KeyId, Marker })),
    );
    return found
      .filter(({ GranteePrincipal = "" }) => !isService(GranteePrincipal, accountId))
      .map(({ GrantId = "", GranteePrincipal, Operations }) => ({
        type: "aws:kms/grant:Grant",
        name: GrantId.slice(0, 12),
        id: `${KeyId} ${GrantId}`,
        severity: "high",
        means: "somebody may use the key whatever its policy says",
        found: { granteePrincipal: GranteePrincipal, operations: Operations },
        knownAs: [GrantId],
      }));
  },
};

// AWS services that work with a key for the account give themselves grants.
function isService(principal: string, accountId: string): boolean {
  return /\.amazonaws\.com(\.cn)?$/.test(principal) || principal.includes(`:iam::${accountId}:role/aws-service-role/`);
}

const logSubscriptions: ChildLook = {
  what: "subscription filters of log groups",
  of: logGroupType,
  actions: ["logs:DescribeSubscriptionFilters"],
  async find({ aws, call, region }, group) {
    const logGroupName = nameOf(group);
    const found = await listOf("subscriptionFilters", (nextToken) =>
      call("logs:DescribeSubscriptionFilters", () =>
        aws.logs(region).describeSubscriptionFilters({ logGroupName, nextToken }),
      ),
    );
    return found.map(({ filterName = "", destinationArn, filterPattern }) => ({
      type: "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
      name: `${logGroupName} ${filterName}`,
      id: `${logGroupName} ${filterName}`,
      severity: "medium",
      means: "what is recorded is sent elsewhere as well",
      found: { destinationArn, filterPattern },
      knownAs: [logGroupName, filterName],
    }));
  },
};

const logTransformers: ChildLook = {
  what: "transformers of log groups",
  of: logGroupType,
  actions: ["logs:GetTransformer"],
  async find({ aws, call, region }, group) {
    const logGroupIdentifier = nameOf(group);
    const answer = await unlessNone(
      call("logs:GetTransformer", () => aws.logs(region).getTransformer({ logGroupIdentifier })),
      "ResourceNotFoundException",
    );
    const config = answer?.transformerConfig ?? [];
    return config.length === 0
      ? []
      : [
          {
            type: "aws:cloudwatch/logTransformer:LogTransformer",
            name: logGroupIdentifier,
            id: logGroupIdentifier,
            severity: "high",
            means: "alarms on the trail may see something else than what happened",
            found: { transformerConfig: config },
          },
        ];
  },
};

/** Policies on all log groups of a region. Field indexes change nothing that an alarm sees. */
const accountPolicyTypes = ["DATA_PROTECTION_POLICY", "SUBSCRIPTION_FILTER_POLICY", "TRANSFORMER_POLICY"] as const;

const logAccountPolicies: ChildLook = {
  what: "account policies on log groups",
  of: logGroupType,
  once: "per region",
  actions: ["logs:DescribeAccountPolicies"],
  async find({ aws, call, region }) {
    const found = await Promise.all(
      accountPolicyTypes.map((policyType) =>
        listOf("accountPolicies", (nextToken) =>
          call("logs:DescribeAccountPolicies", () =>
            aws.logs(region).describeAccountPolicies({ policyType, nextToken }),
          ),
        ),
      ),
    );
    return found.flat().map(({ policyName = "", policyType = "", policyDocument, selectionCriteria }) => ({
      type: "aws:cloudwatch/logAccountPolicy:LogAccountPolicy",
      name: policyName,
      id: `${region} ${policyType} ${policyName}`,
      severity: "medium",
      means: "what is recorded may be masked, changed or sent elsewhere",
      found: { policyType, policyDocument, ...(selectionCriteria && { selectionCriteria }) },
    }));
  },
};

const vaultPolicies: ChildLook = {
  what: "policies of backup vaults",
  of: vaultType,
  actions: ["backup:GetBackupVaultAccessPolicy"],
  async find({ aws, call, region }, vault) {
    const BackupVaultName = textOf(vault, "name") ?? vault.id;
    const answer = await unlessNone(
      call("backup:GetBackupVaultAccessPolicy", () =>
        aws.backup(region).getBackupVaultAccessPolicy({ BackupVaultName }),
      ),
      "ResourceNotFoundException",
    );
    return answer?.Policy === undefined
      ? []
      : [
          {
            type: "aws:backup/vaultPolicy:VaultPolicy",
            name: BackupVaultName,
            id: BackupVaultName,
            severity: "high",
            means: "others may copy or delete backups",
            found: { policy: answer.Policy },
          },
        ];
  },
};

function nameOf(group: Known): string {
  return textOf(group, "name") ?? group.id;
}

/** Settings of buckets, grants on keys, what log groups send on, and policies of vaults. */
export const storageLooks: readonly ChildLook[] = [
  ...bucketSettings.map(bucketLook),
  accessPoints,
  grants,
  logSubscriptions,
  logTransformers,
  logAccountPolicies,
  vaultPolicies,
];
