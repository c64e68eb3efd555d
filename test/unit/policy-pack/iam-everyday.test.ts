import assert from "node:assert/strict";
import { identityDocumentsOf } from "../../../policy-pack/policies/identity-documents";
import { allow, outcome, policyType, results } from "./decide";

const iam = (rest: string): string => `arn:aws:iam::123456789012:${rest}`;
const own = "arn:aws:iam::*:user/${aws:username}";
const boundary = { StringEquals: { "iam:PermissionsBoundary": iam("policy/boundary") } };
const owned = (kind: string) => ({ StringEquals: { [`aws:${kind}/kubernetes.io/cluster/c`]: "owned" } });
const ec2 = (...kinds: string[]) => kinds.map((kind) => `arn:aws:ec2:eu-west-1:*:${kind}/*`);
const refuse = (Action: unknown, Resource: unknown) => ({ Effect: "Deny", Action, Resource });

/** What programs really have, and nobody should be told about. */
const silent: Record<string, unknown[]> = {
  "a user of the CDK": [allow("sts:AssumeRole", "arn:aws:iam::*:role/cdk-*")],
  // karpenter.sh/docs, "CloudFormation reference": the controller's policy, shortened
  "Karpenter's controller": [
    allow(["ec2:RunInstances", "ec2:CreateFleet"], ec2("security-group", "subnet")),
    allow(["ec2:RunInstances", "ec2:CreateFleet"], ec2("launch-template"), owned("ResourceTag")),
    allow(["ec2:RunInstances", "ec2:CreateLaunchTemplate"], ec2("instance", "launch-template"), owned("RequestTag")),
    allow("iam:PassRole", iam("role/KarpenterNodeRole-c"), {
      StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] },
    }),
    allow("iam:CreateInstanceProfile", iam("instance-profile/*"), owned("RequestTag")),
    allow(
      ["iam:AddRoleToInstanceProfile", "iam:DeleteInstanceProfile"],
      iam("instance-profile/*"),
      owned("ResourceTag"),
    ),
  ],
  "the load balancer controller": [
    allow("iam:CreateServiceLinkedRole", "*", {
      StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" },
    }),
    allow(["ec2:Describe*", "elasticloadbalancing:*", "iam:ListServerCertificates"], "*"),
  ],
  // IAM User Guide, "Permissions boundaries": delegating to others
  "delegation within a boundary": [
    allow(
      ["iam:CreateUser", "iam:AttachUserPolicy", "iam:PutUserPolicy", "iam:PutUserPermissionsBoundary"],
      "*",
      boundary,
    ),
    allow(["iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy"], "*", boundary),
    refuse(["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"], iam("policy/boundary")),
    refuse("iam:DeleteUserPermissionsBoundary", "*"),
  ],
  // IAM User Guide, "Allows MFA-authenticated IAM users to manage their own credentials"
  "one's own credentials": [
    allow(["iam:ChangePassword", "iam:CreateLoginProfile", "iam:UpdateLoginProfile"], own),
    allow(["iam:CreateAccessKey", "iam:DeleteAccessKey", "iam:UpdateAccessKey", "iam:UploadSSHPublicKey"], own),
    allow(["iam:EnableMFADevice", "iam:DeactivateMFADevice", "iam:CreateVirtualMFADevice"], own),
  ],
  "a deployment of one ECS service": [
    allow("ecs:RegisterTaskDefinition", "*"),
    allow("ecs:UpdateService", "arn:aws:ecs:eu-west-1:123456789012:service/c/app"),
    allow("iam:PassRole", iam("role/app-task"), { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } }),
  ],
  "roles below a prefix, made by a pipeline": [
    allow("iam:*", [iam("role/app-*"), iam("policy/app-*"), iam("instance-profile/app-*")]),
    allow(["s3:*", "sqs:*", "dynamodb:*"], "*"),
  ],
  "service-linked roles": [
    allow(["iam:AttachRolePolicy", "iam:PutRolePolicy"], "arn:aws:iam::*:role/aws-service-role/ecs.amazonaws.com/X"),
  ],
  "sessions on tagged instances": [
    allow("ssm:StartSession", "arn:aws:ec2:*:*:instance/*", { StringEquals: { "ssm:resourceTag/team": "a" } }),
  ],
};

describe("what programs really have", () => {
  for (const [name, Statement] of Object.entries(silent)) {
    it(`pass: ${name}`, () => {
      assert.equal(outcome(policyType, { policy: JSON.stringify({ Version: "2012-10-17", Statement }) }), "pass");
    });
  }

  it("warns of the CDK's deployment role, which changes any stack, and refuses nothing", () => {
    const Statement = [
      allow(["cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet", "cloudformation:UpdateStack"], "*"),
      allow("iam:PassRole", iam("role/cdk-hnb659fds-cfn-exec-role-123456789012-eu-west-1")),
    ];
    const found = results(policyType, { policy: { Version: "2012-10-17", Statement } });
    assert.deepEqual(
      found.map(({ policyId, level }) => [policyId, level]),
      [["iam-no-privilege-escalation", "advisory"]],
    );
  });
});

describe("the documents of a resource", () => {
  const read = (policy: unknown, type = policyType) =>
    identityDocumentsOf({ type, name: "n", urn: "u", props: { policy } }).documents;
  const text = JSON.stringify({ Statement: allow("*", "*") });

  it("are read once for all policies, each of which gets inputs of its own", () => {
    assert.equal(read(text), read(text));
  });

  it("are read again when they differ, if only in their type", () => {
    const before = read(text);
    assert.notEqual(read(`${text} `), before);
    assert.notEqual(read(text, "aws:iam/userPolicy:UserPolicy"), read(text));
    const object: unknown = JSON.parse(text);
    assert.notEqual(read(object), read(object));
  });
});
