import { type TrailAlarmId } from "./trail-alarm-ids";

/** What `denied-api-calls` leaves out. */
export interface DeniedCallsExceptions {
  /** API events, such as `HeadBucket`. */
  ignoredEvents: string[];
  /** Source addresses, of AWS services too. */
  ignoredSources: string[];
}

/** Source: CloudWatch Logs API reference, PutMetricFilter, `filterPattern`. */
export const maximumPatternLength = 1024;

/** The API events each alarm counts, in the order the benchmarks list them. */
const events = {
  iam: [
    ...["DeleteGroupPolicy", "DeleteRolePolicy", "DeleteUserPolicy", "PutGroupPolicy", "PutRolePolicy"],
    ...["PutUserPolicy", "CreatePolicy", "DeletePolicy", "CreatePolicyVersion", "DeletePolicyVersion"],
    ...["AttachRolePolicy", "DetachRolePolicy", "AttachUserPolicy", "DetachUserPolicy", "AttachGroupPolicy"],
    "DetachGroupPolicy",
  ],
  cloudtrail: ["CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging"],
  kms: ["DisableKey", "ScheduleKeyDeletion"],
  s3: [
    ...["PutBucketAcl", "PutBucketPolicy", "PutBucketCors", "PutBucketLifecycle", "PutBucketReplication"],
    ...["DeleteBucketPolicy", "DeleteBucketCors", "DeleteBucketLifecycle", "DeleteBucketReplication"],
  ],
  config: ["StopConfigurationRecorder", "DeleteDeliveryChannel", "PutDeliveryChannel", "PutConfigurationRecorder"],
  securityGroup: [
    ...["AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress", "RevokeSecurityGroupIngress"],
    ...["RevokeSecurityGroupEgress", "CreateSecurityGroup", "DeleteSecurityGroup"],
  ],
  networkAcl: [
    ...["CreateNetworkAcl", "CreateNetworkAclEntry", "DeleteNetworkAcl", "DeleteNetworkAclEntry"],
    ...["ReplaceNetworkAclEntry", "ReplaceNetworkAclAssociation"],
  ],
  gateway: [
    ...["CreateCustomerGateway", "DeleteCustomerGateway", "AttachInternetGateway", "CreateInternetGateway"],
    ...["DeleteInternetGateway", "DetachInternetGateway"],
  ],
  routeTable: [
    ...["CreateRoute", "CreateRouteTable", "ReplaceRoute", "ReplaceRouteTableAssociation", "DeleteRouteTable"],
    ...["DeleteRoute", "DisassociateRouteTable"],
  ],
  vpc: [
    ...["CreateVpc", "DeleteVpc", "ModifyVpcAttribute", "AcceptVpcPeeringConnection", "CreateVpcPeeringConnection"],
    ...["DeleteVpcPeeringConnection", "RejectVpcPeeringConnection", "AttachClassicLinkVpc", "DetachClassicLinkVpc"],
    ...["DisableVpcClassicLink", "EnableVpcClassicLink"],
  ],
  organizations: [
    ...["AcceptHandshake", "AttachPolicy", "CancelHandshake", "CreateAccount", "CreateOrganization"],
    ...["CreateOrganizationalUnit", "CreatePolicy", "DeclineHandshake", "DeleteOrganization"],
    ...["DeleteOrganizationalUnit", "DeletePolicy", "EnableAllFeatures", "EnablePolicyType"],
    ...["InviteAccountToOrganization", "LeaveOrganization", "DetachPolicy", "DisablePolicyType", "MoveAccount"],
    ...["RemoveAccountFromOrganization", "UpdateOrganizationalUnit", "UpdatePolicy"],
  ],
};

/**
 * The metric filter pattern of each alarm. Fifteen of them stand word for word as Security Hub prescribes them
 * (CloudWatch.1 to .14 fail when a term is added or taken away) and as prowler's checks look for them; a test holds
 * prowler's expressions against them. What people want to tune is in `denied-api-calls`.
 *
 * Source: Security Hub User Guide, "Security Hub controls for CloudWatch"; CIS AWS Foundations 7.0, 5.1 to 5.15.
 */
export function trailAlarmPatterns(exceptions: DeniedCallsExceptions): Record<TrailAlarmId, string> {
  return {
    "unauthorized-api-calls": `{${denied}}`,
    "console-sign-in-without-mfa":
      '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ' +
      '($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }',
    "root-use":
      '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}',
    "iam-policy-changes": `{${of("iam", events.iam)}}`,
    "cloudtrail-changes": `{${anyOf(events.cloudtrail)}}`,
    "console-sign-in-failures": '{($.eventName=ConsoleLogin) && ($.errorMessage="Failed authentication")}',
    "kms-key-disabled-or-deleted": `{${of("kms", events.kms)}}`,
    "s3-bucket-policy-changes": `{${of("s3", events.s3)}}`,
    "config-changes": `{${of("config", events.config)}}`,
    "security-group-changes": `{${anyOf(events.securityGroup)}}`,
    "network-acl-changes": `{${anyOf(events.networkAcl)}}`,
    "network-gateway-changes": `{${anyOf(events.gateway)}}`,
    // CreateRoute is a call of App Mesh and API Gateway, too.
    "route-table-changes": `{${of("ec2", events.routeTable)}}`,
    "vpc-changes": `{${anyOf(events.vpc)}}`,
    "organizations-changes": `{${of("organizations", events.organizations)}}`,
    "denied-api-calls": deniedCallsPattern(exceptions),
  };
}

const denied = '($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")';

function deniedCallsPattern({ ignoredEvents, ignoredSources }: DeniedCallsExceptions): string {
  const exceptions = [
    // Where S3 data events are on, each visitor of a website who is refused a page is a denied call.
    // Callers without an account at all, such as web identities, stay counted.
    '(($.userIdentity.accountId NOT EXISTS) || ($.userIdentity.accountId != "anonymous"))',
    ...ignoredEvents.map((event) => `($.eventName != "${event}")`),
    ...ignoredSources.map((source) => `($.sourceIPAddress != "${source}")`),
  ];
  return `{${[`(${denied})`, ...exceptions].join(" && ")}}`;
}

function anyOf(names: string[]): string {
  return names.map((name) => `($.eventName=${name})`).join(" || ");
}

function of(service: string, names: string[]): string {
  return `($.eventSource=${service}.amazonaws.com) && (${anyOf(names)})`;
}
