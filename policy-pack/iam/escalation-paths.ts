/**
 * A way to the rights of roles that one is not meant to have. Source: the methods published by Rhino Security Labs and
 * pathfinding.cloud (2025-12-17), and the services added since that run something under a role their caller passes.
 */
export interface EscalationPath {
  /** All of them are needed. */
  readonly actions: readonly string[];
  /** What is done with them, for people. */
  readonly how: string;
  /** Services of which one must be given the role (`iam:PassedToService`); the path begins with iam:PassRole then. */
  readonly passedTo?: string;
  /** Resources that exist already and run under a role: how their ARNs go on after the partition, up to their names. */
  readonly existing?: string;
  /** Roles themselves are what it works on. */
  readonly onRoles?: true;
}

const passing = (service: string, how: string, ...actions: string[]): EscalationPath => ({
  actions: ["iam:PassRole", ...actions],
  how,
  passedTo: `${service}.amazonaws.com`,
});

const taking = (existing: string, how: string, ...actions: string[]): EscalationPath => ({
  actions,
  how,
  existing,
});

const anInstance = "ec2:*:*:instance/";

/** Paths that pass any role to something new. */
export const passRolePaths: readonly EscalationPath[] = [
  passing("lambda", "run a new function as any role", "lambda:CreateFunction", "lambda:InvokeFunction"),
  passing("lambda", "run a new function as any role", "lambda:CreateFunction", "lambda:CreateEventSourceMapping"),
  passing("lambda", "let others run a new function as any role", "lambda:CreateFunction", "lambda:AddPermission"),
  passing("lambda", "publish a new function as any role", "lambda:CreateFunction", "lambda:CreateFunctionUrlConfig"),
  passing(
    "lambda",
    "give a function any role, and new code",
    "lambda:UpdateFunctionConfiguration",
    "lambda:UpdateFunctionCode",
  ),
  passing("ec2", "start an instance with any role", "ec2:RunInstances"),
  passing("ec2", "start an instance with any role", "ec2:RequestSpotInstances"),
  passing("ec2", "give an instance any role", "ec2:AssociateIamInstanceProfile"),
  passing("ec2", "give an instance any role", "ec2:ReplaceIamInstanceProfileAssociation"),
  passing(
    "ec2",
    "start instances with any role",
    "autoscaling:CreateLaunchConfiguration",
    "autoscaling:CreateAutoScalingGroup",
  ),
  passing("ecs-tasks", "run a container as any role", "ecs:RegisterTaskDefinition", "ecs:RunTask"),
  passing("ecs-tasks", "run a container as any role", "ecs:RegisterTaskDefinition", "ecs:StartTask"),
  passing("ecs-tasks", "run a container as any role", "ecs:RegisterTaskDefinition", "ecs:CreateService"),
  passing("ecs-tasks", "run a container as any role", "ecs:RegisterTaskDefinition", "ecs:UpdateService"),
  passing("ecs-tasks", "run a batch job as any role", "batch:RegisterJobDefinition", "batch:SubmitJob"),
  passing("cloudformation", "create resources as any role", "cloudformation:CreateStack"),
  passing("cloudformation", "create resources as any role", "cloudformation:UpdateStack"),
  passing(
    "cloudformation",
    "create resources as any role",
    "cloudformation:CreateChangeSet",
    "cloudformation:ExecuteChangeSet",
  ),
  passing(
    "cloudformation",
    "create resources as any role",
    "cloudformation:CreateStackSet",
    "cloudformation:CreateStackInstances",
  ),
  passing("cloudformation", "create resources as any role", "cloudformation:UpdateStackSet"),
  passing("codebuild", "run a build as any role", "codebuild:CreateProject", "codebuild:StartBuild"),
  passing("codebuild", "run a build as any role", "codebuild:CreateProject", "codebuild:StartBuildBatch"),
  passing("codebuild", "run a build as any role", "codebuild:UpdateProject", "codebuild:StartBuild"),
  passing("glue", "run code as any role", "glue:CreateDevEndpoint"),
  passing("glue", "run code as any role", "glue:CreateJob", "glue:StartJobRun"),
  passing("glue", "run code as any role", "glue:CreateJob", "glue:CreateTrigger"),
  passing("glue", "run code as any role", "glue:UpdateJob", "glue:StartJobRun"),
  passing("glue", "run code as any role", "glue:UpdateJob", "glue:CreateTrigger"),
  passing("glue", "run code as any role", "glue:CreateSession", "glue:RunStatement"),
  passing(
    "sagemaker",
    "open a notebook as any role",
    "sagemaker:CreateNotebookInstance",
    "sagemaker:CreatePresignedNotebookInstanceUrl",
  ),
  passing(
    "sagemaker",
    "run a notebook's start script as any role",
    "sagemaker:CreateNotebookInstanceLifecycleConfig",
    "sagemaker:CreateNotebookInstance",
  ),
  passing("sagemaker", "run code as any role", "sagemaker:CreateTrainingJob"),
  passing("sagemaker", "run code as any role", "sagemaker:CreateProcessingJob"),
  passing("tasks.apprunner", "run a container as any role", "apprunner:CreateService"),
  passing("states", "call any API as any role", "states:CreateStateMachine", "states:StartExecution"),
  passing("scheduler", "call any API as any role", "scheduler:CreateSchedule"),
  passing("ssm", "call any API as any role", "ssm:StartAutomationExecution"),
  passing("elasticmapreduce", "run code on a cluster as any role", "elasticmapreduce:RunJobFlow"),
  passing(
    "datapipeline",
    "run code as any role",
    ...["datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition", "datapipeline:ActivatePipeline"],
  ),
  passing(
    "bedrock-agentcore",
    "run code as any role",
    ...["bedrock-agentcore:CreateCodeInterpreter", "bedrock-agentcore:StartCodeInterpreterSession"],
    "bedrock-agentcore:InvokeCodeInterpreter",
  ),
];

/** Paths that take over something that runs under a role already, or the role itself. */
export const takeoverPaths: readonly EscalationPath[] = [
  { actions: ["sts:AssumeRole"], how: "assume every role that trusts the account", onRoles: true },
  taking("lambda:*:*:function:", "put code into any function, and so use its role", "lambda:UpdateFunctionCode"),
  taking(
    "lambda:*:*:function:",
    "put a layer into any function, and so use its role",
    "lambda:UpdateFunctionConfiguration",
  ),
  taking("cloudformation:*:*:stack/", "change any stack, as the role it has", "cloudformation:UpdateStack"),
  taking(
    "cloudformation:*:*:stack/",
    "change any stack, as the role it has",
    "cloudformation:CreateChangeSet",
    "cloudformation:ExecuteChangeSet",
  ),
  taking("codebuild:*:*:project/", "run commands in any build, as the role it has", "codebuild:StartBuild"),
  taking("codebuild:*:*:project/", "run commands in any build, as the role it has", "codebuild:StartBuildBatch"),
  taking("glue:*:*:devEndpoint/", "log in to any development endpoint, and so use its role", "glue:UpdateDevEndpoint"),
  taking(
    "sagemaker:*:*:notebook-instance/",
    "open any notebook, and so use its role",
    "sagemaker:CreatePresignedNotebookInstanceUrl",
  ),
  taking("apprunner:*:*:service/", "run another image in any service, as the role it has", "apprunner:UpdateService"),
  taking("ecs:*:*:task/", "run commands in any container, and so use its role", "ecs:ExecuteCommand"),
  taking(anInstance, "run commands on any instance, and so use its role", "ssm:SendCommand"),
  taking(anInstance, "open a shell on any instance, and so use its role", "ssm:StartSession"),
  taking(anInstance, "log in to any instance, and so use its role", "ec2-instance-connect:SendSSHPublicKey"),
  taking(
    anInstance,
    "change the start script of any instance, and so use its role",
    ...["ec2:ModifyInstanceAttribute", "ec2:StopInstances", "ec2:StartInstances"],
  ),
  taking(
    "ec2:*:*:launch-template/",
    "change what any group of instances starts, and so use its role",
    ...["ec2:CreateLaunchTemplateVersion", "ec2:ModifyLaunchTemplate"],
  ),
  taking(
    "bedrock-agentcore:*:*:code-interpreter",
    "run code in any interpreter, as the role it has",
    ...["bedrock-agentcore:StartCodeInterpreterSession", "bedrock-agentcore:InvokeCodeInterpreter"],
  ),
];
