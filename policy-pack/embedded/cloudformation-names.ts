import { type Tree } from "../values";

// Types of CloudFormation that the policies know under another name than aws-native's.
const others: Readonly<Record<string, string>> = {
  // Attached to users, groups and roles at once: to the policies a policy like any other.
  "AWS::IAM::Policy": "aws-native:iam:ManagedPolicy",
  "AWS::IAM::AccessKey": "aws:iam/accessKey:AccessKey",
  "AWS::Config::ConfigurationRecorder": "aws-native:configuration:ConfigurationRecorder",
  "AWS::DMS::ReplicationInstance": "aws:dms/replicationInstance:ReplicationInstance",
};

/** The Pulumi token of a CloudFormation type, in aws-native's spelling: `AWS::RDS::DBInstance`, `aws-native:rds:DbInstance`. */
export function tokenOf(typeName: string): string | undefined {
  const [, service, name] = /^AWS::(\w+)::(\w+)$/.exec(typeName.trim()) ?? [];
  if (service === undefined || name === undefined) {
    return undefined;
  }
  return others[typeName.trim()] ?? `aws-native:${service.toLowerCase()}:${capitalised(name)}`;
}

/** Properties of a CloudFormation resource in Pulumi's spelling. Documents keep the spelling that IAM reads. */
export function inputsOf(properties: Tree): Tree {
  return renamed(properties) as Tree;
}

const documents = /(?:Document|Policy|Body)$/i;

// Far deeper than anything AWS takes. What lies below is left out, so that it cannot exhaust the stack.
const deepest = 100;

function renamed(value: unknown, depth = 0): unknown {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (depth > deepest) {
    return undefined;
  }
  if (Array.isArray(value)) {
    return value.map((each) => renamed(each, depth + 1));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, each]: [string, unknown]) => [
      uncapitalised(key),
      documents.test(key) ? each : renamed(each, depth + 1),
    ]),
  );
}

// Of a run of capitals, the last begins the next word: DBInstance is DbInstance.
function capitalised(name: string): string {
  return name.replace(/[A-Z]{2,}(?![a-z])/g, (run) => run.charAt(0) + run.slice(1).toLowerCase());
}

function uncapitalised(name: string): string {
  const words = capitalised(name);
  return words.charAt(0).toLowerCase() + words.slice(1);
}
