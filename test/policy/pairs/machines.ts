import { type Pair } from "./pair";

const pair =
  (policy: string) =>
  (type: string, bad: Pair["bad"], good: Pair["good"], ...decisive: Pair["decisive"]): Pair => ({
    ...{ policy, type, level: "advisory", bad, good, decisive },
  });

const imds = pair("imds-v2-required");
const [optional, required] = ["optional", "required"].map((httpTokens) => ({ httpEndpoint: "enabled", httpTokens }));
const direct = (type: string): Pair =>
  imds(type, { metadataOptions: optional }, { metadataOptions: required }, "metadataOptions", "httpTokens");
const image = (type: string): Pair =>
  imds(
    type,
    { instanceMetadataOptions: { httpTokens: "optional" } },
    { instanceMetadataOptions: { httpTokens: "required" } },
    ...["instanceMetadataOptions", "httpTokens"],
  );

const db = pair("db-not-public");
const address = (type: string): Pair =>
  db(type, { publiclyAccessible: true }, { publiclyAccessible: false }, "publiclyAccessible");
const shared = (type: string): Pair =>
  db(type, { sharedAccounts: ["all"] }, { sharedAccounts: ["123456789012"] }, "sharedAccounts", 0);

export const machinePairs: readonly Pair[] = [
  direct("aws:ec2/instance:Instance"),
  direct("aws:ec2/spotInstanceRequest:SpotInstanceRequest"),
  direct("aws:ec2/launchTemplate:LaunchTemplate"),
  direct("aws:ec2/launchConfiguration:LaunchConfiguration"),
  image("aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration"),
  imds("aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults", optional!, required!, "httpTokens"),
  direct("aws-native:ec2:Instance"),
  imds(
    "aws-native:ec2:LaunchTemplate",
    { launchTemplateData: { metadataOptions: optional } },
    { launchTemplateData: { metadataOptions: required } },
    ...["launchTemplateData", "metadataOptions", "httpTokens"],
  ),
  direct("aws-native:autoscaling:LaunchConfiguration"),
  image("aws-native:imagebuilder:InfrastructureConfiguration"),

  address("aws:rds/instance:Instance"),
  address("aws:rds/clusterInstance:ClusterInstance"),
  address("aws:rds/shardGroup:ShardGroup"),
  address("aws:redshift/cluster:Cluster"),
  address("aws:redshiftserverless/workgroup:Workgroup"),
  address("aws:neptune/clusterInstance:ClusterInstance"),
  address("aws:dms/replicationInstance:ReplicationInstance"),
  address("aws:dms/instanceProfile:InstanceProfile"),
  address("aws:mq/broker:Broker"),
  address("aws:lightsail/database:Database"),
  address("aws:m2/environment:Environment"),
  address("aws:timestreaminfluxdb/dbInstance:DbInstance"),
  address("aws:timestreaminfluxdb/dbCluster:DbCluster"),
  address("aws-native:rds:DbInstance"),
  address("aws-native:rds:DbShardGroup"),
  address("aws-native:redshift:Cluster"),
  address("aws-native:redshiftserverless:Workgroup"),
  address("aws-native:neptune:DbInstance"),
  address("aws-native:dms:InstanceProfile"),
  address("aws-native:amazonmq:Broker"),
  address("aws-native:lightsail:Database"),
  address("aws-native:m2:Environment"),
  address("aws-native:timestream:InfluxDbInstance"),
  address("aws-native:timestream:InfluxDbCluster"),
  shared("aws:rds/snapshot:Snapshot"),
  shared("aws:rds/clusterSnapshot:ClusterSnapshot"),
];
