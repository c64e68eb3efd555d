import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { evidence } from "../components/foundation/evidence/left-in-place";
import { denyInsecureTransport, keyOwnedByAccount, policyDocument } from "../components/foundation/policy-document";
import { keyStays } from "../components/foundation/evidence/evidence-stays";
import { LogBucket } from "../components/foundation/evidence/log-bucket";
import { stateStays } from "./state-stays";

export interface StateStoreArgs {
  partition: string;
  /** Twelve digits. */
  accountId: string;
  region: string;
  rolePrefix: string;
  /** ARNs of the roles and users that alone may write the state, beside CI's apply role; anybody IAM allows when empty. */
  trustedAdministrators: string[];
  /** ARN of CI's apply role. */
  applyRoleArn: string;
  tags: pulumi.Input<Record<string, string>>;
}

/** A bucket for Pulumi's state and a key for the stacks' secrets: versioned, encrypted, TLS only, protected. */
export class StateStore extends pulumi.ComponentResource {
  readonly place: { bucket: string; prefix: string; keyArn: pulumi.Output<string> };
  /** For `pulumi login`. */
  readonly backendUrl: string;
  /** For `pulumi stack init --secrets-provider`. */
  readonly secretsProvider: string;

  constructor(name: string, args: StateStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("baseline:bootstrap:StateStore", name, {}, opts);
    const { partition, accountId, region, tags, trustedAdministrators, applyRoleArn } = args;
    const guardians = { partition, accountId, trustedAdministrators };
    const child = { parent: this };
    // The workflows find it by this name.
    const bucket = `${args.rolePrefix}-state-${accountId}-${region}`;
    const alias = `alias/${args.rolePrefix}-state`;
    const key = new aws.kms.Key(
      `${name}-key`,
      {
        region,
        description: "Pulumi state of the prevention baseline, and the secrets of its stacks",
        policy: policyDocument([
          keyOwnedByAccount(partition, accountId),
          ...(trustedAdministrators.length > 0 ? keyStays(guardians) : []),
        ]),
        enableKeyRotation: true,
        deletionWindowInDays: 30,
        tags,
      },
      { ...child, ...evidence },
    );
    new aws.kms.Alias(`${name}-key-alias`, { region, name: alias, targetKeyId: key.keyId }, { ...child, ...evidence });
    const arn = `arn:${partition}:s3:::${bucket}`;
    new LogBucket(
      `${name}-store`,
      {
        region,
        bucket,
        policy: policyDocument([
          denyInsecureTransport("s3:*", [arn, `${arn}/*`]),
          ...stateStays(arn, guardians, applyRoleArn),
        ]),
        kmsKeyArn: key.arn,
        // The state is one small object that is written again and again; old versions go after 90 days.
        archiveAfterDays: 0,
        expireAfterDays: 0,
        objectLockDays: 0,
        tags,
      },
      child,
    );
    this.place = { bucket, prefix: "", keyArn: key.arn };
    this.backendUrl = `s3://${bucket}?region=${region}`;
    this.secretsProvider = `awskms://${alias}?region=${region}`;
    this.registerOutputs({});
  }
}
