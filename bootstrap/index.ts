import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { controlTags } from "../components/foundation/tags";
import { CiRoles } from "./ci-roles";
import { OidcIssuer } from "./oidc-issuer";
import { iamArn, namesOf } from "./place";
import { loadBootstrapSettings } from "./settings";
import { requireWriter } from "./state-stays";
import { StateStore } from "./state-store";
import { gitHubApply, gitHubPreview, gitHubUrl, gitLabApply, gitLabPreview } from "./trust";

/** Run once for each account, by an administrator: one stack is one account. */
export = async () => {
  const settings = loadBootstrapSettings();
  const [{ accountId, arn: caller }, { partition }] = await Promise.all([aws.getCallerIdentity(), aws.getPartition()]);
  const { github, gitlab, rolePrefix, namePrefix, region, state, trustedAdministrators } = settings;
  const place = { partition, accountId, rolePrefix, namePrefix };
  const tags = controlTags("Bootstrap", settings.tags);
  const here = { partition, accountId, tags };
  // A preview changes nothing, whoever makes it.
  if (state.create && !pulumi.runtime.isDryRun()) {
    await requireWriter(caller, { partition, accountId, trustedAdministrators });
  }

  const store = state.create
    ? new StateStore("state", {
        ...here,
        region,
        rolePrefix,
        trustedAdministrators,
        applyRoleArn: iamArn(place, `role/${namesOf(place).apply}`),
      })
    : undefined;
  const forGitHub = github.repository ? new OidcIssuer("github", { ...here, ...github, url: gitHubUrl }) : undefined;
  const forGitLab = gitlab.project ? new OidcIssuer("gitlab", { ...here, ...gitlab }) : undefined;
  const roles = new CiRoles("ci", {
    place,
    sessionMinutes: settings.sessionMinutes,
    trust: {
      preview: [
        ...(forGitHub ? [gitHubPreview(github, forGitHub.arn)] : []),
        ...(forGitLab ? [gitLabPreview(gitlab, forGitLab.arn)] : []),
      ],
      apply: [
        ...(forGitHub ? [gitHubApply(github, forGitHub.arn)] : []),
        ...(forGitLab ? [gitLabApply(gitlab, forGitLab.arn)] : []),
      ],
    },
    issuers: [forGitHub, forGitLab].filter((each) => each !== undefined),
    ...(store ? { state: store.place } : state.bucket ? { state } : {}),
    tags,
  });

  return {
    previewRoleArn: roles.previewRoleArn,
    applyRoleArn: roles.applyRoleArn,
    /** For the baseline's own setting of that name. */
    permissionsBoundary: roles.permissionsBoundary,
    ...(store && { backendUrl: store.backendUrl, secretsProvider: store.secretsProvider }),
  };
};
