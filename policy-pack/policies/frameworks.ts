import { type PolicyDescription } from "./types";

/** What asks that nobody hold full administrative privileges by a policy. */
export const administrators: PolicyDescription["frameworks"] = [
  {
    name: "CIS AWS Foundations Benchmark",
    version: "7.0.0",
    reference: "2.14",
    specification: "Ensure IAM policies that allow full administrative privileges are not attached.",
  },
  {
    name: "AWS Security Hub",
    version: "1.0.0",
    reference: "IAM.1",
    specification: "IAM policies should not allow full administrative privileges.",
  },
];
