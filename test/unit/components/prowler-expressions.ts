/**
 * The regular expressions with which prowler looks for the metric filters of CIS 5.1 to 5.15, by the alarm they are
 * about: what its `build_metric_filter_pattern` makes for each check, as data.
 *
 * From prowler, https://github.com/prowler-cloud/prowler, prowler/providers/aws/services/cloudwatch/; Copyright prowler
 * contributors, Apache License 2.0.
 */
export const prowlerExpressions: Record<string, string> = {
  // cloudwatch_log_metric_filter_unauthorized_api_calls
  "unauthorized-api-calls": String.raw`\$\.errorCode\s*=\s*.?\*UnauthorizedOperation.+\$\.errorCode\s*=\s*.?AccessDenied\*.?`,
  // cloudwatch_log_metric_filter_sign_in_without_mfa
  "console-sign-in-without-mfa": [
    String.raw`(?=.*\$\.eventName\s*=\s*.?ConsoleLogin\b)`,
    String.raw`(?=.*\$\.additionalEventData\.MFAUsed\s*!=\s*.?Yes)`,
  ].join(""),
  // cloudwatch_log_metric_filter_root_usage
  "root-use": String.raw`\$\.userIdentity\.type\s*=\s*.?Root.+\$\.userIdentity\.invokedBy NOT EXISTS.+\$\.eventType\s*!=\s*.?AwsServiceEvent.?`,
  // cloudwatch_log_metric_filter_policy_changes
  "iam-policy-changes": [
    String.raw`(?=.*\$\.eventName\s*=\s*.?DeleteGroupPolicy\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DeleteRolePolicy\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DeleteUserPolicy\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?PutGroupPolicy\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?PutRolePolicy\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?PutUserPolicy\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?CreatePolicy\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DeletePolicy\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?CreatePolicyVersion\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DeletePolicyVersion\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?AttachRolePolicy\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DetachRolePolicy\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?AttachUserPolicy\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DetachUserPolicy\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?AttachGroupPolicy\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DetachGroupPolicy\b)`,
  ].join(""),
  // cloudwatch_log_metric_filter_and_alarm_for_cloudtrail_configuration_changes_enabled
  "cloudtrail-changes": [
    String.raw`(?=.*\$\.eventName\s*=\s*.?CreateTrail\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?UpdateTrail\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DeleteTrail\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?StartLogging\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?StopLogging\b)`,
  ].join(""),
  // cloudwatch_log_metric_filter_authentication_failures
  "console-sign-in-failures": [
    String.raw`(?=.*\$\.eventName\s*=\s*.?ConsoleLogin\b)`,
    String.raw`(?=.*\$\.errorMessage\s*=\s*.?Failed\ authentication)`,
  ].join(""),
  // cloudwatch_log_metric_filter_disable_or_scheduled_deletion_of_kms_cmk
  "kms-key-disabled-or-deleted": [
    String.raw`(?=.*\$\.eventSource\s*=\s*.?kms\.amazonaws\.com)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DisableKey\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?ScheduleKeyDeletion\b)`,
  ].join(""),
  // cloudwatch_log_metric_filter_for_s3_bucket_policy_changes
  "s3-bucket-policy-changes": [
    String.raw`(?=.*\$\.eventSource\s*=\s*.?s3\.amazonaws\.com)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?PutBucketAcl\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?PutBucketPolicy\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?PutBucketCors\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?PutBucketLifecycle\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?PutBucketReplication\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DeleteBucketPolicy\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DeleteBucketCors\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DeleteBucketLifecycle\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DeleteBucketReplication\b)`,
  ].join(""),
  // cloudwatch_log_metric_filter_and_alarm_for_aws_config_configuration_changes_enabled
  "config-changes": [
    String.raw`(?=.*\$\.eventSource\s*=\s*.?config\.amazonaws\.com)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?StopConfigurationRecorder\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DeleteDeliveryChannel\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?PutDeliveryChannel\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?PutConfigurationRecorder\b)`,
  ].join(""),
  // cloudwatch_log_metric_filter_security_group_changes
  "security-group-changes": [
    String.raw`(?=.*\$\.eventName\s*=\s*.?AuthorizeSecurityGroupIngress\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?AuthorizeSecurityGroupEgress\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?RevokeSecurityGroupIngress\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?RevokeSecurityGroupEgress\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?CreateSecurityGroup\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DeleteSecurityGroup\b)`,
  ].join(""),
  // cloudwatch_changes_to_network_acls_alarm_configured
  "network-acl-changes": [
    String.raw`(?=.*\$\.eventName\s*=\s*.?CreateNetworkAcl\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?CreateNetworkAclEntry\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DeleteNetworkAcl\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DeleteNetworkAclEntry\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?ReplaceNetworkAclEntry\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?ReplaceNetworkAclAssociation\b)`,
  ].join(""),
  // cloudwatch_changes_to_network_gateways_alarm_configured
  "network-gateway-changes": [
    String.raw`(?=.*\$\.eventName\s*=\s*.?CreateCustomerGateway\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DeleteCustomerGateway\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?AttachInternetGateway\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?CreateInternetGateway\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DeleteInternetGateway\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DetachInternetGateway\b)`,
  ].join(""),
  // cloudwatch_changes_to_network_route_tables_alarm_configured
  "route-table-changes": [
    String.raw`(?=.*\$\.eventSource\s*=\s*.?ec2\.amazonaws\.com)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?CreateRoute\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?CreateRouteTable\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?ReplaceRoute\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?ReplaceRouteTableAssociation\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DeleteRouteTable\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DeleteRoute\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DisassociateRouteTable\b)`,
  ].join(""),
  // cloudwatch_changes_to_vpcs_alarm_configured
  "vpc-changes": [
    String.raw`(?=.*\$\.eventName\s*=\s*.?CreateVpc\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DeleteVpc\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?ModifyVpcAttribute\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?AcceptVpcPeeringConnection\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?CreateVpcPeeringConnection\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DeleteVpcPeeringConnection\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?RejectVpcPeeringConnection\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?AttachClassicLinkVpc\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DetachClassicLinkVpc\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DisableVpcClassicLink\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?EnableVpcClassicLink\b)`,
  ].join(""),
  // cloudwatch_log_metric_filter_aws_organizations_changes
  "organizations-changes": [
    String.raw`(?=.*\$\.eventSource\s*=\s*.?organizations\.amazonaws\.com)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?AcceptHandshake\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?AttachPolicy\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?CancelHandshake\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?CreateAccount\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?CreateOrganization\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?CreateOrganizationalUnit\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?CreatePolicy\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DeclineHandshake\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DeleteOrganization\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DeleteOrganizationalUnit\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DeletePolicy\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?EnableAllFeatures\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?EnablePolicyType\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?InviteAccountToOrganization\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?LeaveOrganization\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DetachPolicy\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?DisablePolicyType\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?MoveAccount\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?RemoveAccountFromOrganization\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?UpdateOrganizationalUnit\b)`,
    String.raw`(?=.*\$\.eventName\s*=\s*.?UpdatePolicy\b)`,
  ].join(""),
};
