import { type PolicyStatement } from "../components/foundation/policy-document";
import { type StatePlace } from "./place";

/**
 * What a preview needs of the state: to read it. Neither `preview` nor `refresh --preview-only` takes the lock.
 *
 * Source: pulumi, pkg/backend/diy/backend.go.
 */
export function stateReads(partition: string, { bucket, prefix, keyArn }: StatePlace): PolicyStatement[] {
  const arn = `arn:${partition}:s3:::${bucket}`;
  return [
    // On the whole bucket: without it S3 says of an object that is not there that it is forbidden, which ends the CLI.
    { Sid: "FindState", Effect: "Allow", Action: ["s3:GetBucketLocation", "s3:ListBucket"], Resource: arn },
    { Sid: "ReadState", Effect: "Allow", Action: "s3:GetObject", Resource: objects(arn, prefix) },
    ...keyStatement("OpenState", ["kms:Decrypt", "kms:DescribeKey"], keyArn),
  ];
}

/** What an update needs besides: to lock it, to write it, and to encrypt. */
export function stateWrites(partition: string, { bucket, prefix, keyArn }: StatePlace): PolicyStatement[] {
  const arn = `arn:${partition}:s3:::${bucket}`;
  return [
    { Sid: "WriteState", Effect: "Allow", Action: ["s3:DeleteObject", "s3:PutObject"], Resource: objects(arn, prefix) },
    ...keyStatement("SealState", ["kms:Encrypt", "kms:GenerateDataKey"], keyArn),
  ];
}

/** Whoever applies uses the key of the state and does not govern it. */
export function stateKeyGuard({ keyArn }: StatePlace): PolicyStatement[] {
  const uses = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:Get*", "kms:List*"];
  return keyArn === "" ? [] : [{ Sid: "KeyOfStateStays", Effect: "Deny", NotAction: uses, Resource: keyArn }];
}

function objects(bucketArn: string, prefix: string): string {
  return `${bucketArn}/${prefix === "" ? "" : `${prefix}/`}.pulumi/*`;
}

function keyStatement(Sid: string, Action: string[], keyArn: string): PolicyStatement[] {
  return keyArn === "" ? [] : [{ Sid, Effect: "Allow", Action, Resource: keyArn }];
}
