import { createRequire } from "node:module";
import type { AccessAnalyzer } from "@aws-sdk/client-accessanalyzer";
import type { Account } from "@aws-sdk/client-account";
import type { Backup } from "@aws-sdk/client-backup";
import type { Budgets } from "@aws-sdk/client-budgets";
import type { CloudTrail } from "@aws-sdk/client-cloudtrail";
import type { CloudWatch } from "@aws-sdk/client-cloudwatch";
import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import type { ConfigService } from "@aws-sdk/client-config-service";
import type { EC2 } from "@aws-sdk/client-ec2";
import type { EventBridge } from "@aws-sdk/client-eventbridge";
import type { GuardDuty } from "@aws-sdk/client-guardduty";
import type { IAM } from "@aws-sdk/client-iam";
import type { KMS } from "@aws-sdk/client-kms";
import type { Lambda } from "@aws-sdk/client-lambda";
import type { Organizations } from "@aws-sdk/client-organizations";
import type { S3 } from "@aws-sdk/client-s3";
import type { S3Control } from "@aws-sdk/client-s3-control";
import type { SecretsManager } from "@aws-sdk/client-secrets-manager";
import type { SFN } from "@aws-sdk/client-sfn";
import type { SNS } from "@aws-sdk/client-sns";
import type { SQS } from "@aws-sdk/client-sqs";
import type { SSM } from "@aws-sdk/client-ssm";
import type { STS } from "@aws-sdk/client-sts";

/** AWS SDK clients of one account; each is made when first asked for, by service and region. */
export interface AwsClients {
  /** Where a call without a region goes. */
  readonly defaultRegion: string;
  iam(region?: string): IAM;
  sts(region?: string): STS;
  kms(region?: string): KMS;
  s3(region?: string): S3;
  cloudtrail(region?: string): CloudTrail;
  logs(region?: string): CloudWatchLogs;
  guardduty(region?: string): GuardDuty;
  sns(region?: string): SNS;
  events(region?: string): EventBridge;
  ec2(region?: string): EC2;
  s3control(region?: string): S3Control;
  account(region?: string): Account;
  backup(region?: string): Backup;
  ssm(region?: string): SSM;
  cloudwatch(region?: string): CloudWatch;
  config(region?: string): ConfigService;
  budgets(region?: string): Budgets;
  accessanalyzer(region?: string): AccessAnalyzer;
  organizations(region?: string): Organizations;
  lambda(region?: string): Lambda;
  secretsmanager(region?: string): SecretsManager;
  sfn(region?: string): SFN;
  sqs(region?: string): SQS;
  /** Closes idle connections, so that the process can end. */
  destroy(): void;
}

/** A module is read when the first client of its service is made: the one for EC2 alone takes a quarter of a second. */
const load = createRequire(__filename);

const MODULES = {
  iam: ["@aws-sdk/client-iam", "IAM"],
  sts: ["@aws-sdk/client-sts", "STS"],
  kms: ["@aws-sdk/client-kms", "KMS"],
  s3: ["@aws-sdk/client-s3", "S3"],
  cloudtrail: ["@aws-sdk/client-cloudtrail", "CloudTrail"],
  logs: ["@aws-sdk/client-cloudwatch-logs", "CloudWatchLogs"],
  guardduty: ["@aws-sdk/client-guardduty", "GuardDuty"],
  sns: ["@aws-sdk/client-sns", "SNS"],
  events: ["@aws-sdk/client-eventbridge", "EventBridge"],
  ec2: ["@aws-sdk/client-ec2", "EC2"],
  s3control: ["@aws-sdk/client-s3-control", "S3Control"],
  account: ["@aws-sdk/client-account", "Account"],
  backup: ["@aws-sdk/client-backup", "Backup"],
  ssm: ["@aws-sdk/client-ssm", "SSM"],
  cloudwatch: ["@aws-sdk/client-cloudwatch", "CloudWatch"],
  config: ["@aws-sdk/client-config-service", "ConfigService"],
  budgets: ["@aws-sdk/client-budgets", "Budgets"],
  accessanalyzer: ["@aws-sdk/client-accessanalyzer", "AccessAnalyzer"],
  organizations: ["@aws-sdk/client-organizations", "Organizations"],
  lambda: ["@aws-sdk/client-lambda", "Lambda"],
  secretsmanager: ["@aws-sdk/client-secrets-manager", "SecretsManager"],
  sfn: ["@aws-sdk/client-sfn", "SFN"],
  sqs: ["@aws-sdk/client-sqs", "SQS"],
} as const;

export type AwsService = keyof typeof MODULES;
type Constructor = new (configuration: object) => { destroy(): void };

/** An SDK client as far as all of them are alike. */
export interface AnyClient {
  config: { credentials(options?: object): Promise<unknown> };
  middlewareStack: { add(middleware: AnyMiddleware, options: object): void };
}

type Send = (args: { input: unknown; request?: unknown }) => Promise<{ output: unknown }>;

/** Wraps a call; `commandName` is such as `GetUserCommand`. Source: Smithy, MiddlewareStack. */
export type AnyMiddleware = (next: Send, context: { commandName?: string }) => Send;

/**
 * @param configure what a client of this service in this region is made with: who signs, where to, how often it tries
 * @param prepare gets each client once it is made, before its first call
 */
export function lazyClients(
  defaultRegion: string,
  configure: (service: AwsService, region: string) => object,
  prepare?: (client: AnyClient, service: AwsService) => void,
): AwsClients {
  // The SDK reads this when it makes its first client; https://a.co/c895JFp.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const made = new Map<string, { destroy(): void }>();
  const client = (service: AwsService, region: string) => {
    const key = `${service} ${region}`;
    let found = made.get(key);
    if (found === undefined) {
      const [name, member] = MODULES[service];
      const Client = (load(name) as Record<string, Constructor>)[member]!;
      made.set(key, (found = new Client(configure(service, region))));
      prepare?.(found as unknown as AnyClient, service);
    }
    return found;
  };
  const of = (service: AwsService) => (region?: string) => client(service, region ?? defaultRegion);
  const services = Object.fromEntries((Object.keys(MODULES) as AwsService[]).map((each) => [each, of(each)]));
  return {
    ...(services as unknown as Omit<AwsClients, "defaultRegion" | "destroy">),
    defaultRegion,
    destroy() {
      made.forEach((each) => each.destroy());
      made.clear();
    },
  };
}
