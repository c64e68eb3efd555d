import { awsCommand } from "../../../common/command";
import { type TrailEvent } from "../events/record";
import { type Made } from "./model";

/** What a call makes, the AWS CLI's command that lists it, and what it costs by. */
interface Listing {
  what: string;
  command: Parameters<typeof awsCommand>;
  cost?: string;
}

const launches = "instances it launches";
const listing = (what: string, command: Listing["command"], cost?: string): Listing => ({
  what,
  command,
  ...(cost && { cost }),
});

/** What is made by these is not looked up; whoever reads the sweep is told how. Source: AWS CLI Command Reference. */
const listings: Readonly<Record<string, Listing>> = {
  "autoscaling:CreateAutoScalingGroup": listing(
    "Auto Scaling group",
    ["autoscaling", "describe-auto-scaling-groups"],
    launches,
  ),
  "autoscaling:CreateLaunchConfiguration": listing("launch configuration", [
    "autoscaling",
    "describe-launch-configurations",
  ]),
  "batch:CreateComputeEnvironment": listing(
    "Batch environment",
    ["batch", "describe-compute-environments"],
    "what it computes with",
  ),
  "cloudformation:CreateStack": listing("stack", ["cloudformation", "list-stacks"], "what is in it"),
  "cloudformation:CreateStackSet": listing("stack set", ["cloudformation", "list-stack-sets"], "what is in it"),
  "ec2:CreateFleet": listing("EC2 fleet", ["ec2", "describe-fleets"], launches),
  "ec2:CreateLaunchTemplate": listing("launch template", ["ec2", "describe-launch-templates"]),
  "ec2:RequestSpotFleet": listing("Spot fleet", ["ec2", "describe-spot-fleet-requests"], launches),
  "ec2:RequestSpotInstances": listing("Spot request", ["ec2", "describe-spot-instance-requests"], launches),
  "ecs:CreateCluster": listing("ECS cluster", ["ecs", "list-clusters"]),
  "ecs:CreateService": listing("ECS service", ["ecs", "list-services", { cluster: "<cluster>" }], "tasks it runs"),
  "ecs:RegisterTaskDefinition": listing("task definition", ["ecs", "list-task-definitions"]),
  "ecs:RunTask": listing("ECS task", ["ecs", "list-tasks", { cluster: "<cluster>" }], "run time"),
  "eks:CreateCluster": listing("EKS cluster", ["eks", "list-clusters"], "the hour"),
  "eks:CreateNodegroup": listing("EKS nodes", ["eks", "list-nodegroups", { "cluster-name": "<cluster>" }], launches),
  "elasticmapreduce:RunJobFlow": listing("EMR cluster", ["emr", "list-clusters", { active: true }], launches),
  "events:PutRule": listing("EventBridge rule", ["events", "list-rules"]),
  "events:PutTargets": listing("EventBridge target", ["events", "list-targets-by-rule", { rule: "<rule>" }]),
  "iam:AddUserToGroup": listing("member of a group", ["iam", "list-groups-for-user", { "user-name": "<user>" }]),
  "iam:CreateOpenIDConnectProvider": listing("identity provider", ["iam", "list-open-id-connect-providers"]),
  "iam:CreateSAMLProvider": listing("identity provider", ["iam", "list-saml-providers"]),
  "iam:CreateServiceSpecificCredential": listing("API key or password of a service", [
    "iam",
    "list-service-specific-credentials",
    { "all-users": true },
  ]),
  "iam:UploadSSHPublicKey": listing("SSH public key", ["iam", "list-ssh-public-keys", { "user-name": "<user>" }]),
  "iam:UploadSigningCertificate": listing("signing certificate", [
    "iam",
    "list-signing-certificates",
    { "user-name": "<user>" },
  ]),
  "lightsail:CreateInstances": listing("Lightsail instance", ["lightsail", "get-instances"], "the hour"),
  "route53domains:RegisterDomain": listing(
    "domain",
    ["route53domains", "list-domains", { region: "us-east-1" }],
    "the year",
  ),
  "sagemaker:CreateEndpoint": listing("SageMaker endpoint", ["sagemaker", "list-endpoints"], "the hour"),
  "sagemaker:CreateNotebookInstance": listing(
    "SageMaker notebook",
    ["sagemaker", "list-notebook-instances"],
    "the hour",
  ),
  "sagemaker:CreateTrainingJob": listing("SageMaker training", ["sagemaker", "list-training-jobs"], "run time"),
  "scheduler:CreateSchedule": listing("schedule", ["scheduler", "list-schedules"]),
  "ses:CreateEmailIdentity": listing("SES identity", ["sesv2", "list-email-identities"]),
  "ses:VerifyDomainIdentity": listing("SES identity", ["sesv2", "list-email-identities"]),
  "ses:VerifyEmailIdentity": listing("SES identity", ["sesv2", "list-email-identities"]),
};

const making = /^(Create|Run|Put|Start|Request|Import|Register|Launch|Upload|Purchase|Publish)/;

/**
 * Verbs of calls that take away, end or only look. Every other verb counts as making something: AWS has thousands of
 * calls, and the one that nobody thought of is the one a thief leaves something with.
 */
const makesNothing = new RegExp(
  `^(${[
    "Delete|Remove|Detach|Disassociate|Terminate|Stop|Cancel|Deregister|Revoke|Disable|Deactivate|Untag|Release|Reject",
    "Reboot|Unsubscribe|Withdraw|Leave|Close|Purge|Abort|Get|BatchGet|List|Describe|Head|Lookup|Search|Select|Query",
    "Scan|Check|Simulate|Validate|Test|Preview|Estimate|View|Download|Decrypt|AssumeRole|ConsoleLogin|ExitRole",
    // What these make holds nothing but names and lines of a log.
    "Tag|AddTags|CreateTags|CreateLogStream",
  ].join("|")})`,
);

/** What an event made, or changed, of a kind that nothing here can look for; undefined when it made nothing. */
export function notLookedUp(event: TrailEvent): Made | undefined {
  const { name, service, region, time, who: by, accessKeyId, readOnly, id: eventId } = event;
  if (event.error !== undefined || makesNothing.test(name) || (readOnly && !making.test(name))) {
    return undefined;
  }
  const known = listings[`${service}:${name}`];
  return {
    kind: "other",
    id: nameIn(event) ?? "no name in its record",
    what: known?.what ?? `${service}:${name}`,
    look: known
      ? lookIn(service === "iam" ? undefined : region, known)
      : awsCommand("cloudtrail", "lookup-events", {
          region,
          "lookup-attributes": `AttributeKey=EventId,AttributeValue=${eventId}`,
        }),
    ...(known?.cost !== undefined && { cost: known.cost }),
    ...{ region, time, event: name, by, accessKeyId },
  };
}

/** The region is the record's, unless the service is in one only. */
function lookIn(region: string | undefined, { command: [service, operation, options] }: Listing): string {
  return awsCommand(service, operation, { region, ...options });
}

const naming = /^(name|id|arn)$|(Name|Id|Arn|Address)$/;
const others = /request|token|account|owner|vpc|subnet|caller|image|role|policy|key/i;

/** How AWS calls what was made, as far as a record of an unknown call tells: what is named after it, else any name. */
function nameIn({ name, request, response }: TrailEvent): string | undefined {
  const noun = name.replace(/^[A-Z][a-z]+/, "").toLowerCase();
  const named = [...inside(request), ...inside(response)].flatMap((each) =>
    Object.entries(each).filter(([key, value]) => naming.test(key) && typeof value === "string" && value !== ""),
  ) as [string, string][];
  const own = (key: string) => noun !== "" && key.toLowerCase().startsWith(noun);
  const found = named.find(([key]) => own(key)) ?? named.find(([key]) => !others.test(key)) ?? named[0];
  return found?.[1].slice(0, 120);
}

/** An object and those inside it, from the outside in; EC2 wraps what it says twice. */
function inside(value: unknown, depth = 3): object[] {
  return typeof value !== "object" || value === null || depth === 0
    ? []
    : [value, ...Object.values(value).flatMap((each) => inside(each, depth - 1))];
}
