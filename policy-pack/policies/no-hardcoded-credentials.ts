import { type PolicyConfigSchema } from "@pulumi/policy";
import { type Destination, destinationOf, isForPrivateKeys, isLabel } from "../secrets/destinations";
import { type Hit, searchCredentials } from "../secrets/search";
import { exceptionsSchema } from "./exceptions";
import { anyType, type Finding, type Policy, type PolicyConfig } from "./types";

const levels = ["mandatory", "advisory", "ignore"];

/** Which setting decides on a place that is meant for secrets, and what it comes to by itself. */
const settings: Record<Exclude<Destination, "readable">, string> = { store: "inStores", provider: "inProviders" };

const choice = (description: string): PolicyConfigSchema["properties"][string] => ({
  type: "string",
  enum: levels,
  default: "advisory",
  description,
});

/** Refuses AWS access keys and private keys in a resource's inputs, however they are wrapped. Never prints one. */
export const noHardcodedCredentials: Policy = {
  id: "no-hardcoded-credentials",
  title: "No access keys or private keys in a resource's inputs",
  description:
    "Access key ids, secret access keys and private keys must not stand in inputs: environments, user data, documents.",
  level: "mandatory",
  severity: "critical",
  frameworks: [
    {
      name: "AWS Security Hub",
      version: "1.0.0",
      reference: "ECS.8",
      specification: "Secrets should not be passed as container environment variables.",
    },
    {
      name: "AWS Security Hub",
      version: "1.0.0",
      reference: "CodeBuild.2",
      specification: "CodeBuild project environment variables should not contain clear text credentials.",
    },
    {
      name: "CIS AWS Foundations Benchmark",
      version: "5.0.0",
      reference: "1.18",
      specification: "Ensure IAM instance roles are used for AWS resource access from instances.",
    },
  ],
  remediationSteps:
    "Disable the key now: it is in the program, in its state and in what AWS shows to readers. Give the workload a role " +
    "(instance profile, task role, execution role, IAM Roles Anywhere, OIDC), which needs no key; where one is " +
    "unavoidable, keep it in Secrets Manager and read it at run time.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles",
  configSchema: {
    properties: {
      inStores: choice(
        "Access keys in what exists to keep secrets (Secrets Manager, SecureString parameters, Kubernetes secrets, ...).",
      ),
      inProviders: choice(
        "Access keys of a provider resource; a preview does not show whether they are stack secrets.",
      ),
      exceptions: exceptionsSchema,
    },
  },
  resourceTypes: [anyType],
  evaluate: (resource, config) => {
    const destination = destinationOf(resource);
    const setting = destination === "readable" ? "mandatory" : settingOf(settings[destination], config);
    const { hits, incomplete } = searchCredentials(resource.props);
    const all = hits.filter((hit) => hit.kind !== "unknown" && !isForPrivateKeys(hit, destination));
    const labels = destination === "store" ? all.filter(isLabel) : [];
    const found = setting === "ignore" ? [] : all.filter((hit) => !labels.includes(hit));
    const awaited = destination === "readable" ? hits.filter(({ kind }) => kind === "unknown") : [];
    return [
      ...(labels.length > 0 ? [holds(labels, "readable", false)] : []),
      ...(found.length > 0 ? [holds(found, destination, setting === "advisory")] : []),
      ...(awaited.length > 0 ? [cannotTell(awaited)] : []),
      ...(incomplete && setting !== "ignore" ? [tooLarge] : []),
    ];
  },
};

function settingOf(name: string, config: PolicyConfig): string {
  const value = config[name];
  return levels.find((each) => each === value) ?? "advisory";
}

const reasons: Record<Destination, string> = {
  readable: "whoever may read the resource, the program or its state has it; marking it secret ends at the state.",
  store: "well kept, but it still works from anywhere, until somebody deletes it.",
  provider: "a key that does not expire signs in; a preview does not show whether it is a stack secret.",
};
const fixes: Record<Destination, string> = {
  readable: "disable the key, give the workload a role instead; if it must be a key, read it from Secrets Manager.",
  store: "use a role, or OIDC, instead of the key; if it must be one, rotate it.",
  provider: "sign in with a role or OIDC, by environment, profile or Pulumi ESC.",
};

function holds(hits: readonly Hit[], destination: Destination, advisory: boolean): Finding {
  const kinds = [...new Set(hits.map(({ kind }) => kind))].sort();
  return {
    certainty: "violation",
    ...(advisory && { level: "advisory" as const }),
    message: `Holds a credential in plain text: ${kinds.join(", ")}.`,
    path: listed(hits),
    witness: reasons[destination],
    fix: fixes[destination],
  };
}

function cannotTell(hits: readonly Hit[]): Finding {
  return {
    certainty: "unknown",
    level: "advisory",
    message: "Cannot tell yet whether this is an access key.",
    path: listed(hits),
    witness: "its name says so; the value is known only during the update, and is looked at then.",
    fix: "give the workload a role, which needs no key.",
  };
}

const tooLarge: Finding = {
  certainty: "unknown",
  level: "advisory",
  message: "Could not be looked through for credentials: compressed data in it unpacks to more than 32 MB.",
  path: "",
  witness: "the rest of the resource was looked through.",
  fix: "look into it by hand, or pass it as a file in a bucket.",
};

function listed(hits: readonly Hit[]): string {
  const paths = [...new Set(hits.map(({ path }) => path))];
  const shown = paths.slice(0, 3).map((path) => (path.length > 120 ? `${path.slice(0, 119)}…` : path));
  return `${shown.join(", ")}${paths.length > 3 ? ` and ${paths.length - 3} more` : ""}`;
}
