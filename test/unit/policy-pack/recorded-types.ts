/**
 * Types whose package is not installed here, with the inputs the policies read. Written down from the registry's
 * documentation of each type (https://www.pulumi.com/registry/packages/<package>/api-docs/<module>/<resource>/), the IAM
 * and SSO ones of aws-native against v1.50.0.
 */
export const recordedTypes: Readonly<Record<string, readonly string[]>> = {
  "aws-native:iam:ManagedPolicy": ["policyDocument", "managedPolicyName"],
  "aws-native:iam:RolePolicy": ["policyDocument"],
  "aws-native:iam:UserPolicy": ["policyDocument"],
  "aws-native:iam:GroupPolicy": ["policyDocument"],
  "aws-native:iam:Role": ["policies", "permissionsBoundary", "managedPolicyArns", "assumeRolePolicyDocument"],
  "aws-native:iam:User": ["policies", "permissionsBoundary", "managedPolicyArns", "loginProfile"],
  "aws-native:iam:Group": ["policies", "managedPolicyArns"],
  "aws-native:sso:PermissionSet": ["inlinePolicy", "permissionsBoundary", "managedPolicies"],

  // Those below against the declarations of @pulumi/aws-native 1.79.0.
  "aws-native:ec2:SecurityGroup": ["securityGroupIngress"],
  "aws-native:ec2:SecurityGroupIngress": [
    ...["ipProtocol", "fromPort", "toPort", "cidrIp", "cidrIpv6", "sourcePrefixListId", "groupId"],
  ],
  // Gone from aws-native since 0.60; what CloudFormation's AWS::EC2::NetworkAclEntry reads as.
  "aws-native:ec2:NetworkAclEntry": [
    ...["cidrBlock", "ipv6CidrBlock", "egress", "portRange", "protocol", "ruleAction", "ruleNumber"],
  ],
  "aws-native:ec2:PrefixList": ["entries"],
  "aws-native:cloudtrail:Trail": ["isLogging", "trailName", "isMultiRegionTrail", "enableLogFileValidation"],
  "aws-native:guardduty:Detector": ["enable"],
  "aws-native:guardduty:Filter": ["action"],
  "aws-native:configuration:ConfigurationRecorder": ["recordingGroup"],
  "aws-native:cloudwatch:Alarm": ["alarmName", "alarmActions", "actionsEnabled"],
  "aws-native:events:Rule": ["name", "state"],
  "aws-native:ec2:SnapshotBlockPublicAccess": ["state"],
  "aws-native:lightsail:Instance": ["networking"],
  "aws-native:eks:Nodegroup": ["amiType", "remoteAccess"],
  "aws-native:eks:Cluster": ["resourcesVpcConfig"],
  "aws-native:gamelift:Fleet": ["ec2InboundPermissions"],
  "aws-native:gamelift:ContainerFleet": ["instanceInboundPermissions"],
  "aws-native:s3:Bucket": ["accessControl", "publicAccessBlockConfiguration", "websiteConfiguration"],
  "aws-native:s3:BucketPolicy": ["policyDocument"],
  "aws-native:s3:AccessPoint": ["policy", "publicAccessBlockConfiguration"],
  "aws-native:ec2:Instance": ["metadataOptions", "launchTemplate"],
  "aws-native:ec2:LaunchTemplate": ["launchTemplateData"],
  "aws-native:autoscaling:LaunchConfiguration": ["metadataOptions"],
  "aws-native:imagebuilder:InfrastructureConfiguration": ["instanceMetadataOptions"],
  "aws-native:rds:DbInstance": ["publiclyAccessible"],
  "aws-native:rds:DbShardGroup": ["publiclyAccessible"],
  "aws-native:redshift:Cluster": ["publiclyAccessible"],
  "aws-native:redshiftserverless:Workgroup": ["publiclyAccessible"],
  "aws-native:neptune:DbInstance": ["publiclyAccessible"],
  "aws-native:dms:InstanceProfile": ["publiclyAccessible"],
  "aws-native:amazonmq:Broker": ["publiclyAccessible"],
  "aws-native:lightsail:Database": ["publiclyAccessible"],
  "aws-native:m2:Environment": ["publiclyAccessible"],
  "aws-native:timestream:InfluxDbInstance": ["publiclyAccessible"],
  "aws-native:timestream:InfluxDbCluster": ["publiclyAccessible"],
  "aws-native:index:ExtensionResource": ["type", "properties"],
  "aws-native:cloudformation:Stack": ["templateBody", "templateUrl"],
  "aws-native:cloudformation:StackSet": ["templateBody", "templateUrl"],
  "aws-native:cloudformation:CustomResourceEmulator": ["serviceToken"],
  "aws-native:servicecatalog:CloudFormationProvisionedProduct": ["productName", "productId"],

  // sdk/nodejs/dynamic and sdk/python/lib/pulumi/dynamic of pulumi/pulumi; @pulumi/command 1.
  "pulumi-nodejs:dynamic:Resource": ["__provider"],
  "pulumi-python:dynamic:Resource": ["__provider"],
  "command:local:Command": ["create", "update", "delete"],
  "command:remote:Command": ["create", "update", "delete"],
};
