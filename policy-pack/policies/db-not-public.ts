import { entries, isUnknown, type Located, property, word } from "../values";
import { root } from "./evaluate";
import { exceptionsSchema } from "./exceptions";
import { type Finding, type Policy } from "./types";
import { cannotTell } from "./wording";

const publicAddress = [
  "aws:rds/instance:Instance",
  "aws:rds/clusterInstance:ClusterInstance",
  "aws:rds/shardGroup:ShardGroup",
  "aws:redshift/cluster:Cluster",
  "aws:redshiftserverless/workgroup:Workgroup",
  "aws:neptune/clusterInstance:ClusterInstance",
  "aws:dms/replicationInstance:ReplicationInstance",
  "aws:dms/instanceProfile:InstanceProfile",
  "aws:mq/broker:Broker",
  "aws:lightsail/database:Database",
  "aws:m2/environment:Environment",
  "aws:timestreaminfluxdb/dbInstance:DbInstance",
  "aws:timestreaminfluxdb/dbCluster:DbCluster",
  "aws-native:rds:DbInstance",
  "aws-native:rds:DbShardGroup",
  "aws-native:redshift:Cluster",
  "aws-native:redshiftserverless:Workgroup",
  "aws-native:neptune:DbInstance",
  "aws-native:dms:InstanceProfile",
  "aws-native:amazonmq:Broker",
  "aws-native:lightsail:Database",
  "aws-native:m2:Environment",
  "aws-native:timestream:InfluxDbInstance",
  "aws-native:timestream:InfluxDbCluster",
];
const snapshots = ["aws:rds/snapshot:Snapshot", "aws:rds/clusterSnapshot:ClusterSnapshot"];

/** Reports databases that have a public address, and snapshots that every account may copy. */
export const dbNotPublic: Policy = {
  id: "db-not-public",
  title: "No database with a public address",
  description:
    "Databases, warehouses and brokers must not get an address on the internet, and their snapshots must not be shared " +
    "with every AWS account.",
  level: "advisory",
  severity: "high",
  frameworks: [
    {
      name: "AWS Security Hub",
      version: "1.0.0",
      reference: "RDS.2",
      specification: "RDS DB instances should prohibit public access, as determined by the PubliclyAccessible setting.",
    },
    {
      name: "AWS Security Hub",
      version: "1.0.0",
      reference: "RDS.1",
      specification: "RDS snapshots should be private.",
    },
    {
      name: "AWS Security Hub",
      version: "1.0.0",
      reference: "Redshift.1",
      specification: "Amazon Redshift clusters should prohibit public access.",
    },
  ],
  remediationSteps:
    "Set publiclyAccessible to false and reach the database from its VPC: through a bastion in Session Manager, a VPN, or " +
    "RDS Proxy. Share snapshots with the accounts that need them.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-2",
  configSchema: { properties: { exceptions: exceptionsSchema } },
  resourceTypes: [...publicAddress, ...snapshots],
  evaluate: (resource) =>
    snapshots.includes(resource.type)
      ? ofSnapshot(property(root(resource), "sharedAccounts"))
      : ofAddress(property(root(resource), "publiclyAccessible")),
};

function ofAddress({ value, path }: Located): Finding[] {
  if (isUnknown(value)) {
    return [cannotTell("it gets a public address", [path], "nothing, if it comes to false.")];
  }
  return word(value) === "true"
    ? [
        {
          certainty: "violation",
          message: "Gets an address on the internet.",
          path,
          witness: `${path} is true, so that its name resolves to a public address; only a security group is left.`,
          fix: `set ${path} to false, and connect from within the VPC.`,
        },
      ]
    : [];
}

function ofSnapshot(accounts: Located): Finding[] {
  const shared = entries(accounts);
  const all = shared.find(({ value }) => word(value) === "all");
  if (all !== undefined) {
    return [
      {
        certainty: "violation",
        message: "Every AWS account can copy this snapshot, and with it the data.",
        path: all.path,
        witness: "`all` stands for every account there is.",
        fix: "name the accounts that need it.",
      },
    ];
  }
  const unknown = shared.find(({ value }) => isUnknown(value));
  return unknown === undefined
    ? []
    : [cannotTell("every account may copy this snapshot", [unknown.path], "nothing, if it names accounts.")];
}
