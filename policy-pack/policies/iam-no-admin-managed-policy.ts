import { managedVerdict, type ManagedVerdict } from "../iam/managed-policies";
import { isUnknown, type Located, property, word } from "../values";
import { root } from "./evaluate";
import { exceptionsSchema } from "./exceptions";
import { policyAttachments } from "./policy-attachments";
import { administrators } from "./frameworks";
import { type Finding, type Policy } from "./types";
import { cannotTell } from "./wording";

const clusterAccess = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";

/** Refuses to attach the policies AWS has written for administrators. */
export const iamNoAdminManagedPolicy: Policy = {
  id: "iam-no-admin-managed-policy",
  title: "No administrator by an AWS-managed policy",
  description: "AdministratorAccess and the AWS-managed policies that lead to it must not be attached to anyone.",
  level: "mandatory",
  severity: "critical",
  frameworks: administrators,
  remediationSteps:
    "Attach a job-function policy (ReadOnlyAccess, SecurityAudit, ...) or a policy of your own that names the actions " +
    "needed. Administrators who must exist are best one permission set, excepted by name with a reason and a date.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html",
  configSchema: { properties: { exceptions: exceptionsSchema } },
  resourceTypes: [...policyAttachments.map(({ type }) => type), clusterAccess],
  evaluate: (resource) => {
    const inputs = root(resource);
    if (resource.type === clusterAccess) return ofCluster(inputs);
    const table = policyAttachments.find(({ type }) => type === resource.type);
    const arns = table?.arns(inputs) ?? [];
    const verdicts = arns.map(({ value, path }) => ({ path, verdict: verdictOf(value) }));
    const attached = verdicts.flatMap(({ path, verdict }) =>
      typeof verdict === "object" ? [ofPolicy(verdict, path, table?.partly)] : [],
    );
    const unknown = verdicts.flatMap(({ path, verdict }) => (verdict === "unknown" ? [path] : []));
    return unknown.length > 0 ? [...attached, notKnown(unknown)] : attached;
  },
};

function verdictOf(value: unknown): ReturnType<typeof managedVerdict> {
  return typeof value === "string" ? managedVerdict(value) : undefined;
}

function ofPolicy({ name, level, because }: ManagedVerdict, path: string, partly: string | undefined): Finding {
  const admin = level === "admin";
  return {
    certainty: "violation",
    ...(admin && partly === undefined ? {} : { level: "advisory" }),
    message: `Attaches the AWS-managed policy ${name}${admin ? ", which makes an administrator" : ""}.`,
    path,
    witness: partly === undefined ? because : `${because}; ${partly}`,
    fix: "attach what the job needs: a job-function policy, or one of your own that names actions and resources.",
  };
}

function notKnown(paths: readonly string[]): Finding {
  return cannotTell(
    "this attaches an administrator's policy",
    paths,
    "nothing, if it is a policy of this program; to decide at preview, build the ARN from known parts.",
  );
}

/** Kubernetes' own administrator: not one of the account, but of everything that runs in the cluster. */
function ofCluster(inputs: Located): Finding[] {
  const policy = property(inputs, "policyArn");
  const scope = property(property(inputs, "accessScope"), "type").value;
  const ends = /:cluster-access-policy\/amazoneksclusteradminpolicy$/.test(word(policy.value));
  if (isUnknown(policy.value) && !ends) return [notKnown([policy.path])];
  if (!ends || word(scope) === "namespace") return [];
  return [
    {
      certainty: "violation",
      level: "advisory",
      message: "Makes a principal administrator of an EKS cluster, and of every role its pods can use.",
      path: policy.path,
      witness: "AmazonEKSClusterAdminPolicy on the whole cluster grants every Kubernetes action",
      fix: "use AmazonEKSEditPolicy or AmazonEKSViewPolicy, or limit accessScope to namespaces.",
    },
  ];
}
