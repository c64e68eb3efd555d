import { BaselineError, ExitCode } from "../../../common/errors";
import { partitionOf } from "../../../components/foundation/partition";
import { networkAnswers } from "./offline-network";

/**
 * Regions enabled in every account of the `aws` partition without opting in; what a fresh account covers.
 *
 * Source: AWS Account Management reference, "AWS Regions available by default".
 */
export const defaultRegions = [
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ca-central-1",
  "eu-central-1",
  "eu-north-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
];

/** The account id AWS's own documentation uses; stands in where no account was asked. */
export const exampleAccountId = "123456789012";

type Values = Record<string, unknown>;

/**
 * Answers the program's questions about the account without asking AWS: the given regions, the example account id, no
 * IAM users or roles, and one VPC in each region, the default one.
 */
export function offlineAnswers(regions: string[]): (token: string, args?: Values) => Values {
  const home = regions[0] ?? "";
  const partition = partitionOf(home);
  const answers: Record<string, (args: Values) => Values> = {
    "aws:index/getRegions:getRegions": () => ({ id: "aws", names: regions }),
    "aws:index/getCallerIdentity:getCallerIdentity": () => ({
      id: exampleAccountId,
      accountId: exampleAccountId,
      arn: `arn:aws:iam::${exampleAccountId}:root`,
      userId: exampleAccountId,
    }),
    "aws:index/getPartition:getPartition": () => ({
      id: partition,
      partition,
      dnsSuffix: "amazonaws.com",
      reverseDnsPrefix: "com.amazonaws",
    }),
    "aws:iam/getUsers:getUsers": () => ({ id: "users", names: [], arns: [] }),
    "aws:iam/getRoles:getRoles": () => ({ id: "roles", names: [], arns: [] }),
    ...networkAnswers(home, exampleAccountId),
  };
  return (token, args = {}) => {
    const answer = answers[token];
    if (!answer) {
      throw new BaselineError(
        "no-offline-answer",
        `The program asks AWS ${token}, which a plan cannot answer offline.`,
        "Run `pulumi preview` against the account instead.",
        ExitCode.failed,
      );
    }
    return answer(args);
  };
}

export { partitionOf };
