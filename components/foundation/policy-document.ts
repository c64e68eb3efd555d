/** One statement of an IAM policy document, in the canonical spelling. Source: IAM JSON policy reference. */
export interface PolicyStatement {
  Sid: string;
  Effect: "Allow" | "Deny";
  Principal?: "*" | Record<string, string | string[]>;
  Action?: string | string[];
  NotAction?: string[];
  /** Absent in trust policies, whose resource is the role. */
  Resource?: string | string[];
  NotResource?: string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** A policy document as JSON, the form every AWS resource takes. */
export function policyDocument(statements: PolicyStatement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/**
 * Lets one AWS service assume a role.
 *
 * @param accountId when given, only on behalf of this account (`aws:SourceAccount`). Leave it out for services that
 *   do not document sending it, such as CloudTrail: the condition would lock them out.
 */
export function serviceTrust(service: string, accountId?: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ServiceAssumesRole",
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sts:AssumeRole",
        ...(accountId && { Condition: { StringEquals: { "aws:SourceAccount": accountId } } }),
      },
    ],
  });
}

/** Refuses every request that does not come over TLS. Source: Security Hub S3.5. */
export function denyInsecureTransport(actions: string, resources: string[]): PolicyStatement {
  return {
    Sid: "DenyInsecureTransport",
    Effect: "Deny",
    Principal: "*",
    Action: actions,
    Resource: resources,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/** Hands the key over to IAM of the account, as every AWS key policy does; without it the key can be orphaned. */
export function keyOwnedByAccount(partition: string, accountId: string): PolicyStatement {
  return {
    Sid: "AccountAdministersKey",
    Effect: "Allow",
    Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
    Action: "kms:*",
    Resource: "*",
  };
}
