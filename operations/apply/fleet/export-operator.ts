import { stringify } from "yaml";
import { type FleetAccount } from "./account";
import { type ExportSource } from "./export-source";

/**
 * The accounts as Stack resources of the Pulumi Kubernetes Operator, one YAML document each.
 *
 * The workspace's service account signs in to AWS (IRSA, or EKS Pod Identity); the AWS provider takes the account's roles
 * from there, as the setting `aws:assumeRoles` says.
 *
 * Source: pulumi-kubernetes-operator v2, deploy/crds/pulumi.com_stacks.yaml (`pulumi.com/v1`).
 * @param config settings of an account that go over its stack file, texts by full key
 */
export function operatorStacks(
  accounts: FleetAccount[],
  source: ExportSource,
  config: (account: FleetAccount) => Record<string, string>,
): string {
  const names = accounts.map(({ name }) => resourceName(name));
  return accounts
    .map((each, index) => {
      // Two names may become one, and the second resource would take the first one's place.
      const isTwice = names.indexOf(names[index]!) !== names.lastIndexOf(names[index]!);
      const own = isTwice ? { ...each, name: `${each.name}-${each.accountId}` } : each;
      return stringify(operatorStack(own, source, config(each)), { lineWidth: 0 });
    })
    .join("---\n");
}

export function operatorStack(account: FleetAccount, source: ExportSource, config: Record<string, string>): object {
  const { name, accountId, stack, roles } = account;
  return {
    apiVersion: "pulumi.com/v1",
    kind: "Stack",
    metadata: { name: resourceName(name), labels: { "baseline/account": accountId } },
    spec: {
      stack: source.organization && !stack.includes("/") ? `${source.organization}/${source.project}/${stack}` : stack,
      projectRepo: source.repo,
      ...(source.commit === undefined ? { branch: source.branch } : { commit: source.commit }),
      ...(source.directory !== undefined && { repoDir: source.directory }),
      config: {
        ...Object.fromEntries(Object.entries(config).map(([key, text]) => [key, structured(text)])),
        ...(roles.length > 0 && { "aws:assumeRoles": roles.map(assumed) }),
      },
      envRefs: {
        PULUMI_ACCESS_TOKEN: {
          type: "Secret",
          secret: { name: "pulumi-access-token", key: "accessToken" },
        },
      },
      serviceAccountName: "pulumi",
      // Drift is put right every day, whether a commit came or not.
      refresh: true,
      resyncFrequencySeconds: 86_400,
      continueResyncOnCommitMatch: true,
      // Taking the resource away must never take the guard rails away.
      destroyOnFinalize: false,
    },
  };
}

function assumed({ roleArn, externalId, sessionName }: FleetAccount["roles"][number]): object {
  return { roleArn, sessionName, ...(externalId !== undefined && { externalId }) };
}

// Source: Kubernetes, "Object Names and IDs", DNS subdomain names.
function resourceName(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, "-")
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, "");
  return `baseline-${plain}`.replace(/\.+/g, "-");
}

function structured(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
