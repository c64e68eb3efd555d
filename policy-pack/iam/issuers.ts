/** An issuer of web identities that everybody may get one from, and what of it names whose it is. */
export interface SharedIssuer {
  /** What a stranger needs, for people. */
  readonly anyoneWith: string;
  /**
   * Per claim, how a value must begin to name one tenant. A wildcard before the end of it leaves the tenant open:
   * `repo:shop*` is `repo:shop-of-a-thief/...` too.
   */
  readonly tenant: Readonly<Record<string, RegExp>>;
  /** Where the issuer's own service, not its customer, chooses the name of the session, how that names one tenant. */
  readonly sessionName?: RegExp;
  /** The issuer's address names the tenant already: a missing claim is a remark only. */
  readonly perTenant?: true;
}

const literal = /^[^*?]+$/;

const github: Readonly<Record<string, RegExp>> = {
  sub: /^(repo|repository|job_workflow_ref):[^*?:/]+\/|^(repository_owner|repository_owner_id|repository_id|enterprise|enterprise_id):[^*?:]+(:|$)/i,
  repository: /^[^*?/]+\//,
  job_workflow_ref: /^[^*?/]+\//,
  repository_owner: literal,
  repository_owner_id: literal,
  repository_id: literal,
  enterprise_id: literal,
  actor_id: literal,
};
const turbonomic: SharedIssuer = {
  anyoneWith: "an IBM Turbonomic instance",
  tenant: { sub: /^system:serviceaccount:[^*?:]+:/ },
};

/**
 * Issuers shared by tenants who do not know each other. Source: IAM User Guide, "Identity-provider controls for shared
 * OIDC providers", and the issuers' own documentation of their claims. All others, a cluster's or a company's own, are
 * taken to be known to whoever trusts them.
 */
export const sharedIssuers: Readonly<Record<string, SharedIssuer>> = {
  "token.actions.githubusercontent.com": {
    anyoneWith: "a GitHub repository",
    tenant: github,
  },
  "vstoken.actions.githubusercontent.com": { anyoneWith: "a GitHub repository", tenant: github },
  "oidc-configuration.audit-log.githubusercontent.com": {
    anyoneWith: "a GitHub enterprise",
    tenant: { sub: /^https:\/\/github\.com\/[^*?]+$/ },
  },
  "gitlab.com": {
    anyoneWith: "a GitLab.com project",
    tenant: {
      sub: /^project_path:[^*?:/]+\//i,
      project_path: /^[^*?/]+\//,
      namespace_path: /^[^*?/]+(\/|$)/,
      project_id: literal,
      namespace_id: literal,
    },
  },
  "app.terraform.io": { anyoneWith: "an HCP Terraform workspace", tenant: { sub: /^organization:[^*?:]+:/i } },
  "agent.buildkite.com": { anyoneWith: "a Buildkite pipeline", tenant: { sub: /^organization:[^*?:]+:/i } },
  "scalr.io": { anyoneWith: "a Scalr account", tenant: { sub: /^account:[^*?:]+:/i } },
  "oidc.codefresh.io": { anyoneWith: "a Codefresh account", tenant: { sub: /^account:[^*?:]+:/i } },
  "api.pulumi.com/oidc": {
    anyoneWith: "a Pulumi Cloud organization",
    tenant: { sub: /^pulumi:[^*?]*org:[^*?:]+(:|$)/i, aud: literal },
  },
  "oidc.vercel.com": { anyoneWith: "a Vercel project", tenant: { sub: /^owner:[^*?:]+:/i, aud: literal } },
  "studio.datachain.ai/api": { anyoneWith: "a DVC Studio team", tenant: { sub: /^credentials:[^*?:/]+\// } },
  "tokens.cloud.shisho.dev": { anyoneWith: "a Shisho Cloud organization", tenant: { sub: /^job:[^*?:]+:/ } },
  "proidc.upbound.io": { anyoneWith: "an Upbound account", tenant: { sub: /^mcp:[^*?:/]+[:/]/ } },
  "sandboxes.cloud": { anyoneWith: "a sandboxes.cloud account", tenant: { aud: literal } },
  "sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d": {
    anyoneWith: "a Microsoft Sentinel workspace",
    tenant: {},
    sessionName: /^MicrosoftSentinel_[^*?]+$/,
  },
  "rh-oidc.s3.us-east-1.amazonaws.com/22ejnvnnturfmt6km08idd0nt4hekbn7": turbonomic,
  "rh-oidc.s3.us-east-1.amazonaws.com/23e3sd27sju1hoou6ohfs68vbno607tr": turbonomic,
  "rh-oidc.s3.us-east-1.amazonaws.com/23ne21h005qjl3n33d8dui5dlrmv2tmg": turbonomic,
  "rh-oidc.s3.us-east-1.amazonaws.com/24jrf12m5dj7ljlfb4ta2frhrcoadm26": turbonomic,
  "oidc.op1.openshiftapps.com/2f785sojlpb85i7402pk3qogugim5nfb": turbonomic,
  "oidc.op1.openshiftapps.com/2c51blsaqa9gkjt0o9rt11mle8mmropu": turbonomic,
  "api.bitbucket.org": {
    anyoneWith: "a repository in the workspace",
    tenant: { sub: /^\{?[^*?:{}]+\}?:/ },
    perTenant: true,
  },
  "cognito-identity.amazonaws.com": {
    anyoneWith: "a Cognito identity pool",
    tenant: { aud: literal, sub: literal },
  },
  "accounts.google.com": { anyoneWith: "a Google login", tenant: { aud: literal, oaud: literal, sub: literal } },
  "www.amazon.com": { anyoneWith: "an Amazon login", tenant: { app_id: literal, user_id: literal } },
  "graph.facebook.com": { anyoneWith: "a Facebook login", tenant: { app_id: literal, id: literal } },
};

/** The shared issuer that a federated principal names, by its ARN or, for those built into AWS, by its domain. */
export function issuerOf(principal: string): { address: string; shared: SharedIssuer } | undefined {
  const address = principal
    .trim()
    .toLowerCase()
    .replace(/^.*:oidc-provider\//, "")
    .replace(/^https:\/\//, "")
    .replace(/\/$/, "");
  const name = address.startsWith("api.bitbucket.org/") ? "api.bitbucket.org" : address;
  return Object.hasOwn(sharedIssuers, name) ? { address, shared: sharedIssuers[name]! } : undefined;
}
