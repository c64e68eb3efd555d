import { policyDocument, type PolicyStatement } from "../components/foundation/policy-document";

export const gitHubUrl = "https://token.actions.githubusercontent.com";
const gitHub = addressOf(gitHubUrl);

/** What AWS is asked for as audience, by `configure-aws-credentials` and by our GitLab jobs. */
export const audience = "sts.amazonaws.com";

/** Who may take a role: tokens of this issuer whose claims are these, and no others. */
export interface TrustedSubject {
  sid: string;
  providerArn: string;
  /** Address of the issuer without `https://`, which is how its claims are named. */
  issuer: string;
  /** The values of `sub` that are meant, whole. */
  subjects?: string[];
  /** Beginnings of `sub`, for issuers that put a branch nobody knows at its end. */
  subjectsLike?: string[];
  /** Further claims, by name. */
  claims?: Record<string, string>;
}

export interface GitHubTrust {
  repository: string;
  environment: string;
  branch: string;
  /** Numbers of the repository and of its owner; empty where nobody has said. */
  repositoryId: string;
  ownerId: string;
}

/**
 * Pull requests and the branch itself. A fork's pull request bears the same `sub`, but GitHub gives its runs no token
 * unless the repository's settings send write tokens to forks.
 *
 * Source: GitHub docs, "OpenID Connect reference", example subject claims.
 */
export function gitHubPreview(trust: GitHubTrust, providerArn: string): TrustedSubject {
  const subjects = [...subjectsOf(trust, "pull_request"), ...subjectsOf(trust, `ref:refs/heads/${trust.branch}`)];
  const claims = sameRepository(trust);
  return { sid: "GitHubPreviews", providerArn, issuer: gitHub, subjects, ...(claims && { claims }) };
}

/**
 * Jobs of the one environment, after whatever its rules ask for, and of the branch: GitHub makes an environment without any
 * rules for the first workflow that names it, on whatever branch that is.
 *
 * Source: IAM User Guide, "Available keys for AWS OIDC federation", GitHub; in the commercial partition only.
 */
export function gitHubApply(trust: GitHubTrust, providerArn: string): TrustedSubject {
  // GitHub writes colons of an environment's name as %3A; the settings let none in.
  const subjects = subjectsOf(trust, `environment:${trust.environment}`);
  const claims: Record<string, string> = { ...sameRepository(trust) };
  if (providerArn.startsWith("arn:aws:")) {
    claims["ref"] = `refs/heads/${trust.branch}`;
  }
  return { sid: "GitHubApplies", providerArn, issuer: gitHub, subjects, claims };
}

/**
 * A repository made since 15 July 2026, renamed or moved bears its numbers in `sub`; an older one does when it opted in.
 *
 * Source: GitHub docs, "OpenID Connect reference", immutable subject claims.
 */
function subjectsOf({ repository, ownerId, repositoryId }: GitHubTrust, context: string): string[] {
  const [owner, name] = repository.split("/");
  const numbered = ownerId === "" || repositoryId === "" ? [] : [`repo:${owner}@${ownerId}/${name}@${repositoryId}`];
  return [`repo:${repository}`, ...numbered].map((each) => `${each}:${context}`);
}

function sameRepository({ repositoryId: id }: GitHubTrust): TrustedSubject["claims"] {
  return id === "" ? undefined : { repository_id: id };
}

export interface GitLabTrust {
  project: string;
  branch: string;
  url: string;
}

/**
 * Every branch of the project, because a merge request's pipeline runs under the name of its branch. A fork's pipelines
 * bear the fork's path.
 *
 * Source: GitLab docs, "Configure OpenID Connect in AWS", ID token `sub`.
 */
export function gitLabPreview({ project, url }: GitLabTrust, providerArn: string): TrustedSubject {
  const subjectsLike = [`project_path:${project}:ref_type:branch:ref:*`];
  return { sid: "GitLabPreviews", providerArn, issuer: addressOf(url), subjectsLike };
}

/** The one branch, which must be protected. */
export function gitLabApply({ project, branch, url }: GitLabTrust, providerArn: string): TrustedSubject {
  const subjects = [`project_path:${project}:ref_type:branch:ref:${branch}`];
  return { sid: "GitLabApplies", providerArn, issuer: addressOf(url), subjects };
}

function addressOf(url: string): string {
  return url.replace(/^https:\/\//, "");
}

/** A role's trust policy as JSON. */
export function trustDocument(trusted: TrustedSubject[]): string {
  return policyDocument(trusted.map(statement));
}

function statement({ sid, providerArn, issuer, subjects, subjectsLike, claims = {} }: TrustedSubject): PolicyStatement {
  const named = Object.entries(claims).map(([claim, value]) => [`${issuer}:${claim}`, value]);
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: { Federated: providerArn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: {
        [`${issuer}:aud`]: audience,
        ...(subjects && { [`${issuer}:sub`]: subjects }),
        ...(Object.fromEntries(named) as Record<string, string>),
      },
      ...(subjectsLike && { StringLike: { [`${issuer}:sub`]: subjectsLike } }),
    },
  };
}
