import { policyDocument, type PolicyStatement } from "../foundation/policy-document";
import { awsOwnedBuckets } from "./aws-owned-buckets";

/** What the policies of a VPC's endpoints are about. */
export interface EndpointPlace {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
  region: string;
  /** Twelve digits. */
  accountId: string;
}

/**
 * Policy of an interface endpoint. An endpoint policy grants nothing; it bounds what can be asked through the endpoint:
 * by this account, of this account. With a stolen key of another account nothing can be sent out through it.
 *
 * Source: aws-samples/data-perimeter-policy-examples, `vpc_endpoint_policies`; Systems Manager User Guide, "Create an
 * interface VPC endpoint policy".
 *
 * @param service such as `ssm`; see `interfaceServices`
 */
export function interfaceEndpointPolicy(service: string, place: EndpointPlace): string {
  if (service === "ssm") {
    return policyDocument([ownAccountOwnResources(place), ...ownAccountAwsDocuments(place)]);
  }
  // The agent's two message channels know no resources, so who asks is all there is to tell apart.
  const channel = service === "ssmmessages" || service === "ec2messages";
  return policyDocument([channel ? ownAccount(place) : ownAccountOwnResources(place)]);
}

/**
 * Policy of the S3 gateway endpoint, which all S3 traffic within the region goes through once it is there: this account
 * to its own buckets, whatever AWS services sign themselves, and reading the buckets of AWS that instances live on.
 *
 * What stops for the subnets concerned: buckets of other accounts and public data sets in the same region.
 */
export function s3EndpointPolicy(place: EndpointPlace): string {
  return policyDocument([
    ownAccountOwnResources(place),
    {
      // Addresses signed by CloudFormation for custom resources, say, lead to buckets of AWS.
      Sid: "AwsServices",
      Effect: "Allow",
      Principal: "*",
      Action: "*",
      Resource: "*",
      Condition: { Bool: { "aws:PrincipalIsAWSService": "true" } },
    },
    {
      // Without a condition on who asks: package managers and the agent do not sign these requests.
      Sid: "ReadAwsBuckets",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: awsOwnedBuckets(place.region).map((bucket) => `arn:${place.partition}:s3:::${bucket}/*`),
    },
  ]);
}

function ownAccountOwnResources({ accountId }: EndpointPlace): PolicyStatement {
  return {
    Sid: "OwnAccountOwnResources",
    Effect: "Allow",
    Principal: "*",
    Action: "*",
    Resource: "*",
    Condition: { StringEquals: { "aws:PrincipalAccount": accountId, "aws:ResourceAccount": accountId } },
  };
}

function ownAccount({ accountId }: EndpointPlace): PolicyStatement {
  return {
    Sid: "OwnAccount",
    Effect: "Allow",
    Principal: "*",
    Action: "*",
    Resource: "*",
    Condition: { StringEquals: { "aws:PrincipalAccount": accountId } },
  };
}

/** Documents, runbooks and public parameters of AWS bear no account; its patch baselines bear one of AWS's. */
function ownAccountAwsDocuments(place: EndpointPlace): PolicyStatement[] {
  const { partition, region } = place;
  const { Condition } = ownAccount(place);
  return [
    {
      Sid: "OwnAccountAwsDocuments",
      Effect: "Allow",
      Principal: "*",
      Action: "*",
      Resource: ["document/*", "automation-definition/*", "parameter/aws/*"].map(
        (resource) => `arn:${partition}:ssm:${region}::${resource}`,
      ),
      ...(Condition && { Condition }),
    },
    {
      Sid: "OwnAccountReadsPatchBaselines",
      Effect: "Allow",
      Principal: "*",
      Action: ["ssm:GetPatchBaseline", "ssm:DescribeEffectivePatchesForPatchBaseline"],
      Resource: `arn:${partition}:ssm:${region}:*:patchbaseline/*`,
      ...(Condition && { Condition }),
    },
  ];
}
