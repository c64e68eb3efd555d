// First, before the SDKs are loaded.
import "./lean";
import { PolicyPack } from "@pulumi/policy";
import { toResourcePolicy, toStackPolicy } from "./adapter";
import { policies, stackPolicies } from "./policies";

// Nothing here may write to stdout: the first line the engine reads from it is the port of this pack's server.
new PolicyPack("aws-prevention-baseline", {
  displayName: "AWS prevention baseline",
  description: "Refuses what a leaked AWS access key lives on.",
  provider: "aws",
  enforcementLevel: "mandatory",
  policies: [...policies.map(toResourcePolicy), ...stackPolicies.map(toStackPolicy)],
});
