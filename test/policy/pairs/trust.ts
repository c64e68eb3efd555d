import { type Pair } from "./pair";

const trust = (AWS: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS }, Action: "sts:AssumeRole" }],
});
const account = "arn:aws:iam::123456789012:root";

export const trustPairs: readonly Pair[] = [
  {
    policy: "iam-no-public-trust",
    type: "aws:iam/role:Role",
    level: "mandatory",
    bad: { assumeRolePolicy: JSON.stringify(trust("*")) },
    good: { assumeRolePolicy: JSON.stringify(trust(account)) },
    decisive: ["assumeRolePolicy"],
  },
  {
    policy: "iam-no-public-trust",
    type: "aws-native:iam:Role",
    level: "mandatory",
    bad: { assumeRolePolicyDocument: trust("*") },
    good: { assumeRolePolicyDocument: trust(account) },
    decisive: ["assumeRolePolicyDocument", "Statement", 0, "Principal", "AWS"],
  },
];
