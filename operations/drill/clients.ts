import { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { EC2 } from "@aws-sdk/client-ec2";
import { EventBridge } from "@aws-sdk/client-eventbridge";
import { IAM } from "@aws-sdk/client-iam";
import { KMS } from "@aws-sdk/client-kms";
import { SNS } from "@aws-sdk/client-sns";
import { STS } from "@aws-sdk/client-sts";
import { BaselineError, ExitCode } from "../../common/errors";
import { requireLoopback } from "../../sandbox/provider/endpoint";

/** AWS, as far as a drill needs it. A real account, unlike what the sandbox's clients reach. */
export interface DrillClients {
  sts(region: string): STS;
  iam(region: string): IAM;
  ec2(region: string): EC2;
  sns(region: string): SNS;
  kms(region: string): KMS;
  events(region: string): EventBridge;
  cloudwatch(region: string): CloudWatch;
}

/**
 * Clients with the credentials of the environment, as every AWS tool finds them.
 *
 * @param endpoint an emulator on this machine, to practise on; it never gets the real credentials to see
 * @throws BaselineError `endpoint-not-loopback`
 */
export function drillClients(endpoint?: string): DrillClients {
  // The SDK reads this when it makes its first client; https://a.co/c895JFp.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const practice = endpoint === undefined ? {} : practiceAccount(endpoint);
  const at = (region: string) => ({ region, maxAttempts: 3, ...practice });
  return {
    sts: (region) => new STS(at(region)),
    iam: (region) => new IAM(at(region)),
    ec2: (region) => new EC2(at(region)),
    sns: (region) => new SNS(at(region)),
    kms: (region) => new KMS(at(region)),
    events: (region) => new EventBridge(at(region)),
    cloudwatch: (region) => new CloudWatch(at(region)),
  };
}

function practiceAccount(endpoint: string) {
  return {
    endpoint: emulatorAt(endpoint),
    credentials: { accessKeyId: "practice", secretAccessKey: "practice" },
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
  };
}

function emulatorAt(endpoint: string): string {
  try {
    return requireLoopback(endpoint);
  } catch (error) {
    // The URL may hold a password; name its host only.
    const said = (URL.canParse(endpoint) && new URL(endpoint).host) || "what was given";
    throw new BaselineError(
      "endpoint-not-loopback",
      `--endpoint: ${said} is not an emulator on this machine, at an http address without a password; nothing was sent.`,
      "Give an address such as http://localhost:5000, or leave --endpoint out to drill the account itself.",
      ExitCode.badInput,
      { cause: error },
    );
  }
}
