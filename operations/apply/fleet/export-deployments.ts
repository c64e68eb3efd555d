import { type FleetAccount } from "./account";
import { type ExportSource } from "./export-source";

/** Settings of Pulumi Deployments for one stack, with where they are to be sent. */
export interface DeploymentSettings {
  /** `POST` there merges them into the stack's. */
  path: string;
  settings: object;
}

/**
 * The accounts as settings of Pulumi Deployments, which takes each account's role with OIDC.
 *
 * Source: Pulumi Cloud REST API, `DeploymentSettingsRequest`, at `/api/stacks/{org}/{project}/{stack}/deployments/settings`.
 */
export function deploymentSettings(accounts: FleetAccount[], source: ExportSource): DeploymentSettings[] {
  const { organization = "", project, repo, branch, commit, directory } = source;
  return accounts.map(({ stack, roles }) => {
    const role = roles.at(-1);
    const [name = stack, inProject = project, inOrganization = organization] = stack.split("/").reverse();
    return {
      path: `/api/stacks/${inOrganization}/${inProject}/${name}/deployments/settings`,
      settings: {
        sourceContext: {
          git: {
            repoUrl: repo,
            ...(commit === undefined ? { branch } : { commit }),
            ...(directory !== undefined && { repoDir: directory }),
          },
        },
        operationContext: {
          ...(role && {
            oidc: { aws: { roleArn: role.roleArn, sessionName: role.sessionName, duration: "1h0m0s" } },
          }),
          options: { skipIntermediateDeployments: true },
        },
      },
    };
  });
}
