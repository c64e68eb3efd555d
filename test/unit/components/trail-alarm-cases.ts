import { type TrailAlarmId } from "../../../components/trail-alarms/trail-alarm-ids";
import { apiCall, callers, type CloudTrailRecord, consoleLogin, refused } from "../../support/cloudtrail-records";

/** One record and every alarm that counts it, no other. */
export interface AlarmCase {
  title: string;
  record: CloudTrailRecord;
  raises: TrailAlarmId[];
}

/** Services in whose name the alarms' events are recorded. */
export const services: Partial<Record<TrailAlarmId, string>> = {
  "iam-policy-changes": "iam",
  "cloudtrail-changes": "cloudtrail",
  "kms-key-disabled-or-deleted": "kms",
  "s3-bucket-policy-changes": "s3",
  "config-changes": "config",
  "security-group-changes": "ec2",
  "network-acl-changes": "ec2",
  "network-gateway-changes": "ec2",
  "route-table-changes": "ec2",
  "vpc-changes": "ec2",
  "organizations-changes": "organizations",
};

const bothDenied: TrailAlarmId[] = ["unauthorized-api-calls", "denied-api-calls"];
const sso = callers.role("AWSReservedSSO_AdministratorAccess_0123456789abcdef");

export const alarmCases: AlarmCase[] = [
  // Who is refused.
  { title: "AccessDenied", record: refused("s3", "GetBucketPolicy", "AccessDenied"), raises: bothDenied },
  { title: "AccessDeniedException", record: refused("kms", "Decrypt", "AccessDeniedException"), raises: bothDenied },
  {
    title: "EC2's Client.UnauthorizedOperation",
    record: refused("ec2", "RunInstances", "Client.UnauthorizedOperation"),
    raises: bothDenied,
  },
  {
    title: "another service's UnauthorizedOperation",
    record: refused("cloudformation", "CreateStack", "UnauthorizedOperation"),
    raises: bothDenied,
  },
  {
    title: "a refused change is refused and a change",
    record: refused("iam", "PutUserPolicy", "AccessDenied"),
    raises: [...bothDenied, "iam-policy-changes"],
  },
  {
    title: "refused calls of a role",
    record: refused("iam", "ListUsers", "AccessDenied", { userIdentity: callers.role("app") }),
    raises: bothDenied,
  },
  {
    title: "HeadBucket, which the tunable twin ignores",
    record: refused("s3", "HeadBucket", "AccessDenied"),
    raises: ["unauthorized-api-calls"],
  },
  {
    title: "log delivery, which the tunable twin ignores",
    record: refused("s3", "PutObject", "AccessDenied", {
      userIdentity: { type: "AWSService", invokedBy: "delivery.logs.amazonaws.com" },
      sourceIPAddress: "delivery.logs.amazonaws.com",
    }),
    raises: ["unauthorized-api-calls"],
  },
  { title: "another error", record: refused("s3", "GetBucketPolicy", "NoSuchBucketPolicy"), raises: [] },
  { title: "throttling", record: refused("ec2", "DescribeInstances", "Client.RequestLimitExceeded"), raises: [] },

  // Who signs in.
  { title: "user without MFA", record: consoleLogin(callers.user, "No"), raises: ["console-sign-in-without-mfa"] },
  { title: "user with MFA", record: consoleLogin(callers.user, "Yes"), raises: [] },
  {
    title: "wrong password",
    record: consoleLogin(callers.user, "No", "Failed authentication"),
    raises: ["console-sign-in-failures"],
  },
  {
    title: "wrong password after MFA",
    record: consoleLogin(callers.user, "Yes", "Failed authentication"),
    raises: ["console-sign-in-failures"],
  },
  {
    title: "a user that does not exist",
    record: consoleLogin(callers.user, "No", "No username found in supplied account"),
    raises: [],
  },
  { title: "single sign-on, whose MFA is the identity provider's", record: consoleLogin(sso, "No"), raises: [] },
  { title: "the MFA prompt", record: { ...consoleLogin(callers.user, "No"), eventName: "CheckMfa" }, raises: [] },
  { title: "root with MFA", record: consoleLogin(callers.root, "Yes"), raises: ["root-use"] },
  {
    title: "root with a wrong password",
    record: consoleLogin(callers.root, "No", "Failed authentication"),
    raises: ["root-use", "console-sign-in-failures"],
  },

  // What root does.
  {
    title: "root lists buckets",
    record: apiCall("s3", "ListBuckets", { userIdentity: callers.root, readOnly: true }),
    raises: ["root-use"],
  },
  {
    title: "root attaches a policy",
    record: apiCall("iam", "AttachUserPolicy", { userIdentity: callers.root }),
    raises: ["root-use", "iam-policy-changes"],
  },
  {
    title: "a service in root's name",
    record: apiCall("support", "DescribeCases", { userIdentity: callers.rootByService }),
    raises: [],
  },
  {
    title: "an event of a service itself",
    record: apiCall("kms", "RotateKey", { userIdentity: callers.root, eventType: "AwsServiceEvent" }),
    raises: [],
  },

  // Same names at other services, names that begin alike, reads.
  { title: "App Mesh's CreateRoute", record: apiCall("appmesh", "CreateRoute"), raises: [] },
  { title: "API Gateway's DeleteRoute", record: apiCall("apigateway", "DeleteRoute"), raises: [] },
  { title: "IoT's CreatePolicy", record: apiCall("iot", "CreatePolicy"), raises: [] },
  { title: "IoT's AttachPolicy", record: apiCall("iot", "AttachPolicy"), raises: [] },
  { title: "IAM's CreatePolicy", record: apiCall("iam", "CreatePolicy"), raises: ["iam-policy-changes"] },
  {
    title: "Organizations' CreatePolicy",
    record: apiCall("organizations", "CreatePolicy"),
    raises: ["organizations-changes"],
  },
  { title: "CreateUser", record: apiCall("iam", "CreateUser"), raises: [] },
  { title: "GetTrailStatus", record: apiCall("cloudtrail", "GetTrailStatus", { readOnly: true }), raises: [] },
  { title: "PutEventSelectors", record: apiCall("cloudtrail", "PutEventSelectors"), raises: [] },
  { title: "CancelKeyDeletion", record: apiCall("kms", "CancelKeyDeletion"), raises: [] },
  { title: "DisableKeyRotation", record: apiCall("kms", "DisableKeyRotation"), raises: [] },
  { title: "GetBucketPolicy", record: apiCall("s3", "GetBucketPolicy", { readOnly: true }), raises: [] },
  { title: "PutConfigRule", record: apiCall("config", "PutConfigRule"), raises: [] },
  {
    title: "another service's PutDeliveryChannel",
    record: apiCall("mediapackage", "PutDeliveryChannel"),
    raises: [],
  },
  { title: "DescribeSecurityGroups", record: apiCall("ec2", "DescribeSecurityGroups", { readOnly: true }), raises: [] },
  { title: "ModifySecurityGroupRules", record: apiCall("ec2", "ModifySecurityGroupRules"), raises: [] },
  { title: "CreateNatGateway", record: apiCall("ec2", "CreateNatGateway"), raises: [] },
  { title: "AssociateRouteTable", record: apiCall("ec2", "AssociateRouteTable"), raises: [] },
  { title: "CreateVpcEndpoint", record: apiCall("ec2", "CreateVpcEndpoint"), raises: [] },
  { title: "ListAccounts", record: apiCall("organizations", "ListAccounts", { readOnly: true }), raises: [] },
];
